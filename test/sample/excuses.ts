import type { Node, Tree } from 'web-tree-sitter';

/**
 * Why a line may be equal to one of a real tree: what it says could not be said otherwise, or must be said so for the
 * source map to prove the same hop in both.
 */
export type Excuse =
  /** `#include`. */
  | 'include'
  /** A number under the name that both sides use: `#define`, or an enumerator. */
  | 'number'
  /** The head of a function, a prototype, a parameter list, a function type. */
  | 'prototype'
  /** The first line of a type, of a table or of a macro; a declaration without a value. */
  | 'head'
  /** A member of a structure. */
  | 'member'
  /** `case NAME:`. */
  | 'label'
  /** A statement that is one call; its result is dropped, kept or returned. */
  | 'call'
  /** A name, its address or a member stored where a pointer or a parameter is kept. */
  | 'binding'
  /** An expression that the routes name. */
  | 'route';

/** Numbers, names of numbers, and what joins them. */
const NUMBER = /^(?:0x[\da-f]+[ul]*|\d+[ul]*|[A-Z_][A-Z\d_]*|[()+\-*|&<>~,\s])*$/i;
/** What names something that is already there. */
const NAMING = new Set(['identifier', 'pointer_expression', 'field_expression', 'subscript_expression']);
const TYPES = new Set(['struct_specifier', 'union_specifier', 'enum_specifier', 'declaration']);

/** The text without comments; a comment that goes over the end of the line has no place in the sample. */
export const withoutComments = (line: string): string => line.replace(/\/\*.*?\*\/|\/\/.*$/g, '');

/** The reason why the line of this row may be equal to one of a real tree. */
export function excuseOf(
  tree: Tree,
  row: number,
  line: string,
  routeExpressions: ReadonlySet<string>,
): Excuse | undefined {
  const code = withoutComments(line);
  if (/^\s*#/.test(code)) {
    return directive(code);
  }
  const start = code.search(/\S/);
  const end = code.trimEnd().length;
  if (/^\s*(?:struct|union|enum)\s+\w+;$/.test(code.trimEnd())) {
    return 'head';
  }
  const node = tree.rootNode.descendantForPosition({ row, column: start }, { row, column: Math.max(start, end - 1) });
  if (node === null) {
    return undefined;
  }
  if (routeExpressions.has(code.replace(/\s+|;\s*$/g, ''))) {
    return 'route';
  }
  return declared(node, code) ?? initialised(node, row) ?? stated(node);
}

function directive(code: string): Excuse | undefined {
  if (/^\s*#\s*include\b/.test(code)) return 'include';
  const define = /^\s*#\s*define\s+\w+(\([^)]*\))?\s*(.*)$/.exec(code);
  if (define?.[2] === '\\') return 'head';
  return define !== null && define[1] === undefined && NUMBER.test(define[2] ?? '') ? 'number' : undefined;
}

function declared(node: Node, code: string): Excuse | undefined {
  for (let at: Node | null = node; at !== null && at.type !== 'compound_statement'; at = at.parent) {
    if (at.type === 'function_declarator' || at.type === 'parameter_list') return 'prototype';
    if (at.type === 'field_declaration') return 'member';
    if (at.type === 'enumerator') return 'number';
  }
  if (node.type === 'function_definition' || node.type === 'type_definition') return 'prototype';
  if (node.type === 'enumerator_list') return 'number';
  if (TYPES.has(node.type)) {
    const valueless = node.descendantsOfType('init_declarator').length === 0;
    if (node.type === 'declaration' && valueless) {
      return node.descendantsOfType('function_declarator').length > 0 ? 'prototype' : 'head';
    }
    return code.trimEnd().endsWith('{') ? 'head' : undefined;
  }
  return node.type === 'case_statement' || node.type === 'switch_statement' ? 'label' : undefined;
}

/** `.member = name` in a table. */
function initialised(node: Node, row: number): Excuse | undefined {
  const inList = node.type === 'initializer_list' ? node.namedChildren : [node];
  const pairs = inList.filter((child) => child !== null && child.startPosition.row === row);
  const bound = pairs.every((pair) => {
    const value = pair?.type === 'initializer_pair' ? pair.childForFieldName('value') : null;
    return value !== null && value !== undefined && (NAMING.has(value.type) || value.type === 'string_literal');
  });
  return pairs.length > 0 && bound ? 'binding' : undefined;
}

/** A statement that is one call or one binding; `node` may be a part of it, where it goes over several lines. */
function stated(node: Node): Excuse | undefined {
  let statement: Node | null = node;
  while (statement !== null && !/_statement$|^declaration$/.test(statement.type)) {
    statement = statement.parent;
  }
  if (statement === null) {
    return undefined;
  }
  if (statement.type === 'declaration') {
    const [only, other] = statement.descendantsOfType('init_declarator');
    return other === undefined && only?.childForFieldName('value')?.type === 'call_expression' ? 'call' : undefined;
  }
  const expression = statement.type.startsWith('expression') || statement.type.startsWith('return');
  const core = expression ? statement.namedChild(0) : null;
  const right = core?.type === 'assignment_expression' ? core.childForFieldName('right') : core;
  if (right?.type === 'call_expression') return 'call';
  const stored = core !== right && core?.childForFieldName('operator')?.text === '=';
  return stored && NAMING.has(right?.type ?? '') ? 'binding' : undefined;
}
