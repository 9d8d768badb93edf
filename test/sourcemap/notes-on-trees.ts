import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problem } from '../../src/base/problem.ts';
import { err, ok } from '../../src/base/result.ts';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';
import { stock } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import { judgeNotes, type NotesReport } from '../../src/sourcemap/notes/judge.ts';
import { openTree, type Tree, type TreeReader } from '../../src/sourcemap/trees.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { testFacts } from './fixture-trees.ts';

/** How a tree is changed for a test: file -> its text made anew, or undefined for a file that is taken away. */
export type Edits = Readonly<Record<string, ((text: string) => string) | undefined>>;

/** The notes judged on two folders with changes. */
export async function notesOn(acrn: string, linux: string, edits: Edits = {}): Promise<NotesReport> {
  const [hypervisor, kernel] = await Promise.all([treeOf('acrn', acrn, edits), treeOf('linux', linux, edits)]);
  const trees = { acrn: hypervisor, guestLinux: kernel, serviceLinux: kernel };
  return judgeNotes(stockTrace(), trees, await testFacts());
}

let trace: Trace | undefined;

/** The trace of the stock scenario, run once. */
export function stockTrace(): Trace {
  if (trace === undefined) {
    const run = runScenario(stock, emulatedOutside());
    if (!run.ok) {
      throw new Error('the stock scenario does not run');
    }
    trace = run.value.trace;
  }
  return trace;
}

async function treeOf(kind: 'acrn' | 'linux', folder: string, edits: Edits): Promise<Tree> {
  const tree = await openTree(kind, edited(new FileTreeReader(folder), edits));
  if (!tree.ok) {
    throw new Error(`no tree in ${folder}`);
  }
  return tree.value;
}

function edited(reader: TreeReader, edits: Edits): TreeReader {
  return {
    path: reader.path,
    exists: async (file) => (file in edits && edits[file] === undefined ? false : reader.exists(file)),
    readText: async (file) => {
      if (!(file in edits)) {
        return reader.readText(file);
      }
      const edit = edits[file];
      const text = edit === undefined ? undefined : await reader.readText(file);
      return text?.ok === true && edit !== undefined
        ? ok({ text: edit(text.value.text) })
        : err(problem('file-missing-in-tree', { path: file, tree: reader.path }));
    },
  };
}

/** The verdicts by claim. */
export const verdictsOf = (report: NotesReport): Record<number, string> =>
  Object.fromEntries(report.claims.map(({ id, verdict }) => [id, verdict]));

/** Lines of evidence that do not show what they claim, in trees without changes. */
export function notShownBy(report: NotesReport, acrn: string, linux: string): string[] {
  const folded = (text: string): string => text.replace(/\s+/g, '');
  return report.claims.flatMap(({ id, evidence }) =>
    evidence
      .filter(({ tree, file, line, shows }) => {
        const text = readFileSync(path.join(tree === 'acrn' ? acrn : linux, file), 'utf8').split('\n')[line - 1] ?? '';
        return !folded(text).includes(folded(shows));
      })
      .map(({ file, line, shows }) => `${id}: ${file}:${line} ${shows}`),
  );
}
