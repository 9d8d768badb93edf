import { EmulatedFault } from '../cx.ts';
import { OutsideRam } from '../memory.ts';
import type { Suspend } from '../scheduler.ts';
import type { SvCx } from './world.ts';

/** Lets a kernel thread end where the real kernel would oops in it; the rest of the machine goes on. */
export function* untilOops(cx: SvCx, body: Generator<Suspend, void, unknown>): Generator<Suspend, void, unknown> {
  try {
    yield* body;
  } catch (fault) {
    if (!(fault instanceof EmulatedFault || fault instanceof OutsideRam)) {
      throw fault;
    }
    cx.hazard('sv-oops', { fault: fault.message }, fault);
  }
}
