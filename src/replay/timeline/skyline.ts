import type { StepTable } from '../step-table.ts';

/** Steps of one block, and blocks of one block above. */
const FAN = 64;

/** What runs in some steps, by context. */
export class Column {
  /** The deepest call, from 1; 0 where the context does not run. */
  readonly highest: Uint8Array;
  /** Number of steps that it runs. */
  readonly steps: Uint32Array;

  constructor(contexts: number) {
    this.highest = new Uint8Array(contexts);
    this.steps = new Uint32Array(contexts);
  }

  /** Empty again. */
  cleared(): this {
    this.highest.fill(0);
    this.steps.fill(0);
    return this;
  }
}

/** What runs in each block of steps: one number per context, block after block. */
interface Level {
  readonly highest: Uint8Array;
  readonly steps: Uint16Array;
}

/**
 * Who runs and how deep, for any number of steps at once: it is kept for blocks of 64 and of 4096 steps, so that a column of
 * any width costs a few look-ups.
 */
export class DepthPyramid {
  readonly #context: Uint8Array;
  readonly #depth: Uint8Array;
  readonly #contexts: number;
  readonly #levels: readonly Level[];

  constructor(steps: StepTable, depth: Uint8Array, contexts: number) {
    this.#context = steps.context;
    this.#depth = depth;
    this.#contexts = contexts;
    const low = this.#lowest(depth.length);
    this.#levels = [low, above(low, contexts)];
  }

  /** Adds steps `from` to `to` (not included) to a column. */
  read(column: Column, from: number, to: number): void {
    for (let step = from; step < to; ) {
      const level = levelAt(step, to);
      if (level < 0) {
        this.#readStep(column, step);
        step++;
      } else {
        this.#readBlock(column, level, step);
        step += FAN ** (level + 1);
      }
    }
  }

  #readStep({ highest, steps }: Column, step: number): void {
    const context = this.#context[step] ?? 0;
    highest[context] = Math.max(highest[context] ?? 0, (this.#depth[step] ?? 0) + 1);
    steps[context] = (steps[context] ?? 0) + 1;
  }

  #readBlock({ highest, steps }: Column, level: number, step: number): void {
    const first = (step / FAN ** (level + 1)) * this.#contexts;
    const block = this.#levels[level];
    for (let context = 0; context < this.#contexts; context++) {
      highest[context] = Math.max(highest[context] ?? 0, block?.highest[first + context] ?? 0);
      steps[context] = (steps[context] ?? 0) + (block?.steps[first + context] ?? 0);
    }
  }

  #lowest(length: number): Level {
    const level = levelOf(Math.ceil(length / FAN) * this.#contexts);
    for (let step = 0; step < length; step++) {
      const at = Math.floor(step / FAN) * this.#contexts + (this.#context[step] ?? 0);
      add(level, at, (this.#depth[step] ?? 0) + 1, 1);
    }
    return level;
  }
}

/** The highest level with a block that begins at `step` and ends by `to`; -1 for the step alone. */
function levelAt(step: number, to: number): number {
  if (step % FAN !== 0 || step + FAN > to) {
    return -1;
  }
  return step % FAN ** 2 === 0 && step + FAN ** 2 <= to ? 1 : 0;
}

const levelOf = (length: number): Level => ({ highest: new Uint8Array(length), steps: new Uint16Array(length) });

function add({ highest, steps }: Level, at: number, depth: number, count: number): void {
  highest[at] = Math.max(highest[at] ?? 0, depth);
  steps[at] = (steps[at] ?? 0) + count;
}

function above(low: Level, contexts: number): Level {
  const blocks = low.highest.length / contexts;
  const level = levelOf(Math.ceil(blocks / FAN) * contexts);
  for (let at = 0; at < low.highest.length; at++) {
    const to = Math.floor(at / contexts / FAN) * contexts + (at % contexts);
    add(level, to, low.highest[at] ?? 0, low.steps[at] ?? 0);
  }
  return level;
}
