import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type Parser from 'tree-sitter';
import { ERROR_QUERY, MARKED_TYPES, marksOf, type ParseEngine, type Syntax } from '../indexer/engine.ts';

/** Where the two packages of the native parser stand: worker threads load them from there, wherever they run from. */
export interface NativePaths {
  /** Main file of `tree-sitter`. */
  readonly parser: string;
  /** Main file of `tree-sitter-c`. */
  readonly grammar: string;
}

/** The only grammar whose facts are known to equal those of the bundled WebAssembly one. */
const GRAMMAR_VERSION = '0.24.1';

/**
 * The native parser: what the package for one platform has beside this program, else the packages where they are installed in
 * the version that fits. The universal package has neither.
 */
export function findNative(from: string = import.meta.url): NativePaths | undefined {
  const beside = (name: string): string => fileURLToPath(new URL(`./native/${name}.cjs`, from));
  const packaged = { parser: beside('tree-sitter'), grammar: beside('tree-sitter-c') };
  if (existsSync(packaged.parser)) {
    return packaged;
  }
  const require = createRequire(from);
  try {
    const manifest: unknown = require('tree-sitter-c/package.json');
    return isVersion(manifest, GRAMMAR_VERSION)
      ? { parser: require.resolve('tree-sitter'), grammar: require.resolve('tree-sitter-c') }
      : undefined;
  } catch {
    return undefined;
  }
}

const isVersion = (manifest: unknown, version: string): boolean =>
  typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version === version;

/** tree-sitter as a native module; undefined where it cannot be loaded here (another system, another libc). */
export function createNativeEngine(paths: NativePaths): ParseEngine | undefined {
  const require = createRequire(import.meta.url);
  try {
    const Native = require(paths.parser) as typeof Parser;
    const language = require(paths.grammar) as Parser.Language;
    const parser = new Native();
    parser.setLanguage(language);
    return new NativeEngine(parser, new Native.Query(language, ERROR_QUERY));
  } catch {
    return undefined;
  }
}

/** UTF-16 units that are handed over at once; the binding copies them, and a NUL behind them, into a buffer. */
const PIECE = 1 << 20;

class NativeEngine implements ParseEngine {
  readonly name = 'tree-sitter';
  readonly #parser: Parser;
  readonly #errors: Parser.Query;

  constructor(parser: Parser, errors: Parser.Query) {
    this.#parser = parser;
    this.#errors = errors;
  }

  parse(text: string): Syntax {
    const tree = this.#tree(text);
    forgetNodes(tree);
    const root = tree.rootNode;
    return {
      marks: marksOf(text, root.descendantsOfType([...MARKED_TYPES])),
      errors: root.hasError ? this.#faults(root) : [],
    };
  }

  #tree(text: string): Parser.Tree {
    const piece = (at: number): string | null => (at < text.length ? text.slice(at, at + PIECE) : null);
    return this.#parser.parse(piece, undefined, { bufferSize: Math.min(text.length, PIECE) + 1 });
  }

  #faults(root: Parser.SyntaxNode): number[] {
    return this.#errors
      .captures(root)
      .map(({ node }) => node.startIndex)
      .sort((a, b) => a - b);
  }
}

/**
 * The binding files every node that it hands out under a weak reference, to hand out the same object again: an eighth of
 * the whole time of indexing, for nodes that are looked at once. A binding without such a table is left as it is.
 */
function forgetNodes(tree: Parser.Tree): void {
  if ('_cacheNodes' in tree && '_cacheNode' in tree) {
    Object.assign(tree, { _cacheNodes: () => undefined, _cacheNode: () => undefined });
  }
}
