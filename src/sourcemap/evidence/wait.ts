import type { CallRef } from '../../indexer/link-types.ts';
import type { CallArguments } from '../dialects/boundaries.ts';
import { EVENT_FD, THREADS, WAIT } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import { expressionCall } from './expression.ts';
import { callPath, MAX_SITES } from './path.ts';
import { callsOf, type HopContext, lastName, proven, type Side, sideOf, unproven, type Verdict } from './prover.ts';
import { argument } from './registered.ts';

/** A call that waits on or wakes a queue, the queue's name, and the calls that lead to it. */
interface QueueCall {
  readonly call: CallRef;
  readonly queue: string;
  readonly path: readonly Evidence[];
}

/** `waitqueue_wait`: the call that waits: the one that the run names, else one of the function or of a function it calls. */
export function proveWait(context: HopContext): Verdict {
  const from = sideOf(context.from);
  if (from === undefined) {
    return unproven('stage-absent', context.hop.from);
  }
  const named = expressionCall(from, context.hop.expr);
  if (named !== undefined) {
    return proven(from.view.callEvidence(named));
  }
  const waits = queueCalls(from, WAIT.wait);
  const first = waits[0];
  return first ? proven(...first.path, from.view.callEvidence(first.call)) : unproven('no-call', 'wait_event');
}

/**
 * `waitqueue_wake` and `eventfd`: the call that wakes a queue, and on the other side the call that waits on the queue of
 * the same name, or the registration of the callback that the waker runs.
 */
export function proveWake(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (from === undefined || to === undefined) {
    return unproven('stage-absent', from === undefined ? context.hop.from : context.hop.to);
  }
  const wakes = queueCalls(from, WAIT.wake);
  const waits = queueCalls(to, WAIT.wait);
  for (const wake of wakes) {
    const wait = waits.find((w) => w.queue === wake.queue);
    if (wait !== undefined) {
      return proven(
        ...wakeEvidence(from, wakes, wake),
        ...wait.path,
        to.view.evidence({ file: wait.call.file, line: wait.call.fact.line }, 'handler', wait.call.fact.name),
      );
    }
  }
  return (
    calledInPlaceOfWaiter(from, to, wakes) ??
    wokenThread(from, to) ??
    descriptorWake(context, from, wakes) ??
    plainWake(from, to, wakes)
  );
}

/** The waker runs a registered callback: `init_waitqueue_func_entry(entry, callback)`. */
function calledInPlaceOfWaiter(from: Side, to: Side, wakes: readonly QueueCall[]): Verdict | undefined {
  const wake = wakes[0];
  const name = to.fn.fact.name;
  const registered = [...WAIT.callback.keys()]
    .flatMap((callee) => to.view.callsNamed(callee))
    .filter((call) => lastName(argument(call, WAIT.callback)) === name)
    .map((call) => to.view.evidence({ file: call.file, line: call.fact.line }, 'binding', name));
  return wake && registered.length > 0
    ? proven(...wakeEvidence(from, wakes, wake), ...registered, ...pollEvidence(from, wake.queue))
    : undefined;
}

/** The calls that wake one queue: a function may have one for each of its branches. */
function wakeEvidence(from: Side, wakes: readonly QueueCall[], wake: QueueCall): Evidence[] {
  const same = wakes.filter((other) => other.queue === wake.queue && other.path.length === wake.path.length);
  return [...wake.path, ...same.slice(0, MAX_SITES).map((other) => from.view.callEvidence(other.call))];
}

/** Where the queue is handed to whoever polls the file. */
function pollEvidence(from: Side, queue: string): Evidence[] {
  return from.view
    .callsNamed('poll_wait')
    .filter((call) => call.file === from.fn.file && lastName(argument(call, WAIT.wait)) === queue)
    .map((call) => from.view.evidence({ file: call.file, line: call.fact.line }, 'handler', call.fact.name));
}

/** A thread that is woken as such: the call names the variable that the start of the thread was stored in. */
function wokenThread(from: Side, to: Side): Verdict | undefined {
  const name = to.fn.fact.name;
  for (const wake of callsOf(from).filter((call) => WAIT.wakeThread.has(call.fact.name))) {
    const task = lastName(argument(wake, WAIT.wakeThread));
    const starts = [...THREADS.keys()]
      .flatMap((callee) => to.view.callsNamed(callee))
      .filter((call) => lastName(argument(call, THREADS)) === name)
      .filter((call) => new RegExp(`\\b${task}\\s*=`).test(to.view.lineText(call.file, call.fact.line)));
    if (starts.length > 0) {
      const bound = starts.map((call) => to.view.evidence({ file: call.file, line: call.fact.line }, 'binding', name));
      return proven(from.view.callEvidence(wake), ...bound);
    }
  }
  return undefined;
}

