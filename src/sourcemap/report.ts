import type { Evidence, HopProof, HopRef, SourceMap, StagePlace, UnprovenReason } from './map-types.ts';

/** How many stages stand where, how many hops are proven, and why the others are not. */
export interface MapReport {
  readonly stages: Readonly<Record<StagePlace['status'], number>>;
  readonly hops: { readonly proven: number; readonly unproven: number };
  readonly reasons: Readonly<Partial<Record<UnprovenReason, number>>>;
}

/** The counts of a map. */
export function reportOf(map: Pick<SourceMap, 'stages' | 'hops'>): MapReport {
  const stages = { found: 0, renamed: 0, inlined: 0, absent: 0, ambiguous: 0 };
  for (const place of map.stages) {
    stages[place.status]++;
  }
  const reasons: Partial<Record<UnprovenReason, number>> = {};
  for (const { reason } of map.hops) {
    if (reason !== undefined) {
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
  }
  const proven = map.hops.filter((hop) => hop.status === 'proven').length;
  return { stages, hops: { proven, unproven: map.hops.length - proven }, reasons };
}

/** A line of a tree that an editor can show. */
export interface ShownLine {
  readonly tree: NonNullable<StagePlace['tree']>;
  readonly file: string;
  readonly line: NonNullable<StagePlace['line']>;
}

/** A map asked stage by stage and hop by hop, as a replay does. */
export class MapLookup {
  readonly #places: ReadonlyMap<string, StagePlace>;
  readonly #hops: ReadonlyMap<string, HopProof>;

  constructor(map: Pick<SourceMap, 'stages' | 'hops'>) {
    this.#places = new Map(map.stages.map((place) => [place.id, place]));
    this.#hops = new Map(map.hops.map((hop) => [hopKey(hop), hop]));
  }

  /** Where a stage stands; undefined for a stage that belongs to no tree. */
  place(stage: string): StagePlace | undefined {
    return this.#places.get(stage);
  }

  /** The proof of a hop; the route does not matter. */
  hop(hop: HopLike): HopProof | undefined {
    return this.#hops.get(hopKey(hop));
  }

  /** What to show when a stage is entered: its head. */
  entering(stage: string): ShownLine | undefined {
    const place = this.#places.get(stage);
    return place?.tree !== undefined && place.file !== undefined && place.line !== undefined
      ? { tree: place.tree, file: place.file, line: place.line }
      : undefined;
  }

  /** What to show when a hop leaves: the line of the function it leaves. Undefined where no evidence stands there. */
  leaving(hop: HopLike): ShownLine | undefined {
    const place = this.#places.get(hop.caller ?? hop.from);
    const lines = this.hop(hop)?.evidence.filter((line) => place !== undefined && standsIn(line, place)) ?? [];
    return lines.find((line) => line.role === 'call') ?? lines[0];
  }
}

/** Whether evidence stands in the function of a place; a function made by a macro is shown by the macro, above it. */
function standsIn(line: Evidence, place: StagePlace): boolean {
  const { tree, file, line: head, endLine } = place;
  const isInside = head !== undefined && endLine !== undefined && line.line >= head && line.line <= endLine;
  return line.tree === tree && line.file === file && (isInside || head === endLine);
}

/** What tells one hop of a run from another. */
export type HopLike = Pick<HopRef, 'from' | 'to' | 'kind' | 'caller'>;

const hopKey = (hop: HopLike): string => `${hop.from} ${hop.to} ${hop.kind} ${hop.caller ?? ''}`;
