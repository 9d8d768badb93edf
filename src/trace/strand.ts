import type { Program } from './kinds.ts';

/** Where code runs: a program's side of one thread, named in the words of the real system. */
export interface Context {
  readonly id: number;
  readonly program: Program;
  readonly name: string;
}

/** The deepest call chain a strand may hold: the real kernels' stacks end far earlier. */
export const MAX_DEPTH = 256;

/** Words of a frame: stage, context, the event that entered it (-1 where none stands for it). */
export const FRAME = { words: 3, stage: 0, context: 1, enter: 2 } as const;

/**
 * The stack of one flow of control: a thread with all programs it passes through by plain calls, or a guest task.
 * Frames of a strand nest; frames of two strands do not.
 */
export class Strand {
  readonly id: number;
  readonly name: string;
  depth = 0;
  /** The frame of depth d at word 3 * d; below the outermost one, of depth 1, lies one without stage. */
  readonly frames = new Int32Array(FRAME.words * (MAX_DEPTH + 1));
  /** Hop that brought control here and waits for the next `enter` to take it as its cause; -1 where there is none. */
  arriving = -1;
  /** Hop kind of the next call, where it is no plain one; -1 for plain. */
  nextHop = -1;
  /** Expression of the next call, interned. */
  nextExpr = 0;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
    this.frames[FRAME.stage] = -1;
    this.frames[FRAME.enter] = -1;
  }

  /** Context of the outermost frame, also after it has been left. */
  get outermostContext(): number {
    return this.frames[FRAME.words + FRAME.context] ?? 0;
  }
}
