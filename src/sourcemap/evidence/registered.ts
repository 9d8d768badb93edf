import { line } from '../../base/brand.ts';
import type { CallRef } from '../../indexer/link-types.ts';
import type { CallArguments } from '../dialects/boundaries.ts';
import { THREAD_MEMBERS, THREADS, WORK_KIND } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import type { TreeView } from '../tree-view.ts';
import { callPath } from './path.ts';
import { callsOf, type HopContext, lastName, proven, type Side, sideOf, unproven, type Verdict } from './prover.ts';

/** `workqueue`: the call that queues the work item, and the place that says which function the item runs. */
export function proveWork(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (from === undefined || to === undefined) {
    return unproven('stage-absent', from === undefined ? context.hop.from : context.hop.to);
  }
  const queued = queueCalls(from);
  for (const { call, item, path } of queued) {
    const registered = workRegistrations(to.view, item, to.fn.fact.name);
    if (registered.length > 0) {
      return proven(...path, from.view.callEvidence(call), ...registered);
    }
  }
  const behind = queuedBefore(from, to);
  if (behind !== undefined) {
    return behind;
  }
  const first = queued[0]?.call;
  return first
    ? unproven('no-registration', to.fn.fact.name, [from.view.callEvidence(first)])
    : unproven('no-call', 'queue_work');
}

/** `from` is itself the function that queues, or lies behind it: the item is named by whoever called it. */
function queuedBefore(from: Side, to: Side): Verdict | undefined {
  const runners = from.view.links.dialect.runners.filter((runner) => runner.kind === WORK_KIND);
  const isBehind = runners.some(({ name }) => name === from.fn.fact.name || leadsTo(from, name));
  if (!isBehind) {
    return undefined;
  }
  for (const { name, object } of runners) {
    for (const call of from.view.callsNamed(name)) {
      const registered = workRegistrations(to.view, lastName(call.fact.args[object] ?? ''), to.fn.fact.name);
      if (registered.length > 0) {
        return proven(...passedOn(from, object), from.view.callEvidence(call), ...registered);
      }
    }
  }
  return undefined;
}

/** The call by which the queueing function passes its item on. */
function passedOn(from: Side, object: number): Evidence[] {
  const item = from.fn.fact.params[object]?.name;
  const call = callsOf(from).find(({ fact }) => item !== undefined && fact.args.includes(item));
  return call ? [from.view.callEvidence(call)] : [];
}

const leadsTo = (target: Side, name: string): boolean =>
  target.view.links.functionsNamed(name).some((fn) => callPath({ view: target.view, fn }, target.fn) !== undefined);

interface Queued {
  readonly call: CallRef;
  readonly item: string;
  readonly path: readonly Evidence[];
}

/** Calls that queue work: in the function itself, else in a function it calls (`schedule_work` behind a helper). */
function queueCalls(from: Side): readonly Queued[] {
  const own = queuedIn(from, []);
  return own.length > 0
    ? own
    : callsOf(from).flatMap((outer) =>
        from.view.links
          .functionsNamed(outer.fact.name)
          .flatMap((fn) => queuedIn({ view: from.view, fn }, [from.view.callEvidence(outer)])),
      );
}

function queuedIn(side: Side, path: readonly Evidence[]): readonly Queued[] {
  return callsOf(side).flatMap((call) => {
    const runner = side.view.links.dialect.runners.find((r) => r.kind === WORK_KIND && r.name === call.fact.name);
    return runner ? [{ call, item: lastName(call.fact.args[runner.object] ?? ''), path }] : [];
  });
}

function workRegistrations(view: TreeView, item: string, handler: string): Evidence[] {
  return view.links.dialect.registrars
    .filter((registrar) => registrar.kind === WORK_KIND)
    .flatMap((registrar) =>
      view
        .callsNamed(registrar.name)
        .filter(({ fact: { args } }) => lastName(args[registrar.object] ?? '') === item)
        .filter(({ fact: { args } }) => lastName(args[registrar.handler] ?? '') === handler),
    )
    .map((call) => view.evidence({ file: call.file, line: call.fact.line }, 'binding', handler));
}

/** The argument of a call that a table names, `''` where there is none. */
export function argument(call: CallRef, places: CallArguments): string {
  return call.fact.args[places.get(call.fact.name) ?? -1] ?? '';
}

/** `kthread_entry` and `thread_create`: the call that starts the thread with its function, or the member that holds it. */
export function proveThread(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (from === undefined || to === undefined) {
    return unproven('stage-absent', from === undefined ? context.hop.from : context.hop.to);
  }
  const starts = callsOf(from).filter((call) => THREADS.has(call.fact.name));
  const own = starts.find((call) => lastName(argument(call, THREADS)) === to.fn.fact.name);
  if (own !== undefined) {
    return proven(from.view.callEvidence(own), argumentEvidence(from.view, own, to.fn.fact.name));
  }
  const member = to.view.links.bindingsOf(to.fn.fact.name).filter((b) => THREAD_MEMBERS.has(b.fact.target));
  if (member.length > 0) {
    const bound = member.map((b) => to.view.evidence({ file: b.file, line: b.fact.line }, 'binding', b.fact.value));
    const way = callPath(from, to.fn) ?? starts.map((call) => from.view.callEvidence(call));
    return proven(...way, ...bound);
  }
  const first = starts[0];
  return first
    ? unproven('no-registration', to.fn.fact.name, [from.view.callEvidence(first)])
    : unproven('no-call', 'pthread_create');
}

/** The line of a call's argument: the call may stand over several lines. */
function argumentEvidence(view: TreeView, call: CallRef, name: string): Evidence {
  for (let at = Number(call.fact.line); at < call.fact.line + 8; at++) {
    if (new RegExp(`\\b${name}\\b`).test(view.lineText(call.file, at))) {
      return view.evidence({ file: call.file, line: line(at) }, 'binding', name);
    }
  }
  return view.evidence({ file: call.file, line: call.fact.line }, 'binding', name);
}
