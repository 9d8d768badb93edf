import { gpa } from '../../../../base/brand.ts';
import type { Cell, CellFactory } from '../../../cell.ts';
import type { Memory } from '../../../memory.ts';
import { linuxFile } from '../../../stage.ts';
import type { WorkStruct } from '../../kernel/workqueue.ts';
import { SpinLock } from '../../locks.ts';
import { GuestWaitQueue } from '../../task.ts';
import type { HvcStruct } from '../../tty/hvc_console/hvc_struct.ts';
import type { VirtioDevice } from '../../virtio/device.ts';
import type { Virtqueue } from '../../virtio/virtio_ring/virtqueue.ts';

/** The C file whose functions this folder holds. */
export const file = linuxFile('guest-kernel', 'drivers/char/virtio_console.c');

/** Feature bits (virtio 1.2, 5.3.3). */
export const VIRTIO_CONSOLE_F_SIZE = 0;
/** Several ports. */
export const VIRTIO_CONSOLE_F_MULTIPORT = 1;
/** Port id of messages about the whole device. */
export const VIRTIO_CONSOLE_BAD_ID = 0xffffffff;
/** Offset of max_nr_ports in the configuration space (virtio 1.2, 5.3.4). */
export const CONFIG_MAX_NR_PORTS = 4;
/** More ports than this no device may offer (VIRTCONS_MAX_PORTS). */
export const VIRTCONS_MAX_PORTS = 0x8000;

/** Control events (virtio 1.2, 5.3.6.2). */
export const CONTROL = {
  DEVICE_READY: 0,
  PORT_ADD: 1,
  PORT_REMOVE: 2,
  PORT_READY: 3,
  CONSOLE_PORT: 4,
  RESIZE: 5,
  PORT_OPEN: 6,
  PORT_NAME: 7,
} as const;

/** Bytes of a control message: id, event, value. */
export const CONTROL_SIZE = 8;

/** `struct port_buffer`, which lies in guest RAM: offsets of its members, and its size without entries. */
export const PORT_BUFFER = { buf: 0, size: 8, len: 16, offset: 24, sgpages: 64, sg: 72 } as const;
/** `struct scatterlist` of a spliced page: address and length, as far as the driver needs them. */
export const SG_ENTRY = 16;

/** Reads and writes the members of a `struct port_buffer` by its address. */
export class PortBuffers {
  readonly #ram: Memory;

  constructor(ram: Memory) {
    this.#ram = ram;
  }

  get(buffer: number, member: keyof typeof PORT_BUFFER): number {
    const at = gpa(buffer + PORT_BUFFER[member]);
    return member === 'sgpages' ? this.#ram.read32(at) : this.#ram.read64(at);
  }

  set(buffer: number, member: keyof typeof PORT_BUFFER, value: number): void {
    const at = gpa(buffer + PORT_BUFFER[member]);
    if (member === 'sgpages') {
      this.#ram.write32(at, value);
    } else {
      this.#ram.write64(at, value);
    }
  }
}

/** `struct ports_device`. */
export class PortsDevice {
  readonly vdev: VirtioDevice;
  readonly multiport: boolean;
  readonly max_nr_ports: number;
  in_vqs: readonly Virtqueue[] = [];
  out_vqs: readonly Virtqueue[] = [];
  c_ivq: Virtqueue | undefined;
  c_ovq: Virtqueue | undefined;
  readonly c_ivq_lock: SpinLock;
  readonly c_ovq_lock: SpinLock;
  /** Address of the one control message that goes out at a time. */
  readonly cpkt: number;
  control_work: WorkStruct | undefined;
  readonly ports: Port[] = [];

  constructor(vdev: VirtioDevice, multiport: boolean, maxPorts: number, cpkt: number, cells: CellFactory) {
    this.vdev = vdev;
    this.multiport = multiport;
    this.max_nr_ports = maxPorts;
    this.cpkt = cpkt;
    this.c_ivq_lock = new SpinLock(cells, `${vdev.name}.portdev.c_ivq_lock`);
    this.c_ovq_lock = new SpinLock(cells, `${vdev.name}.portdev.c_ovq_lock`);
  }
}

/** `struct port`. */
export class Port {
  readonly portdev: PortsDevice;
  readonly id: number;
  readonly in_vq: Virtqueue;
  readonly out_vq: Virtqueue;
  readonly inbuf_lock: SpinLock;
  readonly outvq_lock: SpinLock;
  readonly waitqueue = new GuestWaitQueue();
  /** Address of the buffer that is being read from, 0 for none. */
  readonly inbuf: Cell;
  readonly host_connected: Cell;
  readonly guest_connected: Cell;
  readonly outvq_full: Cell;
  readonly bytes_sent: Cell;
  readonly bytes_received: Cell;
  readonly bytes_discarded: Cell;
  /** Address of the name's bytes, 0 while it has none. */
  readonly name: Cell;
  readonly vtermno: Cell;
  /** The terminal of a console port. */
  hvc: HvcStruct | undefined;

  constructor(portdev: PortsDevice, id: number, inVq: Virtqueue, outVq: Virtqueue, cells: CellFactory) {
    const path = `${portdev.vdev.name}.ports[${id}]`;
    this.portdev = portdev;
    this.id = id;
    this.in_vq = inVq;
    this.out_vq = outVq;
    this.inbuf_lock = new SpinLock(cells, `${path}.inbuf_lock`);
    this.outvq_lock = new SpinLock(cells, `${path}.outvq_lock`);
    this.inbuf = cells.hex(`${path}.inbuf`);
    this.host_connected = cells.number(`${path}.host_connected`);
    this.guest_connected = cells.number(`${path}.guest_connected`);
    this.outvq_full = cells.number(`${path}.outvq_full`);
    this.bytes_sent = cells.number(`${path}.stats.bytes_sent`);
    this.bytes_received = cells.number(`${path}.stats.bytes_received`);
    this.bytes_discarded = cells.number(`${path}.stats.bytes_discarded`);
    this.name = cells.hex(`${path}.name`);
    this.vtermno = cells.number(`${path}.cons.vtermno`);
  }
}

/** `is_console_port`. */
export const is_console_port = (port: Port): boolean => port.hvc !== undefined;

/** `struct ports_driver_data` (`pdrvdata`), and the numbers handed out for terminals. */
export interface PortsDriverData {
  readonly portdevs: PortsDevice[];
  readonly consoles: Port[];
  nextVtermno: number;
}
