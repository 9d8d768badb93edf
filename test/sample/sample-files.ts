import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';
import { neverCancelled } from '../../src/base/cancel.ts';
import type { FileFacts } from '../../src/indexer/facts.ts';
import type { TreeKind } from '../../src/sourcemap/dialects/landmarks.ts';
import { testFacts } from '../sourcemap/fixture-trees.ts';

/** The folder of both sample trees. */
export const SAMPLE = fileURLToPath(new URL('../../sample', import.meta.url));

/** A file of a tree, with its path inside the tree. */
export interface CText {
  readonly tree: TreeKind;
  readonly path: string;
  readonly text: string;
}

/** The C and assembler files below a folder, with forward slashes, in order. A file that is only a link is left out. */
export function codeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[chsS]$/.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** All code of the sample. */
export function sampleCode(): CText[] {
  return (['acrn', 'linux'] as const).flatMap((tree) =>
    codeFiles(path.join(SAMPLE, tree)).map((file) => ({
      tree,
      path: file,
      text: readFileSync(path.join(SAMPLE, tree, file), 'utf8'),
    })),
  );
}

/** A parser for C as it stands, without the indexer's masks. */
export async function plainParser(): Promise<Parser> {
  const find = createRequire(import.meta.url).resolve;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(find('tree-sitter-c/tree-sitter-c.wasm'))));
  return parser;
}

/** What the indexer reads out of each file, by `tree/path`. */
export async function factsByName(files: readonly CText[]): Promise<ReadonlyMap<string, FileFacts>> {
  const source = await testFacts();
  const facts = new Map<string, FileFacts>();
  for (const file of files) {
    const [read] = await source.factsOf(file.tree, [file], neverCancelled);
    if (read !== undefined) facts.set(`${file.tree}/${file.path}`, read);
  }
  return facts;
}
