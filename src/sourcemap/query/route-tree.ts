import type { CancelSignal } from '../../base/cancel.ts';
import { Links } from '../../indexer/links.ts';
import { DIALECTS } from '../dialects/dialects.ts';
import { ROUTE_FOLDERS, ROUTE_HEADERS, type RouteFolder } from '../dialects/route-folders.ts';
import { SUPPORT_FILES } from '../dialects/support-files.ts';
import type { FactsSource } from '../facts-source.ts';
import { addFiles, headersOf, newReading, type Reading } from '../read-trees.ts';
import type { Tree } from '../trees.ts';

/** Lists the C and assembler files of a tree; paths relative to it, sorted. What is not there is left out. */
export interface SourceList {
  list(tree: Tree, folders: readonly RouteFolder[]): Promise<readonly string[]>;
}

/** A tree with what is indexed of it unasked. */
export interface RouteTree extends Reading {
  readonly links: Links;
}

/** Reads the route folders of a tree (`dialects/route-folders.ts`) with the headers that their files include. */
export async function readRouteTree(
  tree: Tree,
  sources: SourceList,
  index: FactsSource,
  cancel: CancelSignal,
  more: readonly string[] = [],
): Promise<RouteTree> {
  const reading = newReading(tree);
  const listed = await sources.list(tree, ROUTE_FOLDERS[tree.kind]);
  const support = SUPPORT_FILES[tree.kind].map((row) => row.file);
  await addFiles(reading, [...listed, ...support, ...more], new Set(), index, cancel);
  const { folders, depth } = ROUTE_HEADERS[tree.kind];
  let latest: ReadonlySet<string> = new Set(reading.texts.keys());
  for (let level = 0; level < depth; level++) {
    const before = new Set(reading.texts.keys());
    await addFiles(reading, await headersOf(reading, latest, folders), new Set(), index, cancel);
    latest = new Set([...reading.texts.keys()].filter((path) => !before.has(path)));
  }
  return { ...reading, links: new Links(reading.facts, DIALECTS[tree.kind]) };
}
