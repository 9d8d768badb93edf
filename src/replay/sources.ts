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

/** An expression to look for in lines `from` to `to`, both included and 1-based. */
export interface Sought {
  readonly expr: string;
  readonly from: number;
  readonly to: number;
}

/** The first line that holds an expression, however it is spaced; undefined where none does. `textOf` gives a line's text. */
export function lineOf(sought: Sought, textOf: (line: number) => string | undefined): number | undefined {
  const wanted = sought.expr.replace(/\s+/g, '');
  for (let line = sought.from; line <= sought.to; line++) {
    if (wanted !== '' && textOf(line)?.replace(/\s+/g, '').includes(wanted) === true) {
      return line;
    }
  }
  return undefined;
}

/** Key of a file in `SourceExcerpts`. */
export const sourceKey = (tree: string, file: string): string => `${tree}/${file}`;

/** The part of a file that holds a place, at the line that is sought there; undefined where it is not carried. */
export function excerptAt(sources: SourceExcerpts, place: PlaceHead, sought?: Sought): CodeExcerpt | undefined {
  const source = sources[sourceKey(place.tree, place.file)];
  const part = source?.parts.find(
    ({ firstLine, lines }) => place.line >= firstLine && place.line < firstLine + lines.length,
  );
  if (source === undefined || part === undefined) {
    return undefined;
  }
  const { firstLine, lines } = part;
  const found = sought === undefined ? undefined : lineOf(sought, (line) => lines[line - firstLine]);
  return { file: place.file, licence: source.licence, firstLine, lines, line: found ?? place.line };
}
