import type { Direction } from './boundaries.ts';
import type { UserEdge } from './edge-file.ts';
import type { Part, Parts } from './parts.ts';
import type { PartFunction, QueryEdge, QueryEvidence } from './query-types.ts';
import { placeOf } from './rule.ts';

export type { UserEdge } from './edge-file.ts';

type Side = UserEdge['from'];

/** The user's edges into or out of some functions, marked as such; an end that no indexed file has is shown as it was given. */
export async function userEdgesAt(
  edges: readonly UserEdge[],
  functions: readonly PartFunction[],
  direction: Direction,
  parts: Parts,
): Promise<readonly QueryEdge[]> {
  const wanted = edges.filter((edge) => {
    const here = direction === 'in' ? edge.to : edge.from;
    return functions.some((fn) => isSide(here, fn));
  });
  return Promise.all(wanted.map((edge) => asQueryEdge(edge, direction, parts)));
}

const isSide = (side: Side, { part, fn }: PartFunction): boolean =>
  side.tree === part.tree.kind && side.file === fn.file && side.function === fn.fact.name;

async function asQueryEdge(edge: UserEdge, direction: Direction, parts: Parts): Promise<QueryEdge> {
  const other = direction === 'in' ? edge.from : edge.to;
  const place = await placeOfSide(other, parts);
  const evidence = [userEvidence(edge.from), userEvidence(edge.to)].filter((one) => one.line > 0);
  const shown = evidence.length > 0 ? evidence : [{ ...userEvidence(other), line: place.line }];
  const via = edge.note === undefined ? {} : { via: edge.note };
  return { ...place, kind: edge.kind, ...via, evidence: shown, userGiven: true };
}

const userEvidence = (side: Side): QueryEvidence => ({
  tree: side.tree,
  file: side.file,
  line: side.line ?? 0,
  role: 'user',
  shows: side.function,
});

async function placeOfSide(side: Side, parts: Parts): Promise<Pick<QueryEdge, 'function' | 'tree' | 'file' | 'line'>> {
  const found = (await parts.holding(side.file)).filter((part: Part) => part.tree.kind === side.tree);
  for (const part of found) {
    const fn = part.links.functionsNamed(side.function).find((it) => it.file === side.file);
    if (fn !== undefined) {
      return placeOf({ part, fn });
    }
  }
  return { function: side.function, tree: side.tree, file: side.file, line: side.line ?? 0 };
}
