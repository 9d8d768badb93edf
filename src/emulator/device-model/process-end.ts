import { EmulatedFault } from '../cx.ts';
import { OutsideRam } from '../memory.ts';
import type { Suspend } from '../scheduler.ts';
import type { HazardCode } from './codes.ts';
import type { DmCx } from './process.ts';

/** `exit(status)`: the process ends at once. */
export class ProcessExit extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`exit ${status}`);
    this.name = 'ProcessExit';
    this.status = status;
  }
}

/** Why a process died of an exception, undefined where the exception is none of the emulated process's. */
export function causeOfDeath(
  error: unknown,
): { readonly code: string; readonly address: number | undefined } | undefined {
  if (error instanceof OutsideRam) {
    return { code: 'segmentation-fault', address: error.address };
  }
  if (error instanceof EmulatedFault) {
    return { code: error.code, address: undefined };
  }
  return error instanceof ProcessExit ? { code: 'exit', address: undefined } : undefined;
}

/** Ends the process because of `error`; an error of the emulator itself goes on up. */
export function die(cx: DmCx, error: unknown): void {
  const cause = causeOfDeath(error);
  if (cause === undefined) {
    throw error;
  }
  if (error instanceof OutsideRam) {
    cx.hazard('segmentation-fault' satisfies HazardCode, { address: error.address }, error);
  } else if (error instanceof EmulatedFault && error.code === 'null-pointer-call') {
    cx.hazard('null-pointer-call' satisfies HazardCode, error.args, error);
  }
  cx.world.killedBy = error;
  cx.world.living.value = 0;
}

/** A thread of the process: ends with its body, with the process, or by killing it. */
export function* threadOf(cx: DmCx, body: Generator<Suspend, void, unknown>): Generator<Suspend, void, unknown> {
  try {
    for (;;) {
      const step = body.next();
      if (step.done === true) {
        return;
      }
      yield step.value;
      if (cx.world.living.value === 0) {
        body.return();
        return;
      }
    }
  } catch (error) {
    die(cx, error);
  }
}
