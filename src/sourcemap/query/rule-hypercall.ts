import type { CallRef, FunctionRef } from '../../indexer/link-types.ts';
import { HYPERCALL } from '../dialects/boundaries.ts';
import { evaluate, numberOf } from '../evidence/number.ts';
import type { Part, Parts } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges, PartFunction, QueryEvidence } from './query-types.ts';
import { type BoundaryRule, callerOf, callShown, hasCall, joined, lineShown, NO_EDGES, shown, siteOf } from './rule.ts';

/** What takes a hypercall number: the entry of the table, or a `case` where this version has no table. */
interface Handler {
  readonly fn: FunctionRef;
  readonly index: bigint;
  readonly whole: boolean;
  readonly evidence: QueryEvidence;
}

/** The kernel's calls that execute VMCALL with a number, and the function behind that number in the hypervisor. */
export const hypercallRule: BoundaryRule = {
  arrives: ({ part, fn }) =>
    part.name === 'hypervisor' && handlersIn(part).some((handler) => handler.fn.fact === fn.fact),
  leaves: (at) => at.part.name === 'kernel' && hasCall(at, (name) => HYPERCALL.wrapper.test(name)),
  async edges(_, parts: Parts): Promise<BoundaryEdges> {
    const kernels = await parts.named('kernel', 'serviceLinux');
    const hosts = await parts.named('hypervisor');
    return joined(kernels.flatMap((kernel) => hosts.map((host) => edgesBetween(kernel, host))));
  },
};

function edgesBetween(kernel: Part, host: Part): BoundaryEdges {
  const handlers = handlersIn(host);
  const all: BoundaryEdges[] = [];
  for (const { path, calls } of kernel.links.allFiles()) {
    for (const fact of calls.filter((call) => HYPERCALL.wrapper.test(call.name))) {
      all.push(edgesOf(kernel, { file: path, fact }, host, handlers));
    }
  }
  return joined(all);
}

function edgesOf(kernel: Part, call: CallRef, host: Part, handlers: readonly Handler[]): BoundaryEdges {
  const from = callerOf(kernel, call);
  const name = call.fact.args[HYPERCALL.numberArgument] ?? '';
  if (from === undefined) {
    return NO_EDGES;
  }
  const sent = numberOf(kernel.view, name);
  const taken = numberOf(host.view, name);
  const lost = (reason: 'no-handler' | 'number-differs'): BoundaryEdges => ({
    edges: [],
    lost: [{ ...siteOf(kernel, call, reason, `${call.fact.name} ${name}`), from }],
  });
  if (sent === undefined || taken === undefined) {
    return lost('no-handler');
  }
  if (sent.constant.value !== taken.constant.value) {
    return lost('number-differs');
  }
  const { value } = sent.constant;
  const numbers = [
    shown(kernel, { file: sent.macro.file, line: sent.macro.fact.line }, 'number', name),
    shown(host, { file: taken.macro.file, line: taken.macro.fact.line }, 'number', name),
  ];
  const taking = handlers.filter((it) => it.index === (it.whole ? value : value & HYPERCALL.indexMask));
  const edges = taking.map((handler) => edge(from, call, name, host, numbers, handler));
  return edges.length > 0 ? { edges, lost: [] } : lost('no-handler');
}

const edge = (
  from: PartFunction,
  call: CallRef,
  via: string,
  host: Part,
  numbers: readonly QueryEvidence[],
  handler: Handler,
): BoundaryEdge => ({
  kind: 'hypercall',
  via,
  from,
  to: { part: host, fn: handler.fn },
  evidence: [callShown(from.part, call), ...numbers, handler.evidence],
});

function handlersIn(host: Part): readonly Handler[] {
  const handlers: Handler[] = [];
  for (const { path, bindings, cases, variables } of host.links.allFiles()) {
    const table = variables.find((variable) => variable.name === HYPERCALL.table);
    for (const { index, value, line } of table === undefined ? [] : bindings) {
      const number = line < (table?.line ?? 0) || index === '' ? undefined : evaluate(host.view, index)?.value;
      const evidence = lineShown(host, { file: path, line }, 'handler', value);
      for (const fn of number === undefined ? [] : definitions(host, value)) {
        handlers.push({ fn, index: number ?? 0n, whole: false, evidence });
      }
    }
    for (const { label, inFunction, line } of cases.filter((one) => HYPERCALL.label.test(one.label))) {
      const number = numberOf(host.view, label)?.constant.value;
      const fn = host.links.functionsNamed(inFunction).find((it) => it.file === path);
      if (number !== undefined && fn !== undefined) {
        const evidence = lineShown(host, { file: path, line }, 'handler', label);
        handlers.push({ fn, index: number, whole: true, evidence });
      }
    }
  }
  return handlers;
}

/** The definitions of a handler; where several are built in turn, the one that does the job first. */
const definitions = (host: Part, name: string): readonly FunctionRef[] =>
  host.links.functionsNamed(name).filter((fn) => fn.fact.origin === 'function');