/** The woken task waits in a system call of another program: `epoll_wait`. */
function descriptorWake(context: HopContext, from: Side, wakes: readonly QueueCall[]): Verdict | undefined {
  const wake = wakes[0];
  return wake && context.from.stage.program !== context.to.stage.program
    ? registeredDescriptor(context, from, wakeEvidence(from, wakes, wake))
    : undefined;
}

/** The waker is itself a call of the target: `signal_event` calls `wake_thread`. */
function plainWake(from: Side, to: Side, wakes: readonly QueueCall[]): Verdict {
  const path = from.view === to.view ? callPath(from, to.fn) : undefined;
  if (path !== undefined) {
    return proven(...path);
  }
  const first = wakes[0];
  return first
    ? unproven('no-registration', first.queue, [from.view.callEvidence(first.call)])
    : unproven('no-call', 'wake_up');
}

/** Calls of a table in a function, and one call further down where the function itself has none. */
function queueCalls(side: Side, table: CallArguments): readonly QueueCall[] {
  const own = callsOf(side).filter((call) => table.has(call.fact.name));
  const described = own.map((call) => ({ call, queue: lastName(argument(call, table)), path: [] }));
  return [...described, ...callsOf(side).flatMap((outer) => below(side, outer, table))];
}

function below(side: Side, outer: CallRef, table: CallArguments): readonly QueueCall[] {
  return side.view.links
    .functionsNamed(outer.fact.name)
    .filter((fn) => fn !== side.fn)
    .flatMap((fn) => callsOf({ view: side.view, fn }))
    .filter((call) => table.has(call.fact.name))
    .map((call) => ({ call, queue: lastName(argument(call, table)), path: [side.view.callEvidence(outer)] }));
}

/** `eventfd`: the signal, then what its wait queue runs. */
export function proveEventFd(context: HopContext): Verdict {
  const wake = proveWake(context);
  const from = sideOf(context.from);
  if (wake.proven || from === undefined) {
    return wake;
  }
  const signal = callsOf(from).find((call) => EVENT_FD.signal.has(call.fact.name));
  return signal ? (registeredDescriptor(context, from, [from.view.callEvidence(signal)]) ?? wake) : wake;
}

/** `epoll` and `timerfd`: what waits for descriptors, and where the descriptor is registered with it. */
export function proveDescriptor(context: HopContext): Verdict {
  const from = sideOf(context.from);
  if (from === undefined) {
    return unproven('stage-absent', context.hop.from);
  }
  const call = callsOf(from).find(
    ({ fact }) => EVENT_FD.timers.has(fact.name) || EVENT_FD.wait.has(fact.name) || WAIT.wake.has(fact.name),
  );
  if (call === undefined) {
    return unproven('no-call', context.hop.kind);
  }
  return (
    registeredDescriptor(context, from, [from.view.callEvidence(call)]) ??
    unproven('no-registration', context.hop.to, [from.view.callEvidence(call)])
  );
}

/** The call that leaves, and on the other side the wait for descriptors or the registration of the handler. */
function registeredDescriptor(context: HopContext, from: Side, leaving: readonly Evidence[]): Verdict | undefined {
  const to = sideOf(context.to);
  if (to === undefined) {
    return undefined;
  }
  const waits = callsOf(to).filter((c) => EVENT_FD.wait.has(c.fact.name));
  const handed = to.view.links
    .bindingsOf(to.fn.fact.name)
    .filter((b) => EVENT_FD.register.has(b.fact.callee))
    .map((b) => to.view.evidence({ file: b.file, line: b.fact.line }, 'binding', b.fact.value));
  const arrival = [
    ...waits.map((c) => to.view.evidence({ file: c.file, line: c.fact.line }, 'handler', c.fact.name)),
    ...handed,
    ...(from.view === to.view ? (callPath(from, to.fn) ?? []) : []),
  ];
  return arrival.length > 0 ? proven(...leaving, ...arrival) : undefined;
}
