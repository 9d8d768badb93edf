import type { CallRef } from '../../indexer/link-types.ts';
import { INTERRUPT_SENDERS, VECTORS, type VectorRule } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import type { TreeView } from '../tree-view.ts';
import { numberOf, sameNumber } from './number.ts';
import {
  callsOf,
  firstOf,
  type HopContext,
  lastName,
  proven,
  type Side,
  sideOf,
  unproven,
  type Verdict,
} from './prover.ts';
import { reach } from './reach.ts';
import { textEvidence } from './vm-exit.ts';

/**
 * `interrupt_vector`: the call that sends the interrupt; where the handler has a vector of its own, that number on both
 * sides; and the installation of the handler. A kick of another processor ends in the function that checks for it.
 */
export function proveInterrupt(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (from === undefined || to === undefined) {
    return unproven('stage-absent', from === undefined ? context.hop.from : context.hop.to);
  }
  const sends = callsOf(from).filter((call) => INTERRUPT_SENDERS.has(call.fact.name));
  const rule = VECTORS.find((row) => handles(to, row.handler));
  if (sends.length === 0) {
    return unproven('no-call', 'send_single_ipi');
  }
  const sent = sends.map((call) => from.view.callEvidence(call));
  if (rule !== undefined) {
    return proveVector(rule, from, to, sent);
  }
  return from.view === to.view ? kicked(context, from, to, sends) : unproven('no-registration', to.fn.fact.name, sent);
}

const handles = (to: Side, handler: string): boolean =>
  to.fn.fact.name === handler || to.fn.fact.name.endsWith(`(${handler})`);

function proveVector(rule: VectorRule, from: Side, to: Side, sent: readonly Evidence[]): Verdict {
  const installed = installation(to.view, rule);
  const numbers = rule.sent.length === 0 || rule.received.length === 0 ? [] : sharedVector(rule, from, to);
  if (typeof numbers === 'string') {
    return unproven(numbers, rule.sent[0] ?? '', sent);
  }
  return installed.length > 0
    ? proven(...sent, ...numbers, ...installed)
    : unproven('no-registration', rule.handler, [...sent, ...numbers]);
}

/** The vector's number on both sides, or what is wrong with it. */
function sharedVector(rule: VectorRule, from: Side, to: Side): readonly Evidence[] | 'no-number' | 'number-differs' {
  const sent = firstOf(rule.sent, (name) => numberOf(from.view, name));
  const received = firstOf(rule.received, (name) => numberOf(to.view, name));
  if (sent === undefined || received === undefined) {
    return 'no-number';
  }
  if (!sameNumber(sent.constant, received.constant)) {
    return 'number-differs';
  }
  return [
    from.view.evidence({ file: sent.macro.file, line: sent.macro.fact.line }, 'number', sent.macro.fact.name),
    to.view.evidence({ file: received.macro.file, line: received.macro.fact.line }, 'number', received.macro.fact.name),
  ];
}

function installation(view: TreeView, rule: VectorRule): Evidence[] {
  const calls = rule.install
    .flatMap((name) => view.callsNamed(name))
    .filter((call) => call.fact.args.some((arg) => lastName(arg) === rule.handler));
  const text = rule.installText;
  return [
    ...calls.map((call) => view.evidence({ file: call.file, line: call.fact.line }, 'handler', rule.handler)),
    ...(text === undefined ? [] : textEvidence(view, text.file, text.pattern, text.shows)),
  ];
}

/** An IPI inside one program: the call sends it; a way of calls from the sender proves it where there is one. */
function kicked(context: HopContext, from: Side, to: Side, sends: readonly CallRef[]): Verdict {
  const sent = sends.map((call) => from.view.callEvidence(call));
  const way = reach(context, from, to);
  if (way.proven) {
    return way;
  }
  const checks = sends.flatMap((call) => checkedBy(from, to, call));
  return checks.length > 0 ? proven(...sent, ...checks) : unproven('no-registration', to.fn.fact.name, sent);
}

/**
 * What the sender leaves for the kicked processor, a flag set just before (in the sender or in its caller), and where the
 * target looks at it.
 */
function checkedBy(from: Side, to: Side, send: CallRef): Evidence[] {
  const callers = from.view.callsNamed(from.fn.fact.name).flatMap((call) => {
    const fn = from.view.functionOf(call);
    return fn === undefined ? [] : flagsBefore({ view: from.view, fn }, call);
  });
  const flags = [...flagsBefore(from, send), ...callers];
  const below = callsOf(to).flatMap((call) =>
    to.view.links.functionsNamed(call.fact.name).flatMap((fn) => callsOf({ view: to.view, fn })),
  );
  const checks = [...callsOf(to), ...below].filter((call) =>
    call.fact.args.some((arg) => flags.some((flag) => flag.name === lastName(arg))),
  );
  const set = flags.filter((flag) => checks.some((call) => call.fact.args.some((arg) => lastName(arg) === flag.name)));
  return [
    ...set.map((flag) => from.view.evidence({ file: flag.call.file, line: flag.call.fact.line }, 'call', flag.name)),
    ...checks.map((call) => to.view.evidence({ file: call.file, line: call.fact.line }, 'handler', call.fact.name)),
  ];
}

/** Flags (constants by their spelling) that a function passes to the calls it makes up to a line. */
function flagsBefore(side: Side, until: CallRef): { readonly name: string; readonly call: CallRef }[] {
  return callsOf(side)
    .filter((call) => call.file === until.file && call.fact.line < until.fact.line)
    .flatMap((call) => call.fact.args.map((arg) => ({ name: lastName(arg), call })))
    .filter(({ name }) => /^[A-Z][A-Z0-9_]+$/.test(name));
}
