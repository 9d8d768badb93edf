import type { Evidence, HopProof, SourceMap, StagePlace, TreeRole, UnprovenReason } from '../map-types.ts';
import type { RouteIndex } from '../path/route-index.ts';

/** A line. */
export interface FindingPlace {
  readonly tree: TreeRole;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A hop that these trees do not prove, at the line where control leaves. */
export interface UnprovenFinding extends FindingPlace {
  readonly t: 'unproven';
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly reason: UnprovenReason;
  readonly routes: readonly string[];
  /** What was found all the same. */
  readonly evidence: readonly Evidence[];
}

/** A point where the real code misbehaves, at the function that does. */
export interface HazardFinding extends FindingPlace {
  readonly t: 'hazard';
  readonly code: string;
  readonly function: string;
  readonly scenarios: readonly string[];
}

/** What a reader of a file should know. */
export type Finding = UnprovenFinding | HazardFinding;

/** Unproven hops and hazards of every route, each once. A hop whose stage does not stand in these trees has no line. */
export function findingsOf(map: SourceMap, index: RouteIndex): readonly Finding[] {
  const places = new Map(map.stages.map((place) => [place.id, place]));
  const unproven = new Map<string, UnprovenFinding>();
  for (const hop of map.hops) {
    const finding = hop.status === 'unproven' ? unprovenAt(hop, places) : undefined;
    const key = `${hop.from} ${hop.to} ${hop.kind}`;
    const known = unproven.get(key);
    if (finding !== undefined) {
      unproven.set(key, known === undefined ? finding : { ...known, routes: [...known.routes, hop.route] });
    }
  }
  return [...unproven.values(), ...hazards(places, index)];
}

function unprovenAt(hop: HopProof, places: ReadonlyMap<string, StagePlace>): UnprovenFinding | undefined {
  const leaving = places.get(hop.caller ?? hop.from);
  const at = hop.evidence.find((line) => line.file === leaving?.file && line.tree === leaving.tree);
  const { tree, file, line } = at ?? leaving ?? {};
  return tree === undefined || file === undefined || line === undefined || hop.reason === undefined
    ? undefined
    : {
        t: 'unproven',
        tree,
        file,
        line,
        kind: hop.kind,
        from: nameOf(hop.caller ?? hop.from),
        to: nameOf(hop.to),
        reason: hop.reason,
        routes: [hop.route],
        evidence: hop.evidence,
      };
}

function hazards(places: ReadonlyMap<string, StagePlace>, index: RouteIndex): readonly HazardFinding[] {
  return index.file.hazards.flatMap(({ code, stage, scenarios }): HazardFinding[] => {
    const place = places.get(index.stage(stage)?.id ?? '');
    const { tree, file, line, function: name } = place ?? {};
    return tree === undefined || file === undefined || line === undefined
      ? []
      : [{ t: 'hazard', tree, file, line, code, function: name ?? '', scenarios }];
  });
}

const nameOf = (id: string): string => id.slice(id.indexOf('#') + 1);
