import { Cx } from '../cx.ts';
import { Thread } from '../scheduler.ts';
import { type Forced, forcing } from './forced.ts';
import { main } from './main/main.ts';
import { reset_reg } from './pm.ts';
import { AcrnDm, type DmOptions, type DmParts, STOCK_OPTIONS } from './process.ts';
import { threadOf } from './process-end.ts';
import { pci_ops_virtio_console } from './virtio-console/init.ts';

/** What a device model is made with. */
export interface DeviceModelParts extends DmParts {
  /** acrn-dm's own syntax, after `virtio-console,`: `@stdio:stdio_port`, `file:file_port=/run/x`. */
  readonly consoleOptions: string;
  readonly vcpus: number;
  /** Other options of acrn-dm; the stock ones where left out. */
  readonly options?: Partial<DmOptions>;
  /** What the console is made to do that a stock one never does. */
  readonly forced?: Forced;
}

/** A process with its device types and fixed ports registered, as the linker sets have them before `main`. */
export function newProcess(parts: DmParts, options: DmOptions): AcrnDm {
  const dm = new AcrnDm(parts, options);
  dm.pci.types.set(pci_ops_virtio_console.class_name, pci_ops_virtio_console);
  dm.inout.fixed.push(reset_reg);
  return dm;
}

/** acrn-dm with a virtio-console: a process of the Service VM. */
export class DeviceModel {
  /** The process itself, with all its state. */
  readonly process: AcrnDm;

  constructor(parts: DeviceModelParts) {
    const { consoleOptions, vcpus } = parts;
    this.process = newProcess(parts, { ...STOCK_OPTIONS, ...parts.options, console: consoleOptions, vcpus });
    if (parts.forced !== undefined) {
      this.process.force = forcing(parts.forced);
    }
  }

  /** False once the process has ended, by exit or by a crash. */
  get alive(): boolean {
    return this.process.living.value !== 0;
  }

  /** SIGKILL: the process is gone at once; what it was asked to do stays undone. */
  kill(): void {
    const dm = this.process;
    dm.recorder.log('warning', 'device-model-killed', {});
    dm.living.value = 0;
  }

  /** Starts the process: its main thread becomes runnable. */
  start(): void {
    const dm = this.process;
    const strand = dm.recorder.strand('acrn-dm');
    const cx = new Cx(dm, dm.recorder, strand, dm.context('Service VM, acrn-dm main thread'));
    const dispatching = cx.as(dm, dm.context('Service VM, acrn-dm main thread ("mevent", mevent_dispatch)'));
    dm.scheduler.spawn(new Thread('acrn-dm', strand, threadOf(cx, main(cx, dispatching))));
  }
}
