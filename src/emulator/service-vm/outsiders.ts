import { Cx } from '../cx.ts';
import type { WaitEntry } from './eventfd.ts';
import type { ServiceVm, SvCx } from './world.ts';

/** What happens outside reaches the kernel by an interrupt or another process: it runs on a strand of its own. */
export class Outsiders {
  readonly #cx: SvCx;

  constructor(world: ServiceVm) {
    const { recorder } = world;
    const context = recorder.context('service-vm-kernel', 'Service VM, wake-up by the other end of a backend');
    this.#cx = new Cx(world, recorder, recorder.strand('outside'), context);
  }

  /** A file of the outside changed: tells whoever watches it. */
  wake(entry: WaitEntry, key: number): void {
    const { recorder } = this.#cx;
    const running = recorder.running;
    recorder.switchTo(this.#cx.strand);
    entry.wake(this.#cx, key);
    recorder.switchTo(running);
  }
}
