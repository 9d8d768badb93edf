import type { CancelSignal } from '../base/cancel.ts';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { Links } from '../indexer/links.ts';
import { DIALECTS } from './dialects/dialects.ts';
import { cameLater, FORK_ONLY_FILES } from './dialects/renames.ts';
import { INCLUDE_FOLDERS, type IncludeFolders, SUPPORT_FILES } from './dialects/support-files.ts';
import type { FactsSource, SourceFile } from './facts-source.ts';
import type { StageRef, TreeRole } from './map-types.ts';
import { predecessorsOf } from './stages.ts';
import { TreeView } from './tree-view.ts';
import { roleOf, type SourceText, type Tree, type Trees } from './trees.ts';

/** What was read of one tree. */
export interface ReadTree {
  readonly view: TreeView;
  readonly texts: ReadonlyMap<string, string>;
  readonly missing: ReadonlySet<string>;
  readonly unreadable: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Files that facts are read from; others (a table of system calls) are shown as text only. */
const CODE = /\.[chS]$/;

const ROLES: readonly TreeRole[] = ['acrn', 'guestLinux', 'serviceLinux'];

/** Reads, of each tree, the files of the stages, their predecessors where a stage is not there, and the support files. */
export async function readTrees(
  stages: readonly StageRef[],
  trees: Trees,
  index: FactsSource,
  cancel: CancelSignal,
): Promise<Readonly<Partial<Record<TreeRole, ReadTree>>>> {
  const byTree = new Map<Tree, Promise<Joined>>();
  const readings = new Map<TreeRole, Promise<Joined>>();
  for (const role of ROLES) {
    const tree = trees[role];
    if (tree !== undefined) {
      const wanted = stages.filter((stage) => trees[roleOf(stage) ?? role] === tree && stage.tree !== undefined);
      const reading = byTree.get(tree) ?? readTree(tree, wanted, index, cancel);
      byTree.set(tree, reading);
      readings.set(role, reading);
    }
  }
  // All at once: where one tree's reading fails, no other is left behind unhandled.
  const all = await Promise.all([...readings].map(async ([role, reading]) => [role, await reading] as const));
  return Object.fromEntries(all.map(([role, reading]) => [role, readyFor(role, reading)]));
}

/** Files of one tree while they are gathered. */
export interface Reading {
  readonly tree: Tree;
  readonly texts: Map<string, string>;
  readonly facts: FileFacts[];
  readonly missing: Set<string>;
  readonly unreadable: Set<string>;
  readonly problems: Problem[];
}

/** A tree of which nothing was read yet. */
export const newReading = (tree: Tree): Reading => ({
  tree,
  texts: new Map(),
  facts: [],
  missing: new Set(),
  unreadable: new Set(),
  problems: [],
});

/** A read tree with its links; both kernels share them where they are one tree. */
interface Joined extends Reading {
  readonly links: Links;
}

const readyFor = (role: TreeRole, joined: Joined): ReadTree => ({
  ...joined,
  view: new TreeView(role, joined.links, joined.texts),
});

async function readTree(
  tree: Tree,
  stages: readonly StageRef[],
  index: FactsSource,
  cancel: CancelSignal,
): Promise<Joined> {
  const reading = newReading(tree);
  const own = stages.map((stage) => stage.file);
  const support = SUPPORT_FILES[tree.kind].map((row) => row.file);
  await addFiles(reading, [...own, ...support], new Set(own), index, cancel);
  await addHeaders(reading, own, index, cancel);
  const lost = stages.filter((stage) => !stands(reading, stage));
  const earlier = lost.flatMap((stage) => predecessorsOf(stage).map((before) => before.file));
  await addFiles(reading, earlier, new Set(), index, cancel);
  return { ...reading, links: new Links(reading.facts, DIALECTS[tree.kind]) };
}

/** Reads the headers that the files of the stages include, and what those include, until no new one stands there. */
async function addHeaders(
  reading: Reading,
  own: readonly string[],
  index: FactsSource,
  cancel: CancelSignal,
): Promise<void> {
  let latest: ReadonlySet<string> = new Set(own);
  while (latest.size > 0) {
    const before = new Set(reading.texts.keys());
    await addFiles(
      reading,
      await headersOf(reading, latest, INCLUDE_FOLDERS[reading.tree.kind]),
      new Set(),
      index,
      cancel,
    );
    latest = new Set([...reading.texts.keys()].filter((path) => !before.has(path)));
  }
}

/** Headers that these files include, as far as they stand in the folders of the table. */
export async function headersOf(
  reading: Reading,
  files: ReadonlySet<string>,
  folders: readonly IncludeFolders[],
): Promise<readonly string[]> {
  const wanted = new Map<string, readonly string[]>();
  for (const { path, includes } of reading.facts.filter((facts) => files.has(facts.path))) {
    const row = folders.find(({ below }) => path.startsWith(below));
    for (const name of includes.filter((one) => !one.split('/').includes('..'))) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      wanted.set(
        `${folder} ${name}`,
        [folder, ...(row?.folders ?? [])].map((one) => `${one}/${name}`),
      );
    }
  }
  const found = await Promise.all([...wanted.values()].map((candidates) => firstThere(reading, candidates)));
  return found.filter((path) => path !== undefined);
}

async function firstThere(reading: Reading, candidates: readonly string[]): Promise<string | undefined> {
  for (const path of candidates) {
    if (reading.texts.has(path) || (await reading.tree.reader.exists(path))) {
      return path;
    }
  }
  return undefined;
}

const stands = (reading: Reading, stage: StageRef): boolean =>
  reading.facts.some((file) => file.path === stage.file && file.functions.some((fn) => fn.name === stage.function));

/** Reads files and their facts into the reading; those of `needed` that are missing are a problem, others are not. */
export async function addFiles(
  reading: Reading,
  paths: readonly string[],
  needed: ReadonlySet<string>,
  index: FactsSource,
  cancel: CancelSignal,
): Promise<void> {
  const fresh = [...new Set(paths)].filter(
    (path) => path !== '' && !reading.texts.has(path) && !reading.missing.has(path),
  );
  const results = await Promise.all(fresh.map((path) => reading.tree.reader.readText(path)));
  if (cancel.cancelled) {
    throw new ProblemError(problem('cancelled', {}));
  }
  const read = fresh.flatMap((path, at) => keep(reading, path, needed.has(path), results[at]));
  const code = read.filter(({ path }) => CODE.test(path));
  const facts = await index.factsOf(reading.tree.kind, code, cancel);
  // workers answer in any order; what is proven first must not depend on it
  const byPath = new Map(facts.map((one) => [one.path, one]));
  reading.facts.push(...code.flatMap(({ path }) => byPath.get(path) ?? []));
}

function keep(
  reading: Reading,
  path: string,
  needed: boolean,
  result: Result<SourceText, Problem> | undefined,
): readonly SourceFile[] {
  if (result === undefined || !result.ok) {
    lose(reading, path, needed, result?.error);
    return [];
  }
  const { text, warning } = result.value;
  reading.texts.set(path, text);
  if (warning !== undefined) {
    reading.problems.push(warning);
  }
  return [{ path, text }];
}

function lose(reading: Reading, path: string, needed: boolean, error: Problem | undefined): void {
  const isMissing = error?.code === 'file-missing-in-tree';
  if (isMissing && (cameLater(path, reading.tree.info.version) || FORK_ONLY_FILES.has(path))) {
    return;
  }
  (isMissing ? reading.missing : reading.unreadable).add(path);
  if (error !== undefined && (needed || !isMissing)) {
    reading.problems.push(error);
  }
}
