/**
 * Every failure a user can meet, as data: a code of this closed set and its arguments. The sentence and what to do next
 * stand in `texts/` under the same code, so a code without a text does not compile.
 */
export interface ProblemArgs {
  'node-too-old': { readonly found: string; readonly needed: string };
  'not-a-tree': { readonly path: string; readonly kind: 'acrn' | 'linux'; readonly landmark: string };
  'no-such-folder': { readonly path: string };
  'file-unreadable': { readonly path: string; readonly reason: string };
  'cannot-read': { readonly path: string; readonly reason: string };
  'file-too-large': { readonly path: string; readonly bytes: number; readonly limit: number };
  'file-changing': { readonly path: string };
  'file-not-utf8': { readonly path: string };
  'file-missing-in-tree': { readonly path: string; readonly tree: string };
  'write-text-too-long': { readonly bytes: number; readonly limit: number };
  'unknown-route': { readonly name: string; readonly known: string };
  'unknown-backend': { readonly name: string; readonly known: string };
  'unknown-format': { readonly name: string; readonly known: string };
  'bad-scenario': { readonly path: string; readonly found: string; readonly allowed: string };
  'unknown-scenario': { readonly name: string; readonly known: string };
  'not-in-scenario': { readonly option: string; readonly scenario: string; readonly allowed: string };
  'bad-recording': { readonly path: string; readonly reason: string };
  'bad-edges': { readonly path: string; readonly found: string; readonly allowed: string };
  'no-such-function': { readonly name: string };
  'file-not-indexed': { readonly path: string };
  'no-function-at': { readonly path: string; readonly line: number };
  usage: { readonly reason: string };
  'cannot-write': { readonly path: string; readonly reason: string };
  'cache-unwritable': { readonly path: string; readonly reason: string };
  cancelled: Record<never, never>;
  'already-running': Record<never, never>;
  'worker-failed': { readonly reason: string };
  'bad-message': { readonly reason: string };
  'no-workspace-trust': Record<never, never>;
  'folder-not-empty': { readonly path: string };
  'git-failed': { readonly command: string; readonly reason: string };
}

/** A code of the closed set. */
export type ProblemCode = keyof ProblemArgs;

/** One failure: code and arguments. */
export type Problem = { [C in ProblemCode]: { readonly code: C; readonly args: ProblemArgs[C] } }[ProblemCode];

/** Builds a problem; the arguments must fit the code. */
export function problem<C extends ProblemCode>(code: C, args: ProblemArgs[C]): Problem {
  return { code, args } as Problem;
}

/** A problem that ends a job, as an exception: thrown by hosts only, where a Result cannot travel. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(theProblem: Problem) {
    super(theProblem.code);
    this.name = 'ProblemError';
    this.problem = theProblem;
  }
}
