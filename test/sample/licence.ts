import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Parser } from 'web-tree-sitter';
import { type Excuse, excuseOf, withoutComments } from './excuses.ts';
import type { CText } from './sample-files.ts';
import { codeFiles } from './sample-files.ts';

/** Lines of more characters than this, white space not counted, say something that may be somebody's own. */
export const SHORT = 25;

const folded = (text: string): string => text.replace(/\s+/g, '');

/** A line of the sample that stands in a real tree too. */
export interface EqualLine {
  readonly at: string;
  readonly text: string;
  readonly real: string;
  readonly excuse: Excuse | 'comment' | undefined;
}

/** What a comparison found. */
export interface Comparison {
  /** Longer lines of the sample, comments among them. */
  readonly compared: number;
  readonly equal: readonly EqualLine[];
}

interface Line {
  readonly at: string;
  readonly text: string;
  readonly excuse: () => Excuse | undefined;
}

/**
 * Compares each longer line of the sample with all lines of the real trees, white space and comments apart; and the text
 * of each longer comment with theirs, which nothing excuses.
 */
export function compare(
  sample: readonly CText[],
  realTrees: readonly string[],
  parser: Parser,
  routeExpressions: ReadonlySet<string>,
): Comparison {
  const lines = longLines(sample, parser, routeExpressions);
  const found = new Map<string, string>();
  for (const top of realTrees) {
    for (const file of codeFiles(top)) {
      for (const line of comparable(readFileSync(path.join(top, file), 'latin1'))) {
        if (lines.has(line) && !found.has(line)) found.set(line, file);
      }
    }
  }
  const equal = [...found].flatMap(([line, real]) =>
    (lines.get(line) ?? []).map(({ at, text, excuse }) => ({ at, text, real, excuse: excuse() })),
  );
  return { compared: [...lines.values()].reduce((sum, places) => sum + places.length, 0), equal };
}

/** The longer lines of the sample by their folded text. */
function longLines(sample: readonly CText[], parser: Parser, routes: ReadonlySet<string>): Map<string, Line[]> {
  const lines = new Map<string, Line[]>();
  for (const file of sample) {
    const tree = parser.parse(file.text);
    for (const [row, text] of file.text.split('\n').entries()) {
      const at = `${file.tree}/${file.path}:${row + 1}`;
      const excuse = (): Excuse | undefined => (tree === null ? undefined : excuseOf(tree, row, text, routes));
      const code = folded(withoutComments(text));
      const comments = [...text.matchAll(/\/\*(.*?)\*\//g)].map((comment) => folded(comment[1] ?? ''));
      const keys = [{ key: code, excuse }, ...comments.map((key) => ({ key, excuse: () => undefined }))];
      for (const { key, excuse: why } of keys.filter((it) => it.key.length > SHORT)) {
        lines.set(key, [...(lines.get(key) ?? []), { at, text: text.trim(), excuse: why }]);
      }
    }
  }
  return lines;
}

/** Lines of a real file as they are compared: folded, and each also without its comment, and as the comment's text. */
function* comparable(text: string): Iterable<string> {
  for (const line of text.replace(/[ \t\r\f\v]+/g, '').split('\n')) {
    if (line.length > SHORT) {
      yield line;
      if (line.includes('/*') || line.includes('//') || line.startsWith('*')) {
        yield withoutComments(line);
        yield line.replace(/^.*?\/\*+|^\*+|\*+\/$/g, '');
        yield line.replace(/^\/\/|^.*?\/\*+|\*+\/.*$/g, '');
      }
    }
  }
}

/** A function of the sample of which many lines stand in the file that it mirrors. */
export interface Likeness {
  readonly at: string;
  readonly lines: number;
  readonly equal: number;
}

/** Lines that every function has. */
const COMMON = /^(?:return(?:0|-1|NULL)?;|break;|continue;|default:|[{}]|\}else\{|else|inti;)$/;

/** How much of each function of the sample, common lines apart, stands in the file that it mirrors. */
export function likenesses(
  file: CText,
  real: string,
  functions: readonly { readonly name: string; readonly line: number; readonly endLine: number }[],
): Likeness[] {
  const theirs = new Set(real.split('\n').map((line) => folded(withoutComments(line))));
  const ours = file.text.split('\n').map((line) => folded(withoutComments(line)));
  return functions.map(({ name, line, endLine }) => {
    const body = ours.slice(line, endLine - 1).filter((it) => it.length > 5 && !COMMON.test(it));
    const equal = body.filter((it) => theirs.has(it)).length;
    return { at: `${file.tree}/${file.path}: ${name}`, lines: body.length, equal };
  });
}
