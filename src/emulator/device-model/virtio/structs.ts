import type { Cell, CellFactory, PointerCell } from '../../cell.ts';
import type { Stage } from '../../stage.ts';
import type { IothreadCtx } from '../iothread.ts';
import type { PciVdev } from '../pci-core/vdev.ts';
import { type DmCx, NULL } from '../process.ts';
import type { AcrnTimer } from '../timer.ts';
import type { VirtioConsole } from '../virtio-console/structs.ts';

/** Offsets of the legacy registers (include/uapi/linux/virtio_pci.h). */
export const VIRTIO_PCI = {
  HOST_FEATURES: 0,
  GUEST_FEATURES: 4,
  QUEUE_PFN: 8,
  QUEUE_NUM: 12,
  QUEUE_SEL: 14,
  QUEUE_NOTIFY: 16,
  STATUS: 18,
  ISR: 19,
  MSI_CONFIG_VECTOR: 20,
  MSI_QUEUE_VECTOR: 22,
} as const;

/** Where device configuration begins: behind the vector registers where MSI-X is on. */
export const VIRTIO_PCI_CONFIG_OFF = (msix: boolean): number => (msix ? 24 : 20);

/** `VIRTIO_MSI_NO_VECTOR` */
export const VIRTIO_MSI_NO_VECTOR = 0xffff;
/** `VQ_ALLOC`: the queue's rings are mapped. */
export const VQ_ALLOC = 1;
/** Bit of the ISR register for queues (virtio 1.2, 4.1.4.5). */
export const VIRTIO_PCI_ISR_QUEUES = 1;
/** `VIRTIO_USE_MSIX` */
export const VIRTIO_USE_MSIX = 1;
/** `BACKEND_VBSU`: the backend is in user space. */
export const BACKEND_VBSU = 1;
/** Status bit DRIVER_OK (virtio 1.2, 2.1). */
export const VIRTIO_CONFIG_S_DRIVER_OK = 4;

/** Feature bit numbers that the device model looks at (virtio 1.2, 6). */
export const FEATURE = { NOTIFY_ON_EMPTY: 24, INDIRECT_DESC: 28, EVENT_IDX: 29, VERSION_1: 32 } as const;

/** Descriptor flags (virtio 1.2, 2.7.5). */
export const VRING_DESC_F = { NEXT: 1, WRITE: 2, INDIRECT: 4 } as const;
/** used.flags: the device asks for no notification (virtio 1.2, 2.7.10). */
export const VRING_USED_F_NO_NOTIFY = 1;
/** avail.flags: the driver asks for no interrupt (virtio 1.2, 2.7.7). */
export const VRING_AVAIL_F_NO_INTERRUPT = 1;

/** A queue's notify callback. */
export type NotifyCallback = Stage & ((cx: DmCx, vdev: VirtioConsole, vq: VirtioVqInfo) => void);

/** What a file descriptor in an iothread's epoll set runs. */
export type IothreadCallback = Stage & ((cx: DmCx, arg: VirtioVqInfo) => void);

/** `struct virtio_iothread`: a queue's part in an iothread. */
export class VirtioIothread {
  readonly kick_fd: Cell;
  readonly ioevent_started: Cell;
  readonly iothread_run: PointerCell<NotifyCallback>;
  /** `iomvt.fd` */
  readonly fd: Cell;
  /** `iomvt.run` */
  readonly run: PointerCell<IothreadCallback>;
  /** The context that the device assigned, undefined for none. */
  ioctx: IothreadCtx | undefined = undefined;

  constructor(cells: CellFactory, path: string) {
    this.kick_fd = cells.number(`${path}.kick_fd`);
    this.ioevent_started = cells.number(`${path}.ioevent_started`);
    this.iothread_run = cells.pointer(`${path}.iothread_run`);
    this.fd = cells.number(`${path}.iomvt.fd`);
    this.run = cells.pointer(`${path}.iomvt.run`);
  }
}

/** `struct virtio_vq_info` (devicemodel/include/virtio.h): one queue. */
export class VirtioVqInfo {
  readonly base: VirtioBase;
  readonly num: number;
  readonly qsize: Cell;
  readonly notify: PointerCell<NotifyCallback>;
  readonly viothrd: VirtioIothread;
  readonly flags: Cell;
  /** Next avail entry to take: a 16-bit index that wraps. */
  readonly last_avail: Cell;
  /** used.idx when the guest was last told. */
  readonly save_used: Cell;
  readonly msix_idx: Cell;
  readonly pfn: Cell;
  /** The rings as pointers: guest-physical addresses, NULL before they are mapped. */
  readonly desc: Cell;
  readonly avail: Cell;
  readonly used: Cell;
  readonly gpa_desc: readonly [Cell, Cell];
  readonly gpa_avail: readonly [Cell, Cell];
  readonly gpa_used: readonly [Cell, Cell];
  readonly enabled: Cell;
  /** What acrn-dm itself left in used.idx: no state of the real process, it only tells when somebody else moved it. */
  ownUsed = 0;

