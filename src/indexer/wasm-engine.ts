import { Language, Parser, Query, type Tree } from 'web-tree-sitter';
import { ERROR_QUERY, MARKED_TYPES, marksOf, type ParseEngine, type Syntax } from './engine.ts';

/** The two WebAssembly modules that the engine needs, as bytes: the host reads or fetches them. */
export interface WasmBytes {
  /** `web-tree-sitter.wasm`: the parser. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-c.wasm`: the grammar. */
  readonly grammar: Uint8Array;
}

let started: Promise<void> | undefined;

/** tree-sitter as WebAssembly: runs wherever JavaScript does. Rejects where the bytes are no such modules. */
export async function createWasmEngine(bytes: WasmBytes): Promise<ParseEngine> {
  started ??= Parser.init({ wasmBinary: bytes.runtime });
  await started;
  const language = await Language.load(bytes.grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  return new WasmEngine(parser, new Query(language, ERROR_QUERY));
}

class WasmEngine implements ParseEngine {
  readonly name = 'web-tree-sitter';
  readonly #parser: Parser;
  readonly #errors: Query;

  constructor(parser: Parser, errors: Query) {
    this.#parser = parser;
    this.#errors = errors;
  }

  parse(text: string): Syntax {
    const tree = this.#parser.parse(text);
    if (tree === null) {
      return { marks: [], errors: [0] };
    }
    try {
      return { marks: marksOf(text, tree.rootNode.descendantsOfType([...MARKED_TYPES])), errors: this.#faults(tree) };
    } finally {
      tree.delete();
    }
  }

  #faults(tree: Tree): number[] {
    if (!tree.rootNode.hasError) {
      return [];
    }
    const offsets = this.#errors.captures(tree.rootNode).map(({ node }) => node.startIndex);
    return offsets.sort((a, b) => a - b);
  }
}
