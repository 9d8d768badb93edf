import type { CallRef } from '../../indexer/link-types.ts';
import { EVENT_FD } from '../dialects/boundaries.ts';
import type { Part, Parts } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges, PartFunction } from './query-types.ts';
import { type BoundaryRule, callerOf, callShown, callsNamed, hasCall, joined, lineShown } from './rule.ts';

/** The Service VM's kernel signals an event descriptor of the device model, which waits for it in `epoll_wait`. */
export const eventFdRule: BoundaryRule = {
  arrives: (at) => at.part.name === 'device-model' && hasCall(at, (name) => EVENT_FD.wait.has(name)),
  leaves: (at) => at.part.name === 'kernel' && hasCall(at, (name) => EVENT_FD.kernelSignal.has(name)),
  async edges(_, parts: Parts): Promise<BoundaryEdges> {
    const users = await parts.named('device-model');
    const kernels = await parts.named('kernel', 'serviceLinux');
    return joined(users.flatMap((user) => kernels.map((kernel) => signals(kernel, user))));
  },
};

/** A kernel function signals a descriptor that a user gave it (`eventfd_ctx_fdget` in the same file); any waiter may be meant. */
function signals(kernel: Part, user: Part): BoundaryEdges {
  const given = new Map(callsNamed(kernel, EVENT_FD.take).map((call) => [call.file, call]));
  const waits = callsNamed(user, EVENT_FD.wait);
  const edges = callsNamed(kernel, EVENT_FD.kernelSignal).flatMap((signal) => {
    const from = callerOf(kernel, signal);
    const taken = given.get(signal.file);
    return from && taken ? waits.flatMap((wait) => woken(from, signal, taken, user, wait)) : [];
  });
  return { edges, lost: [] };
}

function woken(from: PartFunction, signal: CallRef, taken: CallRef, user: Part, wait: CallRef): BoundaryEdge[] {
  const to = callerOf(user, wait);
  const waiting = lineShown(user, { file: wait.file, line: wait.fact.line }, 'handler', wait.fact.name);
  const source = lineShown(from.part, { file: taken.file, line: taken.fact.line }, 'binding', taken.fact.name);
  const evidence = [callShown(from.part, signal), source, waiting];
  return to === undefined ? [] : [{ kind: 'eventfd', via: signal.fact.name, from, to, evidence }];
}

/** A timer descriptor: who arms it, and the function that is registered for it where it is made. */
export const timerFdRule: BoundaryRule = {
  arrives: ({ part, fn }) => timerHandlers(part).some((one) => one.to.fn.fact === fn.fact),
  leaves: (at) => hasCall(at, (name) => EVENT_FD.arm.has(name)),
  edges: (part) => Promise.resolve(timers(part)),
};

interface Registered {
  readonly to: PartFunction;
  readonly call: CallRef;
}

function timers(part: Part): BoundaryEdges {
  const handlers = timerHandlers(part);
  const edges = callsNamed(part, EVENT_FD.arm).flatMap((arm) => {
    const from = callerOf(part, arm);
    return handlers
      .filter(({ call }) => call.file === arm.file)
      .flatMap(({ to, call }): BoundaryEdge[] => {
        const bound = lineShown(part, { file: call.file, line: call.fact.line }, 'binding', to.fn.fact.name);
        return from ? [{ kind: 'timerfd', via: arm.fact.name, from, to, evidence: [callShown(part, arm), bound] }] : [];
      });
  });
  return { edges, lost: [] };
}

/** Functions registered for a descriptor in a function that makes a timer descriptor. */
function timerHandlers(part: Part): readonly Registered[] {
  return callsNamed(part, EVENT_FD.makeTimer).flatMap((make) => {
    const maker = callerOf(part, make);
    const registering = maker === undefined ? [] : part.links.callsIn(maker.fn);
    return registering
      .filter((call) => EVENT_FD.register.has(call.fact.name))
      .flatMap((call) =>
        call.fact.args.flatMap((arg) =>
          part.links
            .functionsNamed(arg.trim())
            .filter((fn) => fn.file === call.file)
            .map((fn): Registered => ({ to: { part, fn }, call })),
        ),
      );
  });
}
