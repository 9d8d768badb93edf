import type { CallRef } from '../../indexer/link-types.ts';
import { callPath, waysFrom } from '../evidence/path.ts';
import { lastName } from '../evidence/prover.ts';
import { proveHop } from '../hops.ts';
import type { UnprovenReason } from '../map-types.ts';
import type { Check } from './check-types.ts';
import { conditionsAround } from './conditions.ts';
import { type Answer, type Desk, type Found, headOf, lineOf, no, untold, yes } from './desk.ts';

type CallCheck = Extract<
  Check,
  { is: 'calls' | 'calls-name' | 'calls-before' | 'case-calls' | 'calls-through' | 'guarded' | 'hop' }
>;
type Of<Is extends CallCheck['is']> = Extract<CallCheck, { is: Is }>;
type There = Found & { readonly there: true };

/** Answers who calls whom, in which order and under which condition. */
export function callCheck(desk: Desk, check: CallCheck): Answer {
  switch (check.is) {
    case 'calls':
      return callsFunction(desk, check);
    case 'calls-name':
      return inFunction(desk, check.from, (from) => callsOneOf(from, check));
    case 'calls-before':
      return inFunction(desk, check.inside, (inside) => before(inside, check));
    case 'calls-through':
      return inFunction(desk, check.inside, (inside) => through(inside, check.member));
    case 'case-calls':
      return belowCase(desk, check);
    case 'guarded':
      return underCondition(desk, check);
    case 'hop':
      return hop(desk, check);
  }
}

/** Asks about a function where it stands; its absence is a no where the tree tells. */
function inFunction(desk: Desk, name: Of<'calls'>['from'], ask: (there: There) => Answer): Answer {
  const found = desk.find(name);
  return found.there ? ask(found) : found.told ? no() : untold(found.lacking);
}

function callsFunction(desk: Desk, { from, to }: Of<'calls'>): Answer {
  return inFunction(desk, from, (caller) => {
    const path = callPathTo(desk, caller, to);
    return 'holds' in path ? path : yes(...path);
  });
}

function callPathTo(desk: Desk, caller: There, to: Of<'calls'>['to']): Answer | Answer['evidence'] {
  const target = desk.find(to);
  if (!target.there) {
    return target.told ? no(headOf(caller)) : untold(target.lacking);
  }
  return callPath(caller, target.fn) ?? no(headOf(caller));
}

function callsOneOf(from: There, { names, argument }: Of<'calls-name'>): Answer {
  const fits = ({ fact }: CallRef): boolean =>
    names.includes(fact.name) && (argument === undefined || fact.args.some((arg) => endsIn(arg, argument)));
  for (const { path, calls } of waysFrom(from)) {
    const sites = calls.filter(fits);
    if (sites.length > 0) {
      return yes(...[...path, ...sites].map((call) => from.view.callEvidence(call)));
    }
  }
  return no(headOf(from));
}

/** Whether an argument is, or ends in, this name: `&x->work` ends in `work`. */
export const endsIn = (argument: string, name: string): boolean => lastName(argument) === name;

function before({ view, fn, ...found }: There, { first, second }: Of<'calls-before'>): Answer {
  const sites = view.links.callsIn(fn);
  const one = sites.find((call) => call.fact.name === first);
  const other = sites.find((call) => call.fact.name === second);
  const shown = [one, other].flatMap((call) => (call === undefined ? [] : [view.callEvidence(call)]));
  const inOrder = one !== undefined && other !== undefined && one.fact.line < other.fact.line;
  return inOrder ? yes(...shown) : no(...(shown.length > 0 ? shown : [headOf({ view, fn, ...found })]));
}

function through(inside: There, member: string): Answer {
  const sites = inside.view.links.callsIn(inside.fn).filter(({ fact }) => fact.indirect && fact.name === member);
  return sites.length > 0 ? yes(...sites.map((call) => inside.view.callEvidence(call))) : no(headOf(inside));
}

function belowCase(desk: Desk, { inside, label, to }: Of<'case-calls'>): Answer {
  return inFunction(desk, inside, (found) => {
    const target = desk.find(to);
    if (!target.there) {
      return target.told ? no(headOf(found)) : untold(target.lacking);
    }
    const { view, fn } = found;
    const cases = (view.links.file(fn.file)?.cases ?? []).filter((one) => one.inFunction === fn.fact.name);
    const start = cases.find((one) => one.label === label)?.line;
    if (start === undefined) {
      return no(headOf(found));
    }
    const end = Math.min(
      ...cases.filter((one) => one.line > start).map((one) => Number(one.line)),
      fn.fact.endLine + 1,
    );
    const sites = view.links
      .callsIn(fn)
      .filter(({ fact }) => fact.name === target.fn.fact.name && fact.line >= start && fact.line < end);
    const head = lineOf(view, fn.file, start, 'handler', label);
    return sites.length > 0 ? yes(head, ...sites.map((call) => view.callEvidence(call))) : no(head);
  });
}

function underCondition(desk: Desk, { near, callee, words }: Of<'guarded'>): Answer {
  const view = desk.viewOfFile(near);
  if (view === undefined) {
    return untold(near.file);
  }
  const wanted = new RegExp(`\\b(?:${words.join('|')})\\b`);
  const sites = view.callsNamed(callee).filter((call) => call.file === near.file && call.fact.inFunction !== callee);
  const free = sites.filter((call) => {
    const fn = view.functionOf(call);
    return fn === undefined || !wanted.test(conditionsAround(view, fn, call.fact.line, callee));
  });
  const shown = (free.length > 0 ? free : sites).map((call) => view.callEvidence(call));
  return sites.length > 0 && free.length === 0 ? yes(...shown) : no(...shown);
}

/** Reasons that a file which was not read may explain: numbers stand in headers of their own. */
const MAYBE_UNREAD: ReadonlySet<UnprovenReason> = new Set(['no-tree', 'no-number', 'no-handler']);

/** A pointer whose type, or the object behind it, is not known from what was read: a header is not there. */
function isUntyped(from: There, to: There): boolean {
  return from.view.links.callsIn(from.fn).some((call) => {
    const { targets, reason } = from.view.links.targetsOf(call);
    const possible = targets.some((it) => it.confidence === 'possible' && it.function.fact === to.fn.fact);
    return call.fact.indirect && (possible || reason === 'receiver-unknown');
  });
}

function hop(desk: Desk, { from, to, kind, near }: Of<'hop'>): Answer {
  const [start, end] = [desk.find(from), desk.find(to)];
  if (!start.there || !end.there) {
    const absent = [start, end].flatMap((side) => (side.there ? [] : [side]));
    return absent.some((side) => side.told) ? no() : untold(...absent.map((side) => side.lacking));
  }
  const context = {
    hop: { route: '', from: from.id, to: to.id, kind },
    from: start.at,
    to: end.at,
    caller: start.at,
    views: desk.views,
  };
  const { status, reason, evidence } = proveHop(context);
  if (status === 'proven') {
    return yes(...evidence);
  }
  if (near !== undefined && desk.viewOfFile(near) === undefined) {
    return untold(near.file);
  }
  const lost = [...desk.lostOf(from), ...desk.lostOf(to)];
  if (reason !== undefined && MAYBE_UNREAD.has(reason) && lost.length > 0) {
    return untold(...new Set(lost));
  }
  return kind === 'fptr_call' && isUntyped(start, end)
    ? untold(`${from.file} (#include)`)
    : no(headOf(start), ...evidence);
}
