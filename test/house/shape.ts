import { Visitor } from 'rolldown/utils';
import type { SourceFile } from './source-files.ts';

/** One function and where it stands. `named` leaves out the anonymous ones (callbacks), as the anchors' figures do. */
export interface FunctionShape {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** From the first to the last line, both counted. */
  readonly lines: number;
  readonly named: boolean;
}

/** One file: all its lines, and those that hold code (no blank ones, no comments). */
export interface FileShape {
  readonly file: string;
  readonly lines: number;
  readonly codeLines: number;
  readonly functions: readonly FunctionShape[];
}

/** Median, 90th percentile and maximum of a list. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** The bounds of the house (style habit 18). Files: code lines for median and p90, all lines for the maximum. */
export const BOUNDS = {
  file: { median: 100, p90: 250, max: 400 },
  function: { median: 7, p90: 25, max: 60 },
} as const;

interface Node {
  readonly start: number;
  readonly end: number;
}

/** The line, from 1, of an offset in UTF-16 units. */
const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function codeLines({ text, parsed }: SourceFile): number {
  let bare = text;
  for (const { start, end } of parsed.comments) {
    bare = bare.slice(0, start) + bare.slice(start, end).replace(/[^\n]/g, ' ') + bare.slice(end);
  }
  return bare.split('\n').filter((line) => line.trim() !== '').length;
}

/** All functions of a file: declarations, methods, and expressions, these with the name they are bound to. */
function functionsOf({ path: file, text, parsed }: SourceFile): FunctionShape[] {
  const found: FunctionShape[] = [];
  const names = new Map<Node, string>();
  const named = (value: Node | null, key: Node): void => {
    if (value !== null) names.set(value, text.slice(key.start, key.end));
  };
  const add = (node: Node, own?: string): void => {
    const name = own ?? names.get(node);
    const [first, last] = [lineAt(text, node.start), lineAt(text, node.end)];
    found.push({ name: name ?? '(anonymous)', file, line: first, lines: last - first + 1, named: name !== undefined });
  };
  new Visitor({
    VariableDeclarator: (node) => named(node.init, node.id),
    AssignmentExpression: (node) => named(node.right, node.left),
    Property: (node) => named(node.value, node.key),
    PropertyDefinition: (node) => named(node.value, node.key),
    MethodDefinition: (node) => named(node.value, node.key),
    FunctionDeclaration: (node) => add(node, node.id?.name),
    FunctionExpression: (node) => add(node, node.id?.name),
    ArrowFunctionExpression: (node) => add(node),
  }).visit(parsed.program);
  return found;
}

/** Measures one file. */
export function shapeOf(file: SourceFile): FileShape {
  const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
  return { file: file.path, lines, codeLines: codeLines(file), functions: functionsOf(file) };
}

/** The spread of a list of sizes: the value at rank n/2 and 9n/10 of the sorted list; zeros for an empty one. */
export function spread(sizes: readonly number[]): Spread {
  const sorted = sizes.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, median: at(0.5), p90: at(0.9), max: at(1) };
}

/** The two spreads that the bounds speak of. */
export function houseSpread(files: readonly FileShape[]): { readonly file: Spread; readonly function: Spread } {
  const all = files.flatMap((file) => file.functions);
  const named = spread(all.filter((it) => it.named).map((it) => it.lines));
  return {
    file: { ...spread(files.map((it) => it.codeLines)), max: Math.max(0, ...files.map((it) => it.lines)) },
    function: { ...named, max: Math.max(0, ...all.map((it) => it.lines)) },
  };
}
