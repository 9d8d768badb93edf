import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';
import type { TreeKind } from '../../src/sourcemap/dialects/landmarks.ts';
import type { FactsSource } from '../../src/sourcemap/facts-source.ts';
import { buildMap } from '../../src/sourcemap/map.ts';
import type { StagePlace, StageRef } from '../../src/sourcemap/map-types.ts';
import { openTree } from '../../src/sourcemap/trees.ts';
import { type CtagsFunction, ctagsFunctions, hasCtags } from './ctags.ts';
import { share, type Table } from './table.ts';

/** A version with the folder of its tree. */
export interface TagTree {
  readonly kind: TreeKind;
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

/** Where every stage of a tree's kind stands in it. */
export async function placesIn(
  { kind, folder }: TagTree,
  stages: readonly StageRef[],
  facts: FactsSource,
): Promise<Places> {
  const tree = await openTree(kind, new FileTreeReader(folder));
  if (!tree.ok) {
    return new Map();
  }
  const trees = kind === 'acrn' ? { acrn: tree.value } : { guestLinux: tree.value, serviceLinux: tree.value };
  const map = await buildMap(stages, [], trees, facts);
  return new Map(map.stages.map((place) => [place.id, place]));
}

/** Counts of the answers for each tag, and each answer with which Universal Ctags disagrees. */
export async function tagTable(
  trees: readonly TagTree[],
  declared: readonly StageRef[],
  facts: FactsSource,
): Promise<{ readonly table: Table; readonly places: ReadonlyMap<string, Places> }> {
  const rows: string[] = [];
  const places = new Map<string, Places>();
  let wrong = 0;
  let all = 0;
  for (const tree of trees) {
    const { tag, kind, folder } = tree;
    const stages = declared.filter((stage) => stage.tree === kind);
    const found = await placesIn(tree, stages, facts);
    places.set(tag, found);
    const known = hasCtags() ? ctagsFunctions(folder, foldersOf(tree, stages, found)) : [];
    const bad = [...found.values()].flatMap((place) => disagreement(place, stages, known));
    all += found.size;
    wrong += bad.length;
    rows.push(`${tag}: ${counts(found)}, ${bad.length} against ctags`, ...bad.map((one) => `  ${tag}: ${one}`));
  }
  const bounds = [{ what: 'answers that ctags does not contradict', ...share(all - wrong, all), least: 1 }];
  return {
    table: { title: `versions: ${declared.length} stages on ${trees.length} trees`, rows, bounds },
    places,
  };
}

/** What ctags reads: the two programs of ACRN; of a kernel, whose headers are many, the files that matter. */
function foldersOf({ kind, folder }: TagTree, stages: readonly StageRef[], found: Places): readonly string[] {
  const files = [...stages.map((stage) => stage.file), ...[...found.values()].map((place) => place.file ?? '')];
  return kind === 'acrn'
    ? ['hypervisor', 'devicemodel']
    : [...new Set(files)].filter((file) => /\.[ch]$/.test(file) && existsSync(path.join(folder, file)));
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

/**
 * A place must be where ctags has that function, or ctags knows none of that name (a macro made it); of an absent one
 * ctags must know none in the same program.
 */
function disagreement(place: StagePlace, stages: readonly StageRef[], known: readonly CtagsFunction[]): string[] {
  const stage = stages.find((one) => one.id === place.id);
  const part = stage?.file.split('/', 1)[0] ?? '';
  const isIn = (file: string): boolean => stage?.tree === 'linux' || file.startsWith(`${part}/`);
  if (known.length === 0 || stage === undefined || /\.S$/.test(place.file ?? stage.file)) {
    return [];
  }
  if (place.status === 'absent' || place.status === 'ambiguous') {
    const there = known.filter((one) => one.name === stage.function && isIn(one.file));
    return there.map((one) => `${place.status} ${place.id}, ctags has ${one.file}:${one.line}`);
  }
  const named = known.filter((one) => one.name === place.function);
  const same = named.some((one) => one.file === place.file && Math.abs(one.line - (place.line ?? 0)) <= 1);
  return same || named.length === 0
    ? []
    : [`${place.status} ${place.id} at ${place.file}:${place.line}, ctags has none there`];
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

/** The trees below a folder, each in a folder `acrn-TAG` or `linux-VERSION`. */
export const tagTrees = (folder: string): readonly TagTree[] =>
  readdirSync(folder)
    .flatMap((name): TagTree[] => {
      const [, kind, version] = /^(acrn|linux)-(.+)$/.exec(name) ?? [];
      return kind === 'acrn' || kind === 'linux'
        ? [{ kind, tag: kind === 'acrn' ? (version ?? '') : name, folder: path.join(folder, name) }]
        : [];
    })
    .filter((tree) => existsSync(path.join(tree.folder, tree.kind === 'acrn' ? 'hypervisor' : 'drivers')))
    .toSorted((a, b) => a.tag.localeCompare(b.tag, 'en', { numeric: true }));
