import type { Evidence, HopProof, SourceMap, StagePlace } from '../map-types.ts';
import type { UserEdge } from './edge-file.ts';
import type { QueryEvidence } from './query-types.ts';

/** A hop of a map; where the user's edge file has it, the file's lines stand beside what the source shows. */
export interface MapHop extends Omit<HopProof, 'evidence'> {
  readonly evidence: readonly (Evidence | QueryEvidence)[];
  /** The user says that this hop is taken; `status` speaks of the source alone. */
  readonly userGiven?: true;
}

/** The hops of a map with the user's edges marked. A hop that the source does not prove stays unproven. */
export function withUserEdges(map: Pick<SourceMap, 'stages' | 'hops'>, edges: readonly UserEdge[]): readonly MapHop[] {
  if (edges.length === 0) {
    return map.hops;
  }
  const places = new Map(map.stages.map((place) => [place.id, place]));
  return map.hops.map((hop) => {
    const given = edges.filter(
      (edge) =>
        edge.kind === hop.kind && isSide(edge.from, hop.caller ?? hop.from, places) && isSide(edge.to, hop.to, places),
    );
    const shown = given.flatMap((edge) => [edge.from, edge.to]).filter((side) => side.line !== undefined);
    return given.length === 0
      ? hop
      : { ...hop, userGiven: true, evidence: [...hop.evidence, ...shown.map(evidenceOf)] };
  });
}

const evidenceOf = ({ tree, file, line, function: shows }: UserEdge['from']): QueryEvidence => ({
  tree,
  file,
  line: line ?? 0,
  role: 'user',
  shows,
});

/** A side names the stage as it is declared, or the function that does its job in this tree. */
function isSide(side: UserEdge['from'], id: string, places: ReadonlyMap<string, StagePlace>): boolean {
  const place = places.get(id);
  const isPlace = side.tree === id.split(':', 1)[0] && place?.file === side.file && place.function === side.function;
  return isPlace || id === `${side.tree}:${side.file}#${side.function}`;
}
