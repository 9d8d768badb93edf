import type { Stage } from '../stage.ts';
import type { DmCx } from './process.ts';

/** A C callback with its parameter: a function pointer and a `void *`. */
export interface Callback {
  /** The function that the pointer points to. */
  readonly stage: number;
  /** Calls it, as written in C. */
  call(cx: DmCx, expr: string): void;
}

/** A function and the parameter it will be called with. */
export const bind = <P>(target: Stage & ((cx: DmCx, param: P) => void), param: P): Callback => ({
  stage: target.stage,
  call: (cx, expr) => {
    cx.ptr(expr, target)(cx, param);
  },
});
