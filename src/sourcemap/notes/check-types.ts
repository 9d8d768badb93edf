import type { HopKind } from '../../trace/kinds.ts';
import type { Evidence, StageRef } from '../map-types.ts';

/** A function that a claim speaks of: found in the tree as a stage is, under earlier names and in earlier files too. */
export type NamedFunction = StageRef;

/**
 * One question to a tree or to a run, as data. Each is answered with yes, no or not told; not told where a file that the
 * question is about is not there to be read.
 */
export type Check =
  /** A function stands in the tree under this very name. */
  | { readonly is: 'exists'; readonly fn: NamedFunction }
  /** A function stands in the tree, under this name or an earlier one. */
  | { readonly is: 'known'; readonly fn: NamedFunction }
  /** `from` calls `to`, plainly, through a macro or an inline helper. */
  | { readonly is: 'calls'; readonly from: NamedFunction; readonly to: NamedFunction }
  /** `from` calls something of one of these names, with an argument that ends in `argument` where one is named. */
  | {
      readonly is: 'calls-name';
      readonly from: NamedFunction;
      readonly names: readonly string[];
      readonly argument?: string;
    }
  /** In `inside`, the first call of `first` stands before the first call of `second`. */
  | { readonly is: 'calls-before'; readonly inside: NamedFunction; readonly first: string; readonly second: string }
  /** Below `case LABEL` of `inside`, `to` is called. */
  | { readonly is: 'case-calls'; readonly inside: NamedFunction; readonly label: string; readonly to: NamedFunction }
  /** `inside` has `case LABEL`. */
  | { readonly is: 'case'; readonly inside: NamedFunction; readonly label: string }
  /** `inside` calls through a pointer that ends in `member`. */
  | { readonly is: 'calls-through'; readonly inside: NamedFunction; readonly member: string }
  /** `inside` stores `value` in `member`; `others` asks whether it stores something else there. */
  | {
      readonly is: 'binds';
      readonly inside: NamedFunction;
      readonly member: string;
      readonly value: string;
      readonly others?: boolean;
    }
  /** An initialiser in the file of `near` puts `value` in a member that matches. */
  | { readonly is: 'bound'; readonly near: NamedFunction; readonly value: string; readonly member: RegExp }
  /** At file scope of the file of `near`, a macro of this name is invoked with these arguments. */
  | {
      readonly is: 'invokes';
      readonly near: NamedFunction;
      readonly name: string;
      readonly arguments: readonly string[];
    }
  /** The file of `near` sets a member to something else than nothing: `always` to a true constant under no condition. */
  | { readonly is: 'sets'; readonly near: NamedFunction; readonly member: string; readonly always: boolean }
  /** Every call of `callee` in the file of `near` stands under a condition that names one of `words`. */
  | { readonly is: 'guarded'; readonly near: NamedFunction; readonly callee: string; readonly words: readonly string[] }
  /** A macro has this value; `near` names a function of its tree. */
  | { readonly is: 'macro'; readonly near: NamedFunction; readonly name: string; readonly value: bigint }
  /** The hop is proven in the trees; `near` names the file that binds the pointer, where that is neither side's own. */
  | {
      readonly is: 'hop';
      readonly from: NamedFunction;
      readonly to: NamedFunction;
      readonly kind: HopKind;
      readonly near?: NamedFunction;
    }
  /** The run's phase `run` enters the function, on a context whose name holds `on`. */
  | { readonly is: 'run-enters'; readonly fn: NamedFunction; readonly on?: string }
  /** In the run's phase `run`, a context whose name holds `on` blocks while it is inside the function. */
  | { readonly is: 'run-blocks'; readonly fn: NamedFunction; readonly on?: string }
  | { readonly is: 'not'; readonly check: Check }
  | { readonly is: 'all' | 'any'; readonly checks: readonly Check[] };

/** Verdicts that a tree can give; `unknown` is given where it gives none. */
export type SettledVerdict = 'true' | 'conditional' | 'renamed' | 'wrong' | 'missing';

/** What is said of a claim. `missing`: the notes leave out what the source does. */
export type NoteVerdict = SettledVerdict | 'unknown';

/** The verdict given where all of `when` holds. */
export interface Rule {
  readonly verdict: SettledVerdict;
  readonly when: Check;
}

/** One claim of the study notes: rules asked in order, and what stands where none of them holds. */
export interface Claim<Id extends number = number> {
  readonly id: Id;
  readonly rules: readonly Rule[];
  readonly otherwise: SettledVerdict;
  /** What the source does instead: shown with `otherwise`. */
  readonly instead: Check;
}

/** A line of the tree that an answer rests on; `definition` where the function itself is what was looked at. */
export interface NoteEvidence extends Omit<Evidence, 'role'> {
  readonly role: Evidence['role'] | 'definition';
}

/** `a` and `b`, in order. */
export const all = (...checks: readonly Check[]): Check => ({ is: 'all', checks });

/** At least one of them. */
export const any = (...checks: readonly Check[]): Check => ({ is: 'any', checks });

/** The opposite. */
export const not = (check: Check): Check => ({ is: 'not', check });

/** `from` calls each of them. */
export const calls = (from: NamedFunction, ...to: readonly NamedFunction[]): Check =>
  all(...to.map((one): Check => ({ is: 'calls', from, to: one })));

/** `from` calls one of these names with this argument. */
export const callsName = (from: NamedFunction, names: readonly string[], argument?: string): Check => ({
  is: 'calls-name',
  from,
  names,
  ...(argument === undefined ? {} : { argument }),
});

/** Functions that checks name, each once. */
export function functionsIn(check: Check): NamedFunction[] {
  switch (check.is) {
    case 'all':
    case 'any':
      return check.checks.flatMap(functionsIn);
    case 'not':
      return functionsIn(check.check);
    case 'exists':
    case 'known':
    case 'run-enters':
    case 'run-blocks':
      return [check.fn];
    case 'calls':
      return [check.from, check.to];
    case 'hop':
      return [check.from, check.to, ...(check.near === undefined ? [] : [check.near])];
    case 'calls-name':
      return [check.from];
    case 'case-calls':
      return [check.inside, check.to];
    case 'calls-before':
    case 'case':
    case 'calls-through':
    case 'binds':
      return [check.inside];
    default:
      return [check.near];
  }
}
