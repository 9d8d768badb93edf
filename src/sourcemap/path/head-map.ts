import type { TreeKind } from '../trees.ts';

/** A tree on the public web: its version, and the address of a line with `{file}` and `{line}` in it. */
export interface HeadTree {
  readonly version: string;
  readonly url: string;
}

/** File and line of every stage at the versions that the emulator stands for. Written at release, facts only. */
export interface HeadMap {
  readonly format: 1;
  readonly trees: Readonly<Record<TreeKind, HeadTree>>;
  /** File and line, by stage id. */
  readonly stages: Readonly<Record<string, readonly [file: string, line: number]>>;
}

/** The map that a file holds; undefined where it is of another format. */
export function parseHeadMap(text: string): HeadMap | undefined {
  const map = JSON.parse(text) as HeadMap;
  return map.format === 1 ? map : undefined;
}

/** Address of a stage on the public web, with file, line and version shown there; undefined where it has none. */
export function webPlaceOf(
  map: HeadMap,
  id: string,
): { readonly url: string; readonly version: string; readonly at: string } | undefined {
  const place = Object.hasOwn(map.stages, id) ? map.stages[id] : undefined;
  const kind: TreeKind = id.startsWith('acrn:') ? 'acrn' : 'linux';
  const { url, version } = map.trees[kind];
  return (
    place && { url: url.replace('{file}', place[0]).replace('{line}', String(place[1])), version, at: place.join(':') }
  );
}
