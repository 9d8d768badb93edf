import type { Program } from './kinds.ts';

/** Where code runs: a program's side of one thread, named in the words of the real system. */
export interface Context {
  readonly id: number;
  readonly program: Program;
  readonly name: string;
}

const DEPTH = 256;

/**
 * The stack of one flow of control: a thread with all programs it passes through by plain calls, or a guest task.
 * Frames of a strand nest; frames of two strands do not.
 */
export class Strand {
  readonly id: number;
  readonly name: string;
  depth = 0;
  readonly stages = new Uint16Array(DEPTH);
  readonly contexts = new Uint8Array(DEPTH);
  readonly enters = new Float64Array(DEPTH);
  /** Hop that brought control here and waits for the next `enter` to take it as its cause; -1 where there is none. */
  arriving = -1;
  /** Hop kind of the next call, where it is no plain one; -1 for plain. */
  nextHop = -1;
  /** Expression of the next call, interned. */
  nextExpr = 0;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }

  /** A frame that no event stands for: nothing is recorded. */
  push(stage: number, context: number): void {
    const depth = this.depth;
    this.stages[depth] = stage;
    this.contexts[depth] = context;
    this.enters[depth] = -1;
    this.arriving = -1;
    this.nextHop = -1;
    this.depth = depth + 1;
  }
}

/** The deepest call chain a strand may hold: the real kernels' stacks end far earlier. */
export const MAX_DEPTH = DEPTH;
