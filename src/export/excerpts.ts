import type { FileExcerpt, FileSource, SourceExcerpts } from '../replay/sources.ts';
import { sourceKey } from '../replay/sources.ts';
import type { SourceMap, TreeRole } from '../sourcemap/map-types.ts';
import type { Trees } from '../sourcemap/trees.ts';

/** Lines around a function's head and around a line of evidence. */
const ABOVE = 4;
const AROUND = 6;

/** First and last line, 1-based, both included. */
type Span = readonly [number, number];

/**
 * The source that a replay of this map can show: the mapped functions whole, and the lines around each piece of evidence.
 * A file's licence line comes with it. What cannot be read is left out; the replay says so where it is missing.
 */
export async function excerptsOf(map: SourceMap, trees: Trees): Promise<SourceExcerpts> {
  const excerpts: Record<string, FileSource> = {};
  for (const [key, { tree, file, spans }] of wantedSpans(map)) {
    const text = await trees[tree]?.reader.readText(file);
    if (text?.ok === true) {
      excerpts[key] = cut(text.value.text.split('\n'), merged(spans));
    }
  }
  return excerpts;
}

interface Wanted {
  readonly tree: TreeRole;
  readonly file: string;
  readonly spans: Span[];
}

function wantedSpans(map: SourceMap): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  const add = (tree: TreeRole, file: string, span: Span): void => {
    const key = sourceKey(tree, file);
    const known = wanted.get(key) ?? { tree, file, spans: [] };
    known.spans.push(span);
    wanted.set(key, known);
  };
  for (const { tree, file, line, endLine } of map.stages) {
    if (tree !== undefined && file !== undefined && line !== undefined) {
      add(tree, file, [line - ABOVE, endLine ?? line + AROUND]);
    }
  }
  for (const { tree, file, line } of map.hops.flatMap((hop) => hop.evidence)) {
    add(tree, file, [line - AROUND, line + AROUND]);
  }
  return wanted;
}

/** Spans in order, those that touch made one. */
function merged(spans: readonly Span[]): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) {
      last[1] = Math.max(last[1], to);
    } else {
      result.push([Math.max(1, from), to]);
    }
  }
  return result;
}

function cut(lines: readonly string[], spans: readonly Span[]): FileSource {
  const licence = lines.slice(0, 5).find((text) => text.includes('SPDX-License-Identifier')) ?? '';
  const parts: FileExcerpt[] = spans.map(([from, to]) => ({ firstLine: from, lines: lines.slice(from - 1, to) }));
  return { licence: licence.trim(), parts };
}
