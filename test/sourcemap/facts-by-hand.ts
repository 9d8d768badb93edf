import { type Line, line } from '../../src/base/brand.ts';
import { plainC } from '../../src/indexer/dialect.ts';
import type { FileFacts, FunctionFact, MacroFact } from '../../src/indexer/facts.ts';
import { Links } from '../../src/indexer/links.ts';
import type { TreeRole } from '../../src/sourcemap/map-types.ts';
import { TreeView } from '../../src/sourcemap/tree-view.ts';

/** A function from line to line. */
export function fn(name: string, from: number, to: number, origin: FunctionFact['origin'] = 'function'): FunctionFact {
  return { name, line: line(from), endLine: line(to), isStatic: false, origin, params: [], returns: '' };
}

/** A macro: `NAME body` or `NAME(a, b) body`. */
export function macro(text: string, at = 1): MacroFact {
  const [, name = '', params, body = ''] = /^(\w+)(?:\(([^)]*)\))? (.*)$/.exec(text) ?? [];
  return { name, params: params?.split(',').map((p) => p.trim()), body, line: at as Line };
}

/** Facts of a file with nothing in it but what is given. */
export function facts(path: string, given: Partial<FileFacts>): FileFacts {
  const nothing = { functions: [], calls: [], bindings: [], macros: [], cases: [], structs: [], variables: [] };
  return { ...nothing, typedefs: [], includes: [], errorLines: [], ...given, path };
}

/** A view of a tree of such files. */
export function view(role: TreeRole, ...files: readonly FileFacts[]): TreeView {
  return new TreeView(role, new Links(files, plainC), new Map(files.map((file) => [file.path, ''])));
}
