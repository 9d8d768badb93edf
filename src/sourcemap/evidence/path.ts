import type { CallRef, FunctionRef } from '../../indexer/link-types.ts';
import type { Evidence } from '../map-types.ts';
import type { TreeView } from '../tree-view.ts';
import { callsOf, type Side } from './prover.ts';

/** Calls shown where a function calls the same target at several places. */
export const MAX_SITES = 4;
/** Functions that may stand between two stages without being stages themselves (inline wrappers). */
const MAX_BETWEEN = 4;
/** Macros that may be nested between a call and what it becomes. */
const MAX_MACROS = 4;

/** A function or macro within reach by plain calls: the calls that lead there, and the calls it makes itself. */
export interface Way {
  readonly path: readonly CallRef[];
  readonly calls: readonly CallRef[];
}

/** What plain calls reach from a function, itself first, then nearest first: through macros and a few functions. */
export function* waysFrom(from: Side): Iterable<Way> {
  let paths: readonly (readonly CallRef[])[] = [[]];
  const seen = new Set<string>();
  for (let depth = 0; depth <= MAX_BETWEEN + MAX_MACROS; depth++) {
    const next: CallRef[][] = [];
    for (const path of paths) {
      const way = { path, calls: callsAt(from, path) };
      yield way;
      next.push(...extensions(from, way, seen));
    }
    paths = next;
  }
}

/** Evidence for a way of plain calls from one function to another in the same tree, the shortest first. */
export function callPath(from: Side, target: FunctionRef): readonly Evidence[] | undefined {
  const wanted = calledNames(target);
  for (const { path, calls } of waysFrom(from)) {
    const sites = calls.filter((call) => wanted.has(call.fact.name) && !call.fact.indirect).slice(0, MAX_SITES);
    if (sites.length > 0) {
      return [...path, ...sites].map((call) => from.view.callEvidence(call));
    }
  }
  return undefined;
}

function callsAt(from: Side, path: readonly CallRef[]): readonly CallRef[] {
  const last = path.at(-1);
  if (last === undefined) {
    return callsOf(from);
  }
  return definitionsOf(from.view, last, from.fn).flatMap((fn) => [...from.view.links.callsIn(fn)]);
}

/** Paths one call longer: through any macro, and through at most `MAX_BETWEEN` functions. */
function extensions(from: Side, { path, calls }: Way, seen: Set<string>): CallRef[][] {
  const functions = path.filter((call) => !isMacro(from.view, call)).length;
  const longer: CallRef[][] = [];
  for (const call of calls) {
    const allowed = functions < MAX_BETWEEN || isMacro(from.view, call);
    if (allowed && !call.fact.indirect && !seen.has(call.fact.name)) {
      seen.add(call.fact.name);
      longer.push([...path, call]);
    }
  }
  return longer;
}

const isMacro = (view: TreeView, call: CallRef): boolean =>
  view.links.functionsNamed(call.fact.name).some((fn) => fn.fact.origin === 'function-like-macro');

/** Definitions that a call may mean: in its own file where there is one, else everywhere in the same part of the tree. */
function definitionsOf(view: TreeView, call: CallRef, near: FunctionRef): readonly FunctionRef[] {
  const all = view.links.functionsNamed(call.fact.name);
  const here = all.filter((fn) => fn.file === call.file);
  const part = near.file.split('/', 1)[0];
  return here.length > 0 ? here : all.filter((fn) => fn.file.split('/', 1)[0] === part || fn.file.endsWith('.h'));
}

/** Names under which a function is called: its own, and the one inside a macro spelling. */
function calledNames(fn: FunctionRef): ReadonlySet<string> {
  const inner = /\(([A-Za-z_]\w*)\)$/.exec(fn.fact.name)?.[1];
  return new Set(inner === undefined ? [fn.fact.name] : [fn.fact.name, inner, `sys_${inner}`]);
}