  constructor(cells: CellFactory, base: VirtioBase, num: number, path: string) {
    this.base = base;
    this.num = num;
    this.qsize = cells.number(`${path}.qsize`);
    this.notify = cells.pointer(`${path}.notify`);
    this.viothrd = new VirtioIothread(cells, `${path}.viothrd`);
    this.flags = cells.number(`${path}.flags`);
    this.last_avail = cells.number(`${path}.last_avail`);
    this.save_used = cells.number(`${path}.save_used`);
    this.msix_idx = cells.number(`${path}.msix_idx`);
    this.pfn = cells.hex(`${path}.pfn`);
    this.desc = cells.hex(`${path}.desc`, NULL);
    this.avail = cells.hex(`${path}.avail`, NULL);
    this.used = cells.hex(`${path}.used`, NULL);
    this.gpa_desc = halves(cells, `${path}.gpa_desc`);
    this.gpa_avail = halves(cells, `${path}.gpa_avail`);
    this.gpa_used = halves(cells, `${path}.gpa_used`);
    this.enabled = cells.number(`${path}.enabled`);
  }
}

const halves = (cells: CellFactory, path: string): readonly [Cell, Cell] => [
  cells.hex(`${path}[0]`),
  cells.hex(`${path}[1]`),
];

/** `struct virtio_ops` */
export interface VirtioOps {
  readonly name: string;
  readonly nvq: number;
  readonly cfgsize: number;
  readonly reset: Stage & ((cx: DmCx, vdev: VirtioConsole) => void);
  readonly qnotify: NotifyCallback | undefined;
  /** Value read, or undefined for an error. */
  readonly cfgread: Stage & ((cx: DmCx, vdev: VirtioConsole, offset: number, size: number) => number | undefined);
  readonly cfgwrite:
    | (Stage & ((cx: DmCx, vdev: VirtioConsole, offset: number, size: number, value: number) => number))
    | undefined;
  readonly apply_features: Stage & ((cx: DmCx, vdev: VirtioConsole, features: number) => void);
  readonly set_status: (Stage & ((cx: DmCx, vdev: VirtioConsole, status: number) => void)) | undefined;
}

/** `struct virtio_base` (devicemodel/include/virtio.h). Feature sets are numbers below 2^53. */
export class VirtioBase {
  /** The device that the base is the first part of. */
  readonly vdev: VirtioConsole;
  readonly flags: Cell;
  readonly iothread: Cell;
  readonly polling_in_progress: Cell;
  readonly polling_timer: AcrnTimer;
  readonly negotiated_caps: Cell;
  readonly device_caps: Cell;
  readonly curq: Cell;
  readonly status: Cell;
  readonly isr: Cell;
  readonly msix_cfg_idx: Cell;
  readonly backend_type: Cell;
  readonly legacy_pio_bar_idx: Cell;
  readonly modern_pio_bar_idx: Cell;
  readonly modern_mmio_bar_idx: Cell;
  readonly config_generation: Cell;
  readonly device_feature_select: Cell;
  readonly driver_feature_select: Cell;
  readonly cfg_coff: Cell;
  readonly queues: readonly VirtioVqInfo[];
  vops: VirtioOps | undefined = undefined;
  dev: PciVdev | undefined = undefined;

  constructor(cells: CellFactory, vdev: VirtioConsole, timer: AcrnTimer, nvq: number) {
    const number = (name: string): Cell => cells.number(`console.base.${name}`);
    this.vdev = vdev;
    this.polling_timer = timer;
    this.flags = number('flags');
    this.iothread = number('iothread');
    this.polling_in_progress = number('polling_in_progress');
    this.negotiated_caps = cells.hex('console.base.negotiated_caps');
    this.device_caps = cells.hex('console.base.device_caps');
    this.curq = number('curq');
    this.status = cells.hex('console.base.status');
    this.isr = number('isr');
    this.msix_cfg_idx = number('msix_cfg_idx');
    this.backend_type = number('backend_type');
    this.legacy_pio_bar_idx = number('legacy_pio_bar_idx');
    this.modern_pio_bar_idx = number('modern_pio_bar_idx');
    this.modern_mmio_bar_idx = number('modern_mmio_bar_idx');
    this.config_generation = number('config_generation');
    this.device_feature_select = number('device_feature_select');
    this.driver_feature_select = number('driver_feature_select');
    this.cfg_coff = cells.hex('console.base.cfg_coff');
    this.queues = Array.from({ length: nvq }, (_, num) => new VirtioVqInfo(cells, this, num, `console.queues[${num}]`));
  }
}

/** The PCI function behind a base that `virtio_linkup` has joined to one. */
export function devOf(base: VirtioBase): PciVdev {
  if (base.dev === undefined) {
    throw new TypeError('virtio_linkup has not run');
  }
  return base.dev;
}

/** The operations behind a base that `virtio_linkup` has joined to them. */
export function vopsOf(base: VirtioBase): VirtioOps {
  if (base.vops === undefined) {
    throw new TypeError('virtio_linkup has not run');
  }
  return base.vops;
}
