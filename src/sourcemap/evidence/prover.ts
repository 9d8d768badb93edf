import type { CallRef, FunctionRef } from '../../indexer/link-types.ts';
import type { Evidence, HopRef, TreeRole, UnprovenReason } from '../map-types.ts';
import type { Located } from '../stages.ts';
import type { TreeView } from '../tree-view.ts';

/** What a prover is given: the hop, its stages where they stand, and the trees. */
export interface HopContext {
  readonly hop: HopRef;
  readonly from: Located;
  readonly to: Located;
  /** The function whose code makes the call: `from` itself, but for return_then_call. */
  readonly caller: Located;
  readonly views: Readonly<Record<TreeRole, TreeView | undefined>>;
}

/** A prover's answer. A proof has at least one line; the line where control leaves stands first. */
export type Verdict =
  | { readonly proven: true; readonly evidence: readonly Evidence[] }
  | {
      readonly proven: false;
      readonly reason: UnprovenReason;
      readonly detail?: string;
      readonly evidence: readonly Evidence[];
    };

/** Proves hops of one family of kinds. */
export type Prover = (context: HopContext) => Verdict;

/** A proof. */
export const proven = (...evidence: readonly Evidence[]): Verdict => ({ proven: true, evidence });

/** No proof: what is missing, its name, and what was found all the same. */
export const unproven = (reason: UnprovenReason, detail: string, evidence: readonly Evidence[] = []): Verdict => ({
  proven: false,
  reason,
  detail,
  evidence,
});

/** A side of a hop that stands in a tree. */
export interface Side {
  readonly view: TreeView;
  readonly fn: FunctionRef;
}

/** The side of a located stage; undefined where it stands nowhere. */
export const sideOf = (at: Located): Side | undefined => (at.view && at.fn ? { view: at.view, fn: at.fn } : undefined);

/** The calls of a function. */
export const callsOf = (side: Side): readonly CallRef[] => side.view.links.callsIn(side.fn);

/** An expression without white space, for comparison: `& client -> wq` and `&client->wq` are the same. */
export const folded = (text: string): string => text.replace(/\s+/g, '');

/** Last name of an expression, the member or variable it ends in: `&port->wait` gives `wait`, `ev[A]` gives `ev[A]`. */
export function lastName(expression: string): string {
  const text = folded(expression).replace(/^\(+|\)+$/g, '');
  return /(?:^|->|\.|&|\*|\()([A-Za-z_]\w*(?:\[[^\]]*\])*)\)*$/.exec(text)?.[1] ?? text.replace(/^[&*]+/, '');
}

/** The first of several attempts that gives something. */
export function firstOf<T, R>(items: Iterable<T>, attempt: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const result = attempt(item);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}
