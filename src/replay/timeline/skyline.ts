import type { StepTable } from '../step-table.ts';

/** Steps of one block, and blocks of one block above. */
const FAN = 64;

/**
 * The deepest call by context, for any number of steps at once: the maximum over blocks of 64 and of 4096 steps is kept, so
 * that a column of any width costs a few look-ups.
 */
export class DepthPyramid {
  readonly #context: Uint8Array;
  readonly #depth: Uint8Array;
  readonly #contexts: number;
  /** By level: for each block, one number per context. */
  readonly #levels: readonly Uint8Array[];

  constructor(steps: StepTable, depth: Uint8Array, contexts: number) {
    this.#context = steps.context;
    this.#depth = depth;
    this.#contexts = contexts;
    const low = this.#lowest(depth.length);
    this.#levels = [low, above(low, contexts)];
  }

  /** Raises `highest`, one number per context, to the deepest calls (from 1) of steps `from` to `to` (not included). */
  raise(highest: Uint8Array, from: number, to: number): void {
    for (let step = from; step < to; ) {
      const level = this.#levelAt(step, to);
      if (level < 0) {
        const context = this.#context[step] ?? 0;
        highest[context] = Math.max(highest[context] ?? 0, (this.#depth[step] ?? 0) + 1);
        step++;
      } else {
        this.#raiseBlock(highest, level, step);
        step += FAN ** (level + 1);
      }
    }
  }

  /** The highest level with a block that begins at `step` and ends by `to`; -1 for the step alone. */
  #levelAt(step: number, to: number): number {
    if (step % FAN !== 0 || step + FAN > to) {
      return -1;
    }
    return step % FAN ** 2 === 0 && step + FAN ** 2 <= to ? 1 : 0;
  }

  #raiseBlock(highest: Uint8Array, level: number, step: number): void {
    const first = (step / FAN ** (level + 1)) * this.#contexts;
    const block = this.#levels[level];
    for (let context = 0; context < this.#contexts; context++) {
      highest[context] = Math.max(highest[context] ?? 0, block?.[first + context] ?? 0);
    }
  }

  #lowest(length: number): Uint8Array {
    const blocks = new Uint8Array(Math.ceil(length / FAN) * this.#contexts);
    for (let step = 0; step < length; step++) {
      const at = Math.floor(step / FAN) * this.#contexts + (this.#context[step] ?? 0);
      blocks[at] = Math.max(blocks[at] ?? 0, (this.#depth[step] ?? 0) + 1);
    }
    return blocks;
  }
}

function above(low: Uint8Array, contexts: number): Uint8Array {
  const count = low.length / contexts;
  const blocks = new Uint8Array(Math.ceil(count / FAN) * contexts);
  for (let at = 0; at < low.length; at++) {
    const to = Math.floor(at / contexts / FAN) * contexts + (at % contexts);
    blocks[to] = Math.max(blocks[to] ?? 0, low[at] ?? 0);
  }
  return blocks;
}
