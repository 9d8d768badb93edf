import type { CallRef, Place, Target } from '../../indexer/link-types.ts';
import { THREADS } from '../dialects/boundaries.ts';
import type { Part } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges } from './query-types.ts';
import { type BoundaryRule, callerOf, callShown, callsNamed, hasCall, lineShown } from './rule.ts';

/** Who starts a thread, and the functions that it may run: named in the call, or handed to the function that makes it. */
export const threadRule: BoundaryRule = {
  arrives: ({ part, fn }) => part.links.bindingsOf(fn.fact.name).length > 0,
  leaves: (at) => hasCall(at, (name) => THREADS.has(name)),
  edges: (part) => Promise.resolve(edgesIn(part)),
};

function edgesIn(part: Part): BoundaryEdges {
  const edges: BoundaryEdge[] = [];
  for (const call of callsNamed(part, THREADS.keys())) {
    const from = callerOf(part, call);
    const kind = call.fact.name.startsWith('kthread') ? 'kthread_entry' : 'thread_create';
    for (const target of from === undefined ? [] : part.links.functionsPassed(call, THREADS.get(call.fact.name) ?? 0)) {
      if (from !== undefined && target.confidence === 'found' && target.function.fact.origin === 'function') {
        const places = [...target.bindings, ...named(part, call, target)];
        const bound = places.map((place) => lineShown(part, place, 'binding', target.function.fact.name));
        const evidence = [callShown(part, call), ...bound];
        edges.push({ kind, via: call.fact.name, from, to: { part, fn: target.function }, evidence });
      }
    }
  }
  return { edges, lost: [] };
}

/** The line of the argument, where the call stands over several. */
const named = (part: Part, call: CallRef, { function: fn }: Target): readonly Place[] =>
  part.links
    .bindingsOf(fn.fact.name)
    .filter(({ file, fact }) => file === call.file && fact.callee === call.fact.name)
    .filter(({ fact }) => fact.line > call.fact.line && fact.line < call.fact.line + 8)
    .map(({ file, fact }) => ({ file, line: fact.line }));
