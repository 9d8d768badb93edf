import { OPEN_BRACE } from './mask/chars.ts';

/**
 * A parser behind one small interface, so that the facts do not depend on which tree-sitter made the tree: an engine
 * hands over only where the constructs stand that facts are read from.
 */
export interface ParseEngine {
  /** Shown to the user: `web-tree-sitter`. */
  readonly name: string;
  /** Parses a masked text. Never throws on bad C: what could not be parsed is in `errors`. */
  parse(text: string): Syntax;
}

/** Constructs that facts are read from. */
export type MarkKind =
  | 'function'
  | 'declaration'
  | 'record'
  | 'enum'
  | 'typedef'
  | 'call'
  | 'assignment'
  | 'literal'
  | 'case';

/** One construct: offsets in UTF-16 units, end exclusive. */
export interface Mark {
  readonly kind: MarkKind;
  readonly start: number;
  readonly end: number;
}

/** What an engine found, in source order; an outer construct stands before what it holds. */
export interface Syntax {
  readonly marks: readonly Mark[];
  /** Offsets of error nodes and of missing tokens, in source order. */
  readonly errors: readonly number[];
}

/**
 * Node types of the grammar tree-sitter-c 0.24 that facts are read from, each with its mark. An engine walks the tree
 * for them: that costs a third of what a query costs.
 */
const KINDS: ReadonlyMap<string, MarkKind> = new Map([
  ['function_definition', 'function'],
  ['declaration', 'declaration'],
  ['struct_specifier', 'record'],
  ['union_specifier', 'record'],
  ['enum_specifier', 'enum'],
  ['type_definition', 'typedef'],
  ['call_expression', 'call'],
  ['assignment_expression', 'assignment'],
  ['compound_literal_expression', 'literal'],
  ['case_statement', 'case'],
]);

/** The node types to walk the tree for. */
export const MARKED_TYPES: readonly string[] = [...KINDS.keys()];

/** A node of the tree, as both engines have it. */
export interface MarkedNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  childForFieldName(name: 'value'): { readonly startIndex: number; readonly endIndex: number } | null;
}

/** The marks of the nodes of `MARKED_TYPES`, given in the order in which the tree is walked. */
export function marksOf(text: string, nodes: Iterable<MarkedNode | null>): Mark[] {
  const marks: Mark[] = [];
  let sorted = true;
  let last: Mark | undefined;
  for (const node of nodes) {
    const mark = node === null ? undefined : markOf(text, node);
    if (mark !== undefined) {
      sorted &&= last === undefined || inSourceOrder(last, mark) <= 0;
      last = mark;
      marks.push(mark);
    }
  }
  return sorted ? marks : marks.sort(inSourceOrder);
}

function markOf(text: string, node: MarkedNode): Mark | undefined {
  const kind = KINDS.get(node.type);
  const start = node.startIndex;
  const end = node.endIndex;
  if (kind === 'case') {
    const value = node.childForFieldName('value');
    return value === null ? undefined : { kind, start: value.startIndex, end: value.endIndex };
  }
  if ((kind === 'record' || kind === 'enum') && !hasBody(text, start, end)) {
    return undefined;
  }
  return kind === undefined ? undefined : { kind, start, end };
}

/** `struct s { ... }`, not the mere `struct s`. */
function hasBody(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) === OPEN_BRACE) {
      return true;
    }
  }
  return false;
}

/** The query for what could not be parsed; run only where the tree has an error. */
export const ERROR_QUERY = '(ERROR) @error (MISSING) @error';

/** Puts an outer construct before what it holds. */
function inSourceOrder(a: Mark, b: Mark): number {
  return a.start - b.start || b.end - a.end;
}
