import type { Line } from '../base/brand.ts';
import type { BindingFact, CallFact, FunctionFact } from './facts.ts';

/** A function definition and the file it stands in (path relative to the tree). */
export interface FunctionRef {
  readonly file: string;
  readonly fact: FunctionFact;
}

/** A call and the file it stands in. */
export interface CallRef {
  readonly file: string;
  readonly fact: CallFact;
}

/** A binding and the file it stands in. */
export interface BindingRef {
  readonly file: string;
  readonly fact: BindingFact;
}

/** A line of a file. */
export interface Place {
  readonly file: string;
  readonly line: Line;
}

/**
 * `found`: the receiver's type, or the variable, is known and a binding puts the function there.
 * `possible`: only the member's name agrees, or the registered object could not be told apart.
 */
export type Confidence = 'found' | 'possible';

/** One function that a call may reach. */
export interface Target {
  readonly function: FunctionRef;
  readonly confidence: Confidence;
  /** By name, through a pointer, or because it was registered under the object that the call names. */
  readonly how: 'direct' | 'pointer' | 'registered';
  /**
   * What puts the function there, from the pointer outwards: the store (`port->cb = cb`), further hands it went
   * through, last the place that names the function. Empty for a direct call.
   */
  readonly bindings: readonly Place[];
}

/**
 * Why a call has no target: the callee is defined nowhere in the indexed files; the type in front of the member is not
 * known; the pointer is known but nothing indexed is bound to it.
 */
export type NoTarget = 'not-indexed' | 'receiver-unknown' | 'nothing-bound';

/** The answer to "who is called here?"; `reason` stands exactly where `targets` is empty. */
export interface CallTargets {
  readonly targets: readonly Target[];
  readonly reason?: NoTarget;
}

/** One call that may reach a function: the call, how sure, and what binds the function there. */
export interface Caller {
  readonly call: CallRef;
  readonly confidence: Confidence;
  readonly bindings: readonly Place[];
}
