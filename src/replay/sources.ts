import type { CodeExcerpt, PlaceHead } from '../protocol/messages.ts';

/** Lines of one file, from `firstLine` on. */
export interface FileExcerpt {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** What an export carries of one file: its licence line, and the parts that a replay can show. */
export interface FileSource {
  readonly licence: string;
  readonly parts: readonly FileExcerpt[];
}

/** Source text by `TREE/FILE`, where TREE is the tree's role. */
export type SourceExcerpts = Readonly<Record<string, FileSource>>;

/** Key of a file in `SourceExcerpts`. */
export const sourceKey = (tree: string, file: string): string => `${tree}/${file}`;

/** The part of a file that holds a place; undefined where it is not carried. */
export function excerptAt(sources: SourceExcerpts, place: PlaceHead): CodeExcerpt | undefined {
  const source = sources[sourceKey(place.tree, place.file)];
  const part = source?.parts.find(
    ({ firstLine, lines }) => place.line >= firstLine && place.line < firstLine + lines.length,
  );
  return source === undefined || part === undefined
    ? undefined
    : { file: place.file, licence: source.licence, firstLine: part.firstLine, lines: part.lines, line: place.line };
}
