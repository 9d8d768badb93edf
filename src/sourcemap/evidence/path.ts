import type { CallRef, FunctionRef } from '../../indexer/link-types.ts';
import type { Evidence } from '../map-types.ts';
import type { TreeView } from '../tree-view.ts';
import { callsOf, type Side } from './prover.ts';

/** Calls shown where a function calls the same target at several places. */
const MAX_SITES = 4;
/** Functions that may stand between two stages without being stages themselves (inline wrappers). */
const MAX_BETWEEN = 2;
/** Macros that may be nested between a call and what it becomes. */
const MAX_MACROS = 4;

/** Evidence for a way of plain calls from one function to another in the same tree, the shortest first. */
export function callPath(from: Side, target: FunctionRef): readonly Evidence[] | undefined {
  const wanted = calledNames(target);
  const isTarget = (call: CallRef): boolean => wanted.has(call.fact.name) && !call.fact.indirect;
  let paths: readonly (readonly CallRef[])[] = [[]];
  const seen = new Set<string>();
  for (let depth = 0; depth <= MAX_BETWEEN + MAX_MACROS; depth++) {
    const next: CallRef[][] = [];
    for (const path of paths) {
      const found = sitesAfter(from, path, isTarget);
      if (found !== undefined) {
        return found.map((call) => from.view.callEvidence(call));
      }
      next.push(...extensions(from, path, seen));
    }
    paths = next;
  }
  return undefined;
}

/** The calls of the path's last function that reach the target; the path itself in front of them. */
function sitesAfter(
  from: Side,
  path: readonly CallRef[],
  isTarget: (call: CallRef) => boolean,
): readonly CallRef[] | undefined {
  const sites = callsAt(from, path).filter(isTarget).slice(0, MAX_SITES);
  return sites.length > 0 ? [...path, ...sites] : undefined;
}

function callsAt(from: Side, path: readonly CallRef[]): readonly CallRef[] {
  const last = path.at(-1);
  if (last === undefined) {
    return callsOf(from);
  }
  return definitionsOf(from.view, last, from.fn).flatMap((fn) => [...from.view.links.callsIn(fn)]);
}

/** Paths one call longer: through any macro, and through at most `MAX_BETWEEN` functions. */
function extensions(from: Side, path: readonly CallRef[], seen: Set<string>): CallRef[][] {
  const functions = path.filter((call) => !isMacro(from.view, call)).length;
  return callsAt(from, path)
    .filter((call) => {
      const fresh = !call.fact.indirect && !seen.has(call.fact.name);
      const allowed = isMacro(from.view, call) || functions < MAX_BETWEEN;
      if (fresh && allowed) {
        seen.add(call.fact.name);
      }
      return fresh && allowed;
    })
    .map((call) => [...path, call]);
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
