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

/** The tree-sitter query that every engine runs, on the grammar tree-sitter-c 0.24. Capture names are `MarkKind`s. */
export const MARK_QUERY = `
(function_definition) @function
(declaration) @declaration
(struct_specifier body: (_)) @record
(union_specifier body: (_)) @record
(enum_specifier body: (_)) @enum
(type_definition) @typedef
(call_expression) @call
(assignment_expression) @assignment
(compound_literal_expression) @literal
(case_statement value: (_) @case)
`;

/** The query for what could not be parsed; run only where the tree has an error. */
export const ERROR_QUERY = '(ERROR) @error (MISSING) @error';

/** Puts an outer construct before what it holds. */
export function inSourceOrder(a: Mark, b: Mark): number {
  return a.start - b.start || b.end - a.end;
}
