import type { Recorder } from '../../trace/recorder.ts';
import type { Context } from '../../trace/strand.ts';
import type { FileSyscalls, ServiceVmSyscalls } from '../boundaries.ts';
import { type Cell, CellFactory } from '../cell.ts';
import type { Cx } from '../cx.ts';
import type { Memory } from '../memory.ts';
import type { Scheduler } from '../scheduler.ts';
import { InoutTable } from './inout.ts';
import { Iothreads } from './iothread.ts';
import { MemTree } from './mem.ts';
import { Mevents } from './mevent.ts';
import { NO_FILES } from './no-files.ts';
import { PciBus } from './pci-core/bus.ts';
import type { PciVdev } from './pci-core/vdev.ts';
import { Vmctx } from './vmctx.ts';

/** Where acrn-dm's functions run. */
export type DmCx = Cx<AcrnDm>;

/** What virtio.c asks of core.c when it wants an interrupt; told to whoever watches (a recording's player). */
export type InterruptRequest =
  | { readonly kind: 'msix_request'; readonly vector: number }
  | { readonly kind: 'msi_request'; readonly index: number }
  | { readonly kind: 'intx_assert_request' }
  | { readonly kind: 'intx_deassert_request' };

/** A pointer into guest RAM that is NULL; others are the guest-physical address that they map. */
export const NULL = -1;

/** Options of acrn-dm that decide a path. */
export interface DmOptions {
  /** After `virtio-console,`; null where the option is only `virtio-console`. */
  readonly console: string | null;
  readonly vcpus: number;
  /** `virtio_uses_msix()`: false with `--virtio_msi`. */
  readonly msix: boolean;
  /** `--virtio_poll`, as given; null without it. */
  readonly poll: string | null;
  /** `--rtvm`: real-time VM, completion by polling. */
  readonly rtvm: boolean;
}

/** The stock options. */
export const STOCK_OPTIONS: DmOptions = { console: '@stdio:stdio_port', vcpus: 1, msix: true, poll: null, rtvm: false };

/** What the process is made with. */
export interface DmParts {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  readonly guestRam: Memory;
  readonly serviceRam: Memory;
  readonly sys: ServiceVmSyscalls;
}

/** Statics of core/main.c that matter here. */
export class MainState {
  readonly guest_ncpus: Cell;
  readonly suspend_mode: Cell;
  /** `reset_control` of arch/x86/pm.c. */
  readonly reset_control: Cell;

  constructor(cells: CellFactory) {
    this.guest_ncpus = cells.number('guest_ncpus');
    this.suspend_mode = cells.number('suspend_mode');
    this.reset_control = cells.hex('reset_control');
  }
}

/** Statics of virtio.c and virtio_console.c. */
export class VirtioState {
  readonly poll_enabled: Cell;
  readonly poll_interval: Cell;
  readonly stdio_in_use: Cell;

  constructor(cells: CellFactory) {
    this.poll_enabled = cells.number('virtio_poll_enabled');
    this.poll_interval = cells.number('virtio_poll_interval');
    this.stdio_in_use = cells.number('stdio_in_use');
  }
}

/** One acrn-dm process: its statics, one object for each C file that has any. */
export class AcrnDm {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  readonly guestRam: Memory;
  readonly serviceRam: Memory;
  readonly sys: ServiceVmSyscalls;
  readonly files: FileSyscalls;
  readonly options: DmOptions;
  readonly cells: CellFactory;
  readonly ctx: Vmctx;
  readonly main: MainState;
  readonly inout: InoutTable;
  readonly mem: MemTree;
  readonly pci: PciBus;
  readonly mevent: Mevents;
  readonly iothreads: Iothreads;
  readonly virtio: VirtioState;
  /** 1 while the process lives. */
  readonly living: Cell;
  /** `struct acrn_msi_entry` on the stack of `vm_lapic_msi`: the ioctl reads it before it returns. */
  readonly msi = new Uint8Array(16);
  readonly msiView = new DataView(this.msi.buffer);
  /** What killed the process, for whoever reports it. */
  killedBy: unknown = undefined;
  /** Tells a watcher of interrupt requests; nobody watches in a machine. */
  watch: ((cx: DmCx, request: InterruptRequest) => void) | undefined = undefined;
  /** Runs in the set-up of a console device: what a scenario forces. */
  force: ((cx: DmCx, dev: PciVdev) => void) | undefined = undefined;

  constructor(parts: DmParts, options: DmOptions) {
    this.recorder = parts.recorder;
    this.scheduler = parts.scheduler;
    this.guestRam = parts.guestRam;
    this.serviceRam = parts.serviceRam;
    this.sys = parts.sys;
    this.files = parts.sys.files ?? NO_FILES;
    this.options = options;
    this.cells = new CellFactory(parts.recorder, 'device-model');
    this.ctx = new Vmctx(this.cells);
    this.main = new MainState(this.cells);
    this.inout = new InoutTable();
    this.mem = new MemTree(this.cells);
    this.pci = new PciBus(this.cells);
    this.mevent = new Mevents(this.cells);
    this.iothreads = new Iothreads(this.cells);
    this.virtio = new VirtioState(this.cells);
    this.living = this.cells.number('living', 1);
  }

  /** A context of this process, named as in the real system. */
  context(name: string): Context {
    return this.recorder.context('device-model', name);
  }
}
