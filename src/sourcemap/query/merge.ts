import type { FunctionPlace, QueryEdge, QueryEvidence } from './query-types.ts';

/**
 * Each function once for each way it is reached, with all lines that show it. Definitions of one name that the very same
 * lines reach are alternatives: the configuration says which file, or which arm of an `#if`, is built in.
 */
export function merged(edges: readonly QueryEdge[]): readonly QueryEdge[] {
  const groups = new Map<string, QueryEdge[]>();
  for (const edge of edges) {
    const key = `${edge.tree} ${edge.file}:${edge.line} ${edge.function} ${edge.kind} ${edge.via ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [edge]);
    } else {
      group.push(edge);
    }
  }
  return withAlternatives([...groups.values()].flatMap(together));
}

function together(group: readonly QueryEdge[]): readonly QueryEdge[] {
  const first = group.find((edge) => edge.userGiven !== true) ?? group[0];
  const lines = new Map<string, QueryEvidence>();
  for (const one of group.flatMap((edge) => edge.evidence)) {
    lines.set(`${one.tree} ${one.file}:${one.line} ${one.role}`, one);
  }
  return first === undefined ? [] : [{ ...first, evidence: [...lines.values()] }];
}

function withAlternatives(edges: readonly QueryEdge[]): readonly QueryEdge[] {
  const kept = new Map<string, QueryEdge>();
  for (const edge of edges) {
    const shows = edge.evidence.map((one) => `${one.tree} ${one.file}:${one.line}`).join(' ');
    const key = `${edge.tree} ${edge.function} ${edge.kind} ${edge.via ?? ''} ${shows}`;
    const before = kept.get(key);
    kept.set(key, before === undefined ? edge : alternatives(before, edge));
  }
  return [...kept.values()];
}

const alternatives = (first: QueryEdge, other: QueryEdge): QueryEdge => ({
  ...first,
  alternatives: [...(first.alternatives ?? []), place(other)],
});

const place = ({ function: name, tree, file, line }: QueryEdge): FunctionPlace => ({
  function: name,
  tree,
  file,
  line,
});
