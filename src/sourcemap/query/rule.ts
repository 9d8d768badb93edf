import type { CallRef, FunctionRef, Place } from '../../indexer/link-types.ts';
import type { EvidenceRole } from '../map-types.ts';
import type { Part, Parts } from './parts.ts';
import type { BoundaryEdges, FunctionPlace, PartFunction, QueryEvidence, UnresolvedSite } from './query-types.ts';

/**
 * One kind of boundary, without a run: whether a function may be on a side of it, and every edge of that kind. Rows of
 * `dialects/boundaries.ts` say what is looked for; a rule says how the sides are joined.
 */
export interface BoundaryRule {
  /** Whether the function may be reached this way; asked before other parts are read. */
  readonly arrives: (at: PartFunction) => boolean;
  /** Whether the function may leave this way. */
  readonly leaves: (at: PartFunction) => boolean;
  /** Every edge of this kind that touches the part. */
  readonly edges: (part: Part, parts: Parts) => Promise<BoundaryEdges>;
}

/** Nothing found, nothing lost. */
export const NO_EDGES: BoundaryEdges = { edges: [], lost: [] };

/** Several findings as one. */
export const joined = (all: readonly BoundaryEdges[]): BoundaryEdges => ({
  edges: all.flatMap((one) => one.edges),
  lost: all.flatMap((one) => one.lost),
});

/** A line of a part as evidence. */
export const shown = (part: Part, place: Place, role: EvidenceRole, shows: string): QueryEvidence => ({
  tree: part.treeName,
  file: place.file,
  line: place.line,
  role,
  shows,
});

/** A line of a part as evidence: it shows the name where that stands on it, else all that stands there. */
export function lineShown(part: Part, place: Place, role: EvidenceRole, name: string): QueryEvidence {
  const text = part.view.lineText(place.file, place.line);
  return shown(part, place, role, text.includes(name) ? name : text.trim().slice(0, 120));
}

/** The call itself as evidence. */
export const callShown = (part: Part, call: CallRef): QueryEvidence =>
  lineShown(part, { file: call.file, line: call.fact.line }, 'call', call.fact.name);

/** The function in which a call stands; at file scope none does. */
export function callerOf(part: Part, call: CallRef): PartFunction | undefined {
  const inside = part.links.functionsNamed(call.fact.inFunction).filter((fn) => fn.file === call.file);
  const holding = inside.find(({ fact }) => fact.line <= call.fact.line && call.fact.line <= fact.endLine);
  const fn = holding ?? part.links.functionAt(call.file, call.fact.line);
  return fn && { part, fn };
}

/** Where a function stands. */
export const placeOf = ({ part, fn }: PartFunction): FunctionPlace => ({
  function: fn.fact.name,
  tree: part.treeName,
  file: fn.file,
  line: fn.fact.line,
});

/** A call that may be part of an answer. */
export const siteOf = (
  part: Part,
  call: CallRef,
  reason: UnresolvedSite['reason'],
  calls?: string,
): UnresolvedSite => ({
  function: call.fact.inFunction,
  tree: part.treeName,
  file: call.file,
  line: call.fact.line,
  calls: calls ?? call.fact.callee,
  reason,
});

/** Every call of these names in a part. */
export const callsNamed = (part: Part, names: Iterable<string>): readonly CallRef[] =>
  [...names].flatMap((name) => [...part.links.callsNamed(name)]);

/** Whether a function makes a call that passes the test. */
export const hasCall = ({ part, fn }: PartFunction, test: (name: string) => boolean): boolean =>
  part.links.callsIn(fn).some((call) => !call.fact.indirect && test(call.fact.name));

/** Whether two references mean one definition. */
export const sameFunction = (a: FunctionRef, b: FunctionRef): boolean => a.fact === b.fact;
