import type { CallRef } from '../../indexer/link-types.ts';
import { INTERRUPT_SENDERS, VECTORS, type VectorRule } from '../dialects/boundaries.ts';
import { numberOf, sameNumber } from '../evidence/number.ts';
import { firstOf, lastName } from '../evidence/prover.ts';
import type { MacroRef } from '../tree-view.ts';
import type { Part, Parts } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges, PartFunction, QueryEvidence } from './query-types.ts';
import {
  type BoundaryRule,
  callerOf,
  callShown,
  callsNamed,
  hasCall,
  joined,
  lineShown,
  NO_EDGES,
  shown,
} from './rule.ts';

/** Who sends an interrupt vector, and the handler that both sides know by its number. */
export const vectorRule: BoundaryRule = {
  arrives: ({ fn }) => VECTORS.some((row) => handles(fn.fact.name, row.handler)),
  leaves: (at) => at.part.name === 'hypervisor' && hasCall(at, (name) => INTERRUPT_SENDERS.has(name)),
  async edges(_, parts: Parts): Promise<BoundaryEdges> {
    const hosts = await parts.named('hypervisor');
    const kernels = await parts.named('kernel', 'serviceLinux');
    return joined(
      hosts.flatMap((host) => [...kernels, host].flatMap((to) => VECTORS.map((row) => edgesOf(row, host, to)))),
    );
  },
};

const handles = (name: string, handler: string): boolean => name === handler || name.endsWith(`(${handler})`);

function edgesOf(row: VectorRule, host: Part, part: Part): BoundaryEdges {
  const to = handlerIn(row, part);
  const vector = firstOf(row.sent, (name) => numberOf(host.view, name));
  const received = firstOf(row.received, (name) => numberOf(part.view, name));
  if (to === undefined || vector === undefined) {
    return NO_EDGES;
  }
  const differs = row.received.length > 0 && (!received || !sameNumber(vector.constant, received.constant));
  if (differs) {
    return NO_EDGES;
  }
  const via = vector.macro.fact.name;
  const numbers = [
    shown(host, { file: vector.macro.file, line: vector.macro.fact.line }, 'number', via),
    ...(received === undefined ? [] : receivedShown(part, received.macro)),
  ];
  const arrival = [...numbers, ...installed(row, part)];
  const edges = sendersOf(host, via).map(
    ({ from, evidence }): BoundaryEdge => ({
      kind: 'interrupt_vector',
      via,
      from,
      to,
      evidence: [...evidence, ...arrival],
    }),
  );
  return { edges, lost: [] };
}

const receivedShown = (part: Part, { file, fact }: MacroRef): QueryEvidence[] => [
  shown(part, { file, line: fact.line }, 'number', fact.name),
];

function handlerIn(row: VectorRule, part: Part): PartFunction | undefined {
  for (const { path, functions } of part.links.allFiles()) {
    const fact = functions.find((one) => handles(one.name, row.handler));
    if (fact !== undefined && installed(row, part).length > 0) {
      return { part, fn: { file: path, fact } };
    }
  }
  return undefined;
}

/** The calls that put the handler into the interrupt table. */
function installed(row: VectorRule, part: Part): QueryEvidence[] {
  return callsNamed(part, row.install)
    .filter((call) => call.fact.args.some((arg) => lastName(arg) === row.handler))
    .map((call) => lineShown(part, { file: call.file, line: call.fact.line }, 'handler', row.handler));
}

/** A sending call, and how the vector's number comes to it. */
interface Sender {
  readonly from: PartFunction;
  readonly evidence: readonly QueryEvidence[];
}

/** Calls that send the number: named in the call, or kept in a variable, or given by a function that reads that variable. */
function sendersOf(host: Part, vector: string): readonly Sender[] {
  const kept = variablesWith(host, vector);
  const names = new Map<string, readonly QueryEvidence[]>([[vector, []], ...kept]);
  for (const [variable, shownAt] of kept) {
    for (const reader of readersOf(host, variable)) {
      names.set(reader, shownAt);
    }
  }
  return callsNamed(host, INTERRUPT_SENDERS).flatMap((call) => sender(host, call, names));
}

function sender(host: Part, call: CallRef, names: ReadonlyMap<string, readonly QueryEvidence[]>): Sender[] {
  const words = call.fact.args.flatMap((arg) => arg.match(/[A-Za-z_]\w*/g) ?? []);
  const word = words.find((one) => names.has(one));
  const from = word === undefined ? undefined : callerOf(host, call);
  return from && word !== undefined ? [{ from, evidence: [callShown(host, call), ...(names.get(word) ?? [])] }] : [];
}

function variablesWith(host: Part, vector: string): (readonly [string, readonly QueryEvidence[]])[] {
  const found: (readonly [string, readonly QueryEvidence[]])[] = [];
  for (const { path, variables } of host.links.allFiles()) {
    for (const { name, line, inFunction } of variables) {
      const text = host.view.lineText(path, line);
      if (inFunction === '' && new RegExp(`\\b${name}\\b\\s*=\\s*\\(?.*\\b${vector}\\b`).test(text)) {
        found.push([name, [shown(host, { file: path, line }, 'binding', vector)]]);
      }
    }
  }
  return found;
}

/** Functions that return a variable. */
function readersOf(host: Part, variable: string): readonly string[] {
  const pattern = new RegExp(`\\breturn\\b.*\\b${variable}\\b`);
  const names: string[] = [];
  for (const { path, functions } of host.links.allFiles()) {
    for (const fact of functions) {
      if (host.view.lineIn({ file: path, fact }, pattern) !== undefined) {
        names.push(fact.name);
      }
    }
  }
  return names;
}
