import type { Program } from '../trace/kinds.ts';
import type { TraceStage } from '../trace/trace.ts';
import type { Cx } from './cx.ts';

/** The C file that a TypeScript file mirrors. */
export interface CFile {
  readonly program: Program;
  readonly tree: 'acrn' | 'linux' | undefined;
  readonly path: string;
}

/** Anything that an emulated function may yield while it waits: see `scheduler.ts` and `boundaries.ts`. */
export type Blocking<R, Y = unknown> = Generator<Y, R, unknown>;

const declared: TraceStage[] = [];

/** Every stage declared so far: the stage list is the set of declarations, nothing else. */
export const declaredStages = (): readonly TraceStage[] => declared;

/** A C file of ACRN, as `program` runs it. */
export const acrnFile = (program: Program, path: string): CFile => ({ program, tree: 'acrn', path });

/** A C file of Linux, as `program` runs it. */
export const linuxFile = (program: Program, path: string): CFile => ({ program, tree: 'linux', path });

/** What belongs to no source tree: a user process. */
export const noTree = (program: Program): CFile => ({ program, tree: undefined, path: '' });

/** A function that stands for a C function: called with the context it runs in, then with its C arguments. */
export interface Stage {
  readonly stage: number;
}

function declare(file: CFile, name: string): number {
  if (declared.length >= 0xffff) {
    throw new RangeError('too many stages');
  }
  const id = file.tree === undefined ? `user:${name}` : `${file.tree}:${file.path}#${name}`;
  return declared.push({ id, program: file.program, tree: file.tree, file: file.path, function: name }) - 1;
}

/**
 * Declares the twin of a C function that never blocks. The stage is entered before the body runs and left after it, also
 * where the body ends by an exception (the emulated process died).
 */
export function stage<C extends Cx, A extends readonly unknown[], R>(
  file: CFile,
  name: string,
  body: (cx: C, ...args: A) => R,
): ((cx: C, ...args: A) => R) & Stage {
  const index = declare(file, name);
  return Object.assign(entered(index, body as unknown as AnyBody), { stage: index }) as unknown as Twin<C, A, R>;
}

type Twin<C extends Cx, A extends readonly unknown[], R> = ((cx: C, ...args: A) => R) & Stage;
type AnyBody = (
  cx: Cx,
  a?: unknown,
  b?: unknown,
  c?: unknown,
  d?: unknown,
  e?: unknown,
  f?: unknown,
  g?: unknown,
) => unknown;

/** C arguments that a stage passes on one by one; a body with more takes the slower way. */
const MAX_ARGUMENTS = 7;

/**
 * The body with its stage around it. Arguments are named one by one because gathering and spreading them costs more than
 * all else that a call does here.
 */
function entered(index: number, body: AnyBody): AnyBody {
  if (body.length > MAX_ARGUMENTS + 1) {
    const many = body as (...all: readonly unknown[]) => unknown;
    return (cx, ...args) => {
      cx.enter(index);
      try {
        return many(cx, ...args);
      } finally {
        cx.exit();
      }
    };
  }
  return (cx, a, b, c, d, e, f, g) => {
    cx.enter(index);
    try {
      return body(cx, a, b, c, d, e, f, g);
    } finally {
      cx.exit();
    }
  };
}

/** Declares the twin of a C function on whose stack control may block: called with `yield*`. */
export function blockingStage<C extends Cx, A extends readonly unknown[], R, Y>(
  file: CFile,
  name: string,
  body: (cx: C, ...args: A) => Generator<Y, R, unknown>,
): ((cx: C, ...args: A) => Generator<Y, R, unknown>) & Stage {
  const index = declare(file, name);
  return Object.assign(framed(index, body as unknown as AnySteps), { stage: index }) as unknown as BlockingTwin<
    C,
    A,
    R,
    Y
  >;
}

type BlockingTwin<C extends Cx, A extends readonly unknown[], R, Y> = ((
  cx: C,
  ...args: A
) => Generator<Y, R, unknown>) &
  Stage;
type AnySteps = (...all: Parameters<AnyBody>) => Generator;

/** The body's steps with its stage around them; arguments one by one as in `entered`. */
function framed(index: number, body: AnySteps): (...all: Parameters<AnyBody>) => Generator {
  // `yield*` and `next()` are all that callers use of it, and those a Frame has.
  if (body.length > MAX_ARGUMENTS + 1) {
    const many = body as (...all: readonly unknown[]) => Generator;
    return (cx, ...args) => new Frame(cx, index, many(cx, ...args)) as unknown as Generator;
  }
  return (cx, a, b, c, d, e, f, g) => new Frame(cx, index, body(cx, a, b, c, d, e, f, g)) as unknown as Generator;
}

/**
 * A blocking stage's frame: enters with the first step of the body and leaves with its last. It stands around the body's own
 * generator because a second generator around each frame costs more than twice as much.
 */
class Frame<Y, R> {
  readonly #cx: Cx;
  readonly #stage: number;
  readonly #steps: Generator<Y, R, unknown>;
  #entered = false;

  constructor(cx: Cx, stage: number, steps: Generator<Y, R, unknown>) {
    this.#cx = cx;
    this.#stage = stage;
    this.#steps = steps;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(value: unknown): IteratorResult<Y, R> {
    if (!this.#entered) {
      this.#entered = true;
      this.#cx.enter(this.#stage);
    }
    let step: IteratorResult<Y, R>;
    try {
      step = this.#steps.next(value);
    } catch (error) {
      this.#cx.exit();
      throw error;
    }
    if (step.done === true) {
      this.#cx.exit();
    }
    return step;
  }

  /** The emulated process ends while it is blocked here: the frame is left like any other. */
  return(value: R): IteratorResult<Y, R> {
    const step = this.#steps.return(value);
    if (this.#entered) {
      this.#cx.exit();
    }
    return step;
  }

  throw(error: unknown): IteratorResult<Y, R> {
    return this.#steps.throw(error);
  }
}

/** Runs a blocking function that cannot block with these arguments (an ioctl that only some requests make wait). */
export function mustNotBlock<R, Y>(steps: Generator<Y, R, unknown>, what: string): R {
  const step = steps.next();
  if (step.done !== true) {
    throw new Error(`${what} would block here`);
  }
  return step.value;
}
