import type { CallRef } from '../../indexer/link-types.ts';
import { type CallArguments, WAIT } from '../dialects/boundaries.ts';
import type { Part } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges } from './query-types.ts';
import { type BoundaryRule, callerOf, callShown, callsNamed, hasCall, shown } from './rule.ts';

/** A call that waits on or wakes a queue, with the objects that the queue may be. */
interface QueueCall {
  readonly call: CallRef;
  readonly objects: ReadonlySet<string>;
  /** Element of an array of queues, `''` where the queue is none. */
  readonly element: string;
}

/** Who wakes a queue, and which functions wait on it: the same object, and the same element where it is an array. */
export const waitRule: BoundaryRule = {
  arrives: (at) => hasCall(at, (name) => WAIT.wait.has(name)),
  leaves: (at) => hasCall(at, (name) => WAIT.wake.has(name)),
  edges: (part) => Promise.resolve(edgesIn(part)),
};

function edgesIn(part: Part): BoundaryEdges {
  const waits = queueCalls(part, WAIT.wait).filter(({ call }) => isOwnWait(part, call));
  const edges: BoundaryEdge[] = [];
  for (const wake of queueCalls(part, WAIT.wake)) {
    const from = callerOf(part, wake.call);
    for (const wait of waits.filter((one) => sameQueue(one, wake))) {
      const to = callerOf(part, wait.call);
      if (from !== undefined && to !== undefined) {
        const waiting = shown(
          part,
          { file: wait.call.file, line: wait.call.fact.line },
          'handler',
          wait.call.fact.name,
        );
        const via = wake.call.fact.args[WAIT.wake.get(wake.call.fact.name) ?? 0] ?? '';
        edges.push({ kind: 'waitqueue_wake', via, from, to, evidence: [callShown(part, wake.call), waiting] });
      }
    }
  }
  return { edges, lost: [] };
}

function queueCalls(part: Part, table: CallArguments): readonly QueueCall[] {
  return callsNamed(part, table.keys()).map((call) => {
    const place = table.get(call.fact.name) ?? 0;
    const element = /\[([^[\]]*)\]\s*\)*$/.exec(call.fact.args[place] ?? '')?.[1]?.trim() ?? '';
    return { call, objects: part.links.objectsNamed(call, place), element };
  });
}

/**
 * A wait of the function itself: not one that leaves an entry whose own function is called instead (`Links` follows that
 * one), nor one that hands the queue to whoever polls.
 */
function isOwnWait(part: Part, call: CallRef): boolean {
  const attacher = part.links.dialect.attachers.find((one) => one.name === call.fact.name);
  if (attacher === undefined) {
    return !WAIT.handsOn.has(call.fact.name);
  }
  const entries = part.links.objectsNamed(call, attacher.entry);
  const registrars = part.links.dialect.registrars.filter((one) => one.kind === attacher.kind);
  return !registrars.some((one) =>
    part.links
      .callsNamed(one.name)
      .some((it) => [...part.links.objectsNamed(it, one.object)].some((object) => entries.has(object))),
  );
}

const sameQueue = (a: QueueCall, b: QueueCall): boolean =>
  (a.element === b.element || !isConstant(a.element) || !isConstant(b.element)) &&
  [...a.objects].some((object) => b.objects.has(object));

const isConstant = (text: string): boolean => /^[A-Z0-9_]+$/.test(text);
