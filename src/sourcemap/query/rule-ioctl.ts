import type { CallRef, FunctionRef } from '../../indexer/link-types.ts';
import { IOCTL } from '../dialects/boundaries.ts';
import { type ConstantValue, type NumberMacro, numberOf, sameNumber } from '../evidence/number.ts';
import type { Part, Parts } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges, QueryEvidence, UnresolvedSite } from './query-types.ts';
import {
  type BoundaryRule,
  callerOf,
  callShown,
  callsNamed,
  hasCall,
  joined,
  lineShown,
  shown,
  siteOf,
} from './rule.ts';

/** A `case` of an ioctl number in a function that the file operations name. */
interface Handler {
  readonly fn: FunctionRef;
  readonly number: NumberMacro;
  readonly evidence: readonly QueryEvidence[];
}

/** The device model's `ioctl` calls, and the function of the Service VM's kernel with a `case` of the same number. */
export const ioctlRule: BoundaryRule = {
  arrives: ({ part, fn }) => part.name === 'kernel' && registrations(part, fn.fact.name).length > 0,
  leaves: (at) => at.part.name === 'device-model' && hasCall(at, (name) => name === IOCTL.call),
  async edges(_, parts: Parts): Promise<BoundaryEdges> {
    const users = await parts.named('device-model');
    const kernels = await parts.named('kernel', 'serviceLinux');
    return joined(users.flatMap((user) => kernels.map((kernel) => edgesBetween(user, kernel))));
  },
};

function edgesBetween(user: Part, kernel: Part): BoundaryEdges {
  const handlers = handlersIn(kernel);
  return joined(callsNamed(user, [IOCTL.call]).map((call) => edgesOf(user, call, kernel, handlers)));
}

function edgesOf(user: Part, call: CallRef, kernel: Part, handlers: readonly Handler[]): BoundaryEdges {
  const from = callerOf(user, call);
  const name = call.fact.args[IOCTL.numberArgument] ?? '';
  const sent = numberOf(user.view, name);
  if (from === undefined) {
    return joined([]);
  }
  const taking = sent === undefined ? [] : handlers.filter((it) => sameNumber(it.number.constant, sent.constant));
  const edges = taking.map(
    (handler): BoundaryEdge => ({
      kind: 'ioctl',
      via: name,
      from,
      to: { part: kernel, fn: handler.fn },
      evidence: [callShown(user, call), ...numberShown(user, sent), ...handler.evidence],
    }),
  );
  const lost: UnresolvedSite = siteOf(user, call, 'no-handler', `${IOCTL.call} ${name}`);
  return { edges, lost: edges.length > 0 ? [] : [{ ...lost, from }] };
}

const numberShown = (part: Part, number: NumberMacro | undefined): QueryEvidence[] =>
  number === undefined
    ? []
    : [shown(part, { file: number.macro.file, line: number.macro.fact.line }, 'number', number.macro.fact.name)];

function handlersIn(kernel: Part): readonly Handler[] {
  const handlers: Handler[] = [];
  for (const { path, cases } of kernel.links.allFiles()) {
    for (const { label, inFunction, line } of cases) {
      const fn = kernel.links.functionsNamed(inFunction).find((it) => it.file === path);
      const bound = fn === undefined ? [] : registrations(kernel, inFunction);
      const number = bound.length === 0 ? undefined : numberOf(kernel.view, label);
      if (fn !== undefined && number !== undefined && isIoctl(number.constant)) {
        const taken = lineShown(kernel, { file: path, line }, 'handler', label);
        handlers.push({ fn, number, evidence: [...numberShown(kernel, number), taken, ...bound] });
      }
    }
  }
  return handlers;
}

/** Numbers below the direction and type bits are plain counters, not ioctl numbers of an interface. */
const isIoctl = ({ value }: ConstantValue): boolean => value > 0xffn;

/** Where the file operations name a function as their handler. */
function registrations(part: Part, name: string): readonly QueryEvidence[] {
  return part.links
    .bindingsOf(name)
    .filter(({ fact }) => IOCTL.handlerMembers.has(fact.target))
    .map(({ file, fact }) => lineShown(part, { file, line: fact.line }, 'binding', name));
}
