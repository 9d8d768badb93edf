import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';
import type { FactsSource } from '../../src/sourcemap/facts-source.ts';
import { buildMap } from '../../src/sourcemap/map.ts';
import type { StagePlace, StageRef } from '../../src/sourcemap/map-types.ts';
import { openTree } from '../../src/sourcemap/trees.ts';
import { type CtagsFunction, ctagsFunctions, hasCtags } from './ctags.ts';
import { share, type Table } from './table.ts';

/** A tag with the folder of its tree. */
export interface TagTree {
  readonly tag: string;
  readonly folder: string;
}

/** What a file in the format of `versions.json` says of one function at one tag. */
interface Known {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly how: string;
}

interface VersionFile {
  readonly functions: readonly {
    readonly function: string;
    readonly head_file: string;
    readonly tags: Readonly<Record<string, Known | null>>;
  }[];
}

type Places = ReadonlyMap<string, StagePlace>;

/** Where every stage of ACRN stands in a tree. */
export async function placesIn(folder: string, stages: readonly StageRef[], facts: FactsSource): Promise<Places> {
  const tree = await openTree('acrn', new FileTreeReader(folder));
  if (!tree.ok) {
    return new Map();
  }
  const map = await buildMap(stages, [], { acrn: tree.value }, facts);
  return new Map(map.stages.map((place) => [place.id, place]));
}

/** Counts of the answers for each tag, and each answer with which Universal Ctags disagrees. */
export async function tagTable(
  trees: readonly TagTree[],
  stages: readonly StageRef[],
  facts: FactsSource,
): Promise<{ readonly table: Table; readonly places: ReadonlyMap<string, Places> }> {
  const rows: string[] = [];
  const places = new Map<string, Places>();
  let wrong = 0;
  let all = 0;
  for (const { tag, folder } of trees) {
    const found = await placesIn(folder, stages, facts);
    places.set(tag, found);
    const known = hasCtags() ? ctagsFunctions(folder, ['hypervisor', 'devicemodel']) : [];
    const bad = [...found.values()].flatMap((place) => disagreement(place, stages, known));
    all += found.size;
    wrong += bad.length;
    rows.push(`${tag}: ${counts(found)}, ${bad.length} against ctags`, ...bad.map((one) => `  ${tag}: ${one}`));
  }
  const bounds = [{ what: 'answers that ctags does not contradict', ...share(all - wrong, all), least: 1 }];
  return {
    table: { title: `versions: ${stages.length} stages of ACRN on ${trees.length} tags`, rows, bounds },
    places,
  };
}

function counts(places: Places): string {
  const count = (test: (place: StagePlace) => boolean): number => [...places.values()].filter(test).length;
  const moved = count((place) => place.reason === 'moved');
  return [
    `found ${count((place) => place.status === 'found') - moved}`,
    `renamed ${count((place) => place.status === 'renamed')}`,
    `moved ${moved}`,
    `inlined ${count((place) => place.status === 'inlined')}`,
    `absent ${count((place) => place.status === 'absent')}`,
    `ambiguous ${count((place) => place.status === 'ambiguous')}`,
  ].join(', ');
}

/** A place must be where ctags has that function; of an absent one ctags must know none in the same program. */
function disagreement(place: StagePlace, stages: readonly StageRef[], known: readonly CtagsFunction[]): string[] {
  const stage = stages.find((one) => one.id === place.id);
  const part = stage?.file.split('/', 1)[0] ?? '';
  if (known.length === 0 || stage === undefined || /\.S$/.test(place.file ?? stage.file)) {
    return [];
  }
  if (place.status === 'absent' || place.status === 'ambiguous') {
    const there = known.filter((one) => one.name === stage.function && one.file.startsWith(`${part}/`));
    return there.map((one) => `${place.status} ${place.id}, ctags has ${one.file}:${one.line}`);
  }
  const same = known.some(
    (one) => one.name === place.function && one.file === place.file && Math.abs(one.line - (place.line ?? 0)) <= 1,
  );
  return same ? [] : [`${place.status} ${place.id} at ${place.file}:${place.line}, ctags has none there`];
}

/** Contradictions between the places and a file in the format of `versions.json`. */
export function knownTable(file: string, places: ReadonlyMap<string, Places>): Table {
  const { functions }: VersionFile = JSON.parse(readFileSync(file, 'utf8'));
  const rows: string[] = [];
  let compared = 0;
  for (const one of functions) {
    for (const [tag, known] of Object.entries(one.tags)) {
      const place = places.get(tag)?.get(`acrn:${one.head_file}#${one.function}`);
      if (place !== undefined) {
        compared++;
        const wrong = contradiction(place, known);
        rows.push(...(wrong === undefined ? [] : [`${tag} ${one.function}: ${wrong}`]));
      }
    }
  }
  const bounds = [{ what: 'answers that agree', ...share(compared - rows.length, compared), least: 1 }];
  return { title: `versions.json: ${functions.length} functions`, rows, bounds };
}

function contradiction(place: StagePlace, known: Known | null): string | undefined {
  const said = `${place.status} ${place.function ?? ''} ${place.file ?? ''}:${place.line ?? ''} (${place.reason ?? ''})`;
  if (known === null) {
    return place.status === 'absent' ? undefined : `nothing is known there, answer: ${said}`;
  }
  const same = place.function === known.name && place.file === known.file && place.line === known.line;
  return same ? undefined : `${known.how} ${known.name} ${known.file}:${known.line}, answer: ${said}`;
}

/** The trees below a folder, each in a folder `acrn-TAG`. */
export const tagTrees = (folder: string): readonly TagTree[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('acrn-') && existsSync(path.join(folder, name, 'hypervisor')))
    .map((name) => ({ tag: name.slice('acrn-'.length), folder: path.join(folder, name) }))
    .toSorted((a, b) => a.tag.localeCompare(b.tag, 'en', { numeric: true }));
