import type { Part, Parts } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges, PartFunction, QueryEdge, UnresolvedSite } from './query-types.ts';
import { type BoundaryRule, joined, placeOf } from './rule.ts';
import { eventFdRule, timerFdRule } from './rule-descriptor.ts';
import { hypercallRule } from './rule-hypercall.ts';
import { ioctlRule } from './rule-ioctl.ts';
import { syscallRule } from './rule-syscall.ts';
import { threadRule } from './rule-threads.ts';
import { vectorRule } from './rule-vector.ts';
import { waitRule } from './rule-wait.ts';

/** Into a function, or out of it. */
export type Direction = 'in' | 'out';

/** Every boundary that is followed without a run; what a call or a registration shows inside one program, `Links` follows. */
const RULES: readonly BoundaryRule[] = [
  ioctlRule,
  hypercallRule,
  vectorRule,
  threadRule,
  waitRule,
  syscallRule,
  eventFdRule,
  timerFdRule,
];

/** Edges across boundaries at some functions. */
export interface Beyond {
  readonly edges: readonly QueryEdge[];
  readonly unresolved: readonly UnresolvedSite[];
  /** Names of the calls that leave: what they reach is known. */
  readonly names: ReadonlySet<string>;
}

/** What each rule found, by the parts it was asked about: the same for every function of a part. */
const edgesFound = new WeakMap<Parts, Map<BoundaryRule, Map<Part, Promise<BoundaryEdges>>>>();

function edgesBy(rule: BoundaryRule, part: Part, parts: Parts): Promise<BoundaryEdges> {
  const byRule = edgesFound.get(parts) ?? new Map<BoundaryRule, Map<Part, Promise<BoundaryEdges>>>();
  edgesFound.set(parts, byRule);
  const byPart = byRule.get(rule) ?? new Map<Part, Promise<BoundaryEdges>>();
  byRule.set(rule, byPart);
  const edges = byPart.get(part) ?? rule.edges(part, parts);
  byPart.set(part, edges);
  return edges;
}

/** Every edge of every boundary that touches a part. */
export async function everyBoundaryEdge(part: Part, parts: Parts): Promise<BoundaryEdges> {
  return joined(await Promise.all(RULES.map((rule) => edgesBy(rule, part, parts))));
}

/** Every edge of every boundary into or out of some functions; `at` keeps those that leave on one line. */
export async function boundaryEdges(
  functions: readonly PartFunction[],
  direction: Direction,
  parts: Parts,
  at?: { readonly file: string; readonly line: number },
): Promise<Beyond> {
  const all = await Promise.all(functions.map((fn) => edgesOf(fn, direction, parts, at)));
  return {
    edges: all.flatMap((one) => one.edges),
    unresolved: all.flatMap((one) => one.unresolved),
    names: new Set(all.flatMap((one) => [...one.names])),
  };
}

async function edgesOf(
  fn: PartFunction,
  direction: Direction,
  parts: Parts,
  at: { readonly file: string; readonly line: number } | undefined,
): Promise<Beyond> {
  const edges: QueryEdge[] = [];
  const unresolved: UnresolvedSite[] = [];
  const names = new Set<string>();
  for (const rule of RULES.filter((one) => (direction === 'in' ? one.arrives(fn) : one.leaves(fn)))) {
    const found = await edgesBy(rule, fn.part, parts);
    for (const edge of found.edges) {
      const leaves = edge.evidence[0];
      const onLine = at === undefined || (leaves?.file === at.file && leaves.line === at.line);
      if (isAt(direction === 'in' ? edge.to : edge.from, fn) && onLine) {
        edges.push(asQueryEdge(edge, direction));
        names.add(leaves?.shows ?? '');
      }
    }
    if (direction === 'out') {
      const lost = found.lost.filter((site) => isAt(site.from, fn) && (at === undefined || site.line === at.line));
      unresolved.push(...lost.map(({ from, ...site }) => ({ ...site, function: from.fn.fact.name })));
    }
  }
  return { edges, unresolved, names };
}

const isAt = (a: PartFunction, b: PartFunction): boolean => a.part === b.part && a.fn.fact === b.fn.fact;

function asQueryEdge(edge: BoundaryEdge, direction: Direction): QueryEdge {
  const { kind, via, evidence } = edge;
  const place = placeOf(direction === 'in' ? edge.from : edge.to);
  return { ...place, kind, ...(via === undefined ? {} : { via }), evidence };
}
