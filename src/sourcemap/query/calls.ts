import type { Caller, CallRef, FunctionRef, Target } from '../../indexer/link-types.ts';
import { EVENT_FD } from '../dialects/boundaries.ts';
import type { Part } from './parts.ts';
import type { EdgeKind, PartFunction, QueryEdge, QueryEvidence, UnresolvedSite } from './query-types.ts';
import { callerOf, callShown, lineShown, placeOf, siteOf } from './rule.ts';

/** Edges inside one program, and the calls that may be some. */
export interface CallEdges {
  readonly edges: readonly QueryEdge[];
  readonly unresolved: readonly UnresolvedSite[];
  readonly notIndexed: readonly string[];
}

/** How deep macros that call macros are followed to the functions that invoke them. */
const MACRO_DEPTH = 3;

/** Who calls a function: by name, through macros, through pointers, and by making a handler run. */
export function callersIn({ part, fn }: PartFunction, depth = MACRO_DEPTH): CallEdges {
  const edges: QueryEdge[] = [];
  const unresolved: UnresolvedSite[] = [];
  for (const caller of part.links.callersOf(fn)) {
    if (caller.confidence === 'possible') {
      unresolved.push(siteOf(part, caller.call, 'possible'));
    } else {
      edges.push(...callerEdges(part, caller, fn, depth));
    }
  }
  return { edges, unresolved, notIndexed: [] };
}

function callerEdges(part: Part, { call, bindings }: Caller, fn: FunctionRef, depth: number): readonly QueryEdge[] {
  const from = callerOf(part, call);
  const target = part.links.targetsOf(call).targets.find((it) => it.function.fact === fn.fact);
  const bound = bindings.map((place) => lineShown(part, place, 'binding', fn.fact.name));
  const evidence = [callShown(part, call), ...bound];
  const kind = target === undefined ? 'direct_call' : kindOf(part, call, target);
  const via = viaOf(call, kind);
  if (from === undefined) {
    const place = { function: '', tree: part.treeName, file: call.file, line: Number(call.fact.line) };
    return [{ ...place, kind, ...via, evidence }];
  }
  if (from.fn.fact.origin !== 'function-like-macro' || depth === 0) {
    return [{ ...placeOf(from), kind, ...via, evidence }];
  }
  return invokers(from, depth).map((edge) => ({
    ...edge,
    kind,
    via: via.via ?? from.fn.fact.name,
    evidence: [...edge.evidence, ...evidence],
  }));
}

/** The functions that invoke a macro. */
const invokers = (macro: PartFunction, depth: number): readonly QueryEdge[] => callersIn(macro, depth - 1).edges;

/** Whom a function calls. */
export function calleesIn({ part, fn }: PartFunction): CallEdges {
  return calleesOf(part, part.links.callsIn(fn));
}

/** Whom these calls reach. */
export function calleesOf(part: Part, calls: readonly CallRef[]): CallEdges {
  const edges: QueryEdge[] = [];
  const unresolved: UnresolvedSite[] = [];
  const notIndexed: string[] = [];
  for (const call of calls) {
    const { targets, reason } = part.links.targetsOf(call);
    const found = targets.filter((target) => target.confidence === 'found');
    const possible = targets.filter((target) => target.confidence === 'possible');
    edges.push(...found.map((target) => calleeEdge(part, call, target)));
    unresolved.push(...possible.map((target) => siteOf(part, call, 'possible', target.function.fact.name)));
    if (reason === 'not-indexed') {
      notIndexed.push(call.fact.name);
    } else if (reason !== undefined && !isCast(part, call)) {
      unresolved.push(siteOf(part, call, reason));
    }
  }
  return { edges, unresolved, notIndexed };
}

function calleeEdge(part: Part, call: CallRef, target: Target): QueryEdge {
  const kind = kindOf(part, call, target);
  const { name } = target.function.fact;
  const bound = target.bindings.map((place) => lineShown(part, place, 'binding', name));
  const evidence: readonly QueryEvidence[] = [callShown(part, call), ...bound];
  return { ...placeOf({ part, fn: target.function }), kind, ...viaOf(call, kind), evidence };
}

/** `(type)(value)` reads like a call of what stands in the first brackets: it is none where nothing has that name. */
const isCast = (part: Part, { fact }: CallRef): boolean => {
  const name = /^\(\s*(\w+)\s*\)$/.exec(fact.callee)?.[1];
  return name !== undefined && part.links.callsNamed(name).every((call) => call.fact.callee !== name);
};

/** What the edge is shown to go through; a call by name goes through nothing. */
function viaOf(call: CallRef, kind: EdgeKind): { readonly via?: string } {
  if (kind === 'direct_call' || kind === 'macro_defined_function' || kind === 'macro') {
    return {};
  }
  return { via: call.fact.indirect ? call.fact.callee : `${call.fact.name}(${call.fact.args.join(', ')})` };
}

/** Kinds of the dialects' registrars and runners, as edges are named. */
const REGISTERED: Readonly<Record<string, EdgeKind>> = {
  work: 'workqueue',
  wait: 'waitqueue_wake',
  timer: 'timer',
  tasklet: 'tasklet',
  irq_work: 'irq_work',
  poll: 'fptr_call',
};

function kindOf(part: Part, call: CallRef, target: Target): EdgeKind {
  if (target.how === 'registered') {
    const runner = part.links.dialect.runners.find((one) => one.name === call.fact.name);
    return REGISTERED[runner?.kind ?? ''] ?? 'fptr_call';
  }
  if (target.how === 'pointer') {
    return isDescriptor(part, call, target) ? 'epoll' : 'fptr_call';
  }
  const { origin } = target.function.fact;
  return origin === 'function-like-macro' ? 'macro' : origin === 'macro' ? 'macro_defined_function' : 'direct_call';
}

/** A pointer that is kept by whoever waits for descriptors, bound where a descriptor is registered. */
function isDescriptor(part: Part, call: CallRef, target: Target): boolean {
  const registered = part.links
    .bindingsOf(target.function.fact.name)
    .filter(({ fact }) => EVENT_FD.register.has(fact.callee));
  const kept = target.bindings.some((place) =>
    registered.some((it) => it.file === place.file && it.fact.line === place.line),
  );
  const files = new Set(waitingFiles(part));
  return kept && files.has(call.file);
}

const waitingFiles = (part: Part): readonly string[] =>
  [...EVENT_FD.wait].flatMap((name) => part.links.callsNamed(name).map((call) => call.file));
