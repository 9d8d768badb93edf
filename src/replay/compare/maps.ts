import { COMPARE_LIMITS, type ComparedMaps, type MapRow } from '../../protocol/compare.ts';
import type { HopProof, SourceMap, StagePlace, TreeRole } from '../../sourcemap/map-types.ts';
import { EXPORT_TEXTS } from '../../texts/export.ts';
import type { Language } from '../../texts/language.ts';
import { PLACE_REASONS, UNPROVEN_REASONS } from '../../texts/reasons.ts';
import { TREE_NAMES } from '../../texts/replay-trees.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../texts/words.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import { LANES, laneOf } from '../lanes.ts';

/** A row and what stands behind it, so that a host can show the code. */
export interface ComparedMapRow {
  readonly row: MapRow;
  readonly left: MapPlace | undefined;
  readonly right: MapPlace | undefined;
}

/** A line of one of the trees. */
export interface MapPlace {
  readonly tree: TreeRole;
  readonly file: string;
  readonly line: number;
}

/** Two maps of one run: what a view shows, and the lines behind its rows. */
export interface MapComparison {
  readonly view: ComparedMaps;
  readonly rows: readonly ComparedMapRow[];
}

/** Compares what two trees answer for the same run: every stage and hop whose answer differs in more than a line number. */
export function compareMaps(
  left: SourceMap,
  right: SourceMap,
  titles: ComparedMaps['titles'],
  language: Language,
): MapComparison {
  const stages = pairs(left.stages, right.stages, (place) => place.id);
  const hops = pairs(left.hops, right.hops, hopKey);
  const programs = new Map([...right.stages, ...left.stages].map((place) => [place.id, place.program] as const));
  const rows = [
    ...stages.flatMap(([one, other]) => stageRow(one, other, language)),
    ...hops.flatMap(([one, other]) => hopRow(one, other, programs, language)),
  ].slice(0, COMPARE_LIMITS.maps);
  return {
    rows,
    view: {
      what: 'maps',
      titles,
      trees: { left: treesOf(left, language), right: treesOf(right, language) },
      lanes: LANES.map((program) => PROGRAM_NAMES[language][program]),
      counts: { left: countsOf(left), right: countsOf(right) },
      alike: stages.length + hops.length - rows.length,
      rows: rows.map(({ row }) => row),
    },
  };
}

const hopKey = (hop: HopProof): string => `${hop.from} ${hop.to} ${hop.kind} ${hop.caller ?? ''}`;

type Pair<T> = readonly [T | undefined, T | undefined];

function pairs<T>(left: readonly T[], right: readonly T[], keyOf: (one: T) => string): readonly Pair<T>[] {
  const others = new Map(right.map((one) => [keyOf(one), one]));
  const both = left.map((one): Pair<T> => {
    const other = others.get(keyOf(one));
    others.delete(keyOf(one));
    return [one, other];
  });
  return [...both, ...[...others.values()].map((one): Pair<T> => [undefined, one])];
}

const functionOfId = (id: string): string => id.slice(id.indexOf('#') + 1);

function stageRow(
  left: StagePlace | undefined,
  right: StagePlace | undefined,
  language: Language,
): readonly ComparedMapRow[] {
  const some = left ?? right;
  const texts = [left, right].map((place) => placeText(place, language));
  if (some === undefined || texts[0] === texts[1]) {
    return [];
  }
  return [rowOf('stage', laneOf(some.program), functionOfId(some.id), texts, [placeOf(left), placeOf(right)])];
}

/** What a tree answers for a stage, without the line: that moves with every change above it. */
function placeText(place: StagePlace | undefined, language: Language): string {
  if (place === undefined) {
    return '';
  }
  const texts = EXPORT_TEXTS[language];
  if (place.file === undefined || place.line === undefined) {
    return place.reason === undefined ? texts.notFound(place.status, '') : PLACE_REASONS[language][place.reason];
  }
  return place.status === 'found' ? place.file : `${place.file} (${texts.status(place.status, place.function ?? '')})`;
}

const placeOf = (place: StagePlace | undefined): MapPlace | undefined =>
  place?.tree === undefined || place.file === undefined || place.line === undefined
    ? undefined
    : { tree: place.tree, file: place.file, line: place.line };

function hopRow(
  left: HopProof | undefined,
  right: HopProof | undefined,
  programs: ReadonlyMap<string, StagePlace['program']>,
  language: Language,
): readonly ComparedMapRow[] {
  const some = left ?? right;
  const texts = [left, right].map((hop) => proofText(hop, language));
  if (some === undefined || texts[0] === texts[1]) {
    return [];
  }
  const kind = HOP_KINDS.find((one) => one === some.kind) ?? 'direct_call';
  const name = `${functionOfId(some.from)} → ${functionOfId(some.to)} · ${HOP_NAMES[language][kind]}`;
  return [
    rowOf('hop', laneOf(programs.get(some.from) ?? 'guest-user'), name, texts, [evidenceOf(left), evidenceOf(right)]),
  ];
}

function proofText(hop: HopProof | undefined, language: Language): string {
  if (hop === undefined) {
    return '';
  }
  const texts = EXPORT_TEXTS[language];
  if (hop.status === 'unproven') {
    const reason = hop.reason === undefined ? '' : UNPROVEN_REASONS[language][hop.reason];
    return texts.unproven([reason, hop.detail].filter(Boolean).join(' '));
  }
  return [...new Set(hop.evidence.map((one) => `${texts.role(one.role)} ${one.file} ${one.shows}`))].join(', ');
}

const evidenceOf = (hop: HopProof | undefined): MapPlace | undefined => hop?.evidence[0];

function rowOf(
  what: MapRow['what'],
  lane: number,
  name: string,
  [left = '', right = '']: readonly string[],
  [leftPlace, rightPlace]: readonly (MapPlace | undefined)[],
): ComparedMapRow {
  const row = { what, lane, name, left, right, leftLine: leftPlace !== undefined, rightLine: rightPlace !== undefined };
  return { row, left: leftPlace, right: rightPlace };
}

const countsOf = (map: SourceMap): ComparedMaps['counts']['left'] => [
  map.stages.length,
  map.stages.filter((place) => place.line !== undefined).length,
  map.hops.length,
  map.hops.filter((hop) => hop.status === 'proven').length,
];

const treesOf = (map: SourceMap, language: Language): ComparedMaps['trees']['left'] =>
  (['acrn', 'guestLinux', 'serviceLinux'] as const).flatMap((role) => {
    const tree = map.trees[role];
    return tree === undefined ? [] : [{ name: TREE_NAMES[language][role], version: tree.version, path: tree.path }];
  });
