import type { FileSource, SourceExcerpts } from '../replay/sources.ts';
import { sourceKey } from '../replay/sources.ts';
import type { SourceMap, StagePlace, TreeRole } from '../sourcemap/map-types.ts';

/** Text of a file of a tree; undefined where it cannot be read. Whoever exports hands it in. */
export type ReadSource = (tree: TreeRole, file: string) => Promise<string | undefined>;

/** Lines carried before a function's head and after its end. */
const AROUND = 3;
/** Lines carried of one function at most. */
const LONGEST = 400;
/** Lines of a function whose end the map does not know. */
const UNKNOWN_LENGTH = 40;
/** First lines of a file in which its licence line is looked for. */
const LICENCE_LINES = 30;

/** Reads what an export with sources carries: the functions of the map, and each file's own licence line. */
export async function collectSources(map: SourceMap, read: ReadSource): Promise<SourceExcerpts> {
  const files = new Map<string, { readonly tree: TreeRole; readonly file: string; readonly places: StagePlace[] }>();
  for (const place of map.stages) {
    if (place.tree !== undefined && place.file !== undefined && place.line !== undefined) {
      const key = sourceKey(place.tree, place.file);
      const entry = files.get(key) ?? { tree: place.tree, file: place.file, places: [] };
      entry.places.push(place);
      files.set(key, entry);
    }
  }
  const sources: Record<string, FileSource> = {};
  for (const [key, { tree, file, places }] of files) {
    const text = await read(tree, file);
    if (text !== undefined) {
      sources[key] = fileSource(text.split(/\r?\n/), places);
    }
  }
  return sources;
}

function fileSource(lines: readonly string[], places: readonly StagePlace[]): FileSource {
  const parts = places.map((place) => {
    const head = place.line ?? 1;
    const first = Math.max(1, head - AROUND);
    const last = Math.min(place.endLine ?? head + UNKNOWN_LENGTH, head + LONGEST) + AROUND;
    return { firstLine: first, lines: lines.slice(first - 1, last) };
  });
  return { licence: licenceLine(lines), parts };
}

/** The line in which a file states its licence, else its copyright, as it stands there; empty where it states neither. */
export function licenceLine(lines: readonly string[]): string {
  const first = lines.slice(0, LICENCE_LINES);
  const found =
    first.find((text) => /SPDX-License-Identifier/.test(text)) ?? first.find((text) => /Copyright/i.test(text));
  return (found ?? '').replace(/^[\s/*#]+|[\s*/]+$/g, '');
}
