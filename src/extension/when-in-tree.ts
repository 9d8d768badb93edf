import * as vscode from 'vscode';
import type { KnownTrees } from './known-trees.ts';

/**
 * Runs `found` once, as soon as a C file of a source tree is open. Any other C file costs one check of its path, and
 * loads nothing.
 */
export function whenInTree(trees: KnownTrees, found: () => void): vscode.Disposable {
  let waiting = true;
  const look = async (document: vscode.TextDocument): Promise<void> => {
    const isC = document.languageId === 'c' && document.uri.scheme === 'file';
    if (waiting && isC && (await trees.treeOf(document.uri.fsPath)) !== undefined && waiting) {
      waiting = false;
      listening.dispose();
      found();
    }
  };
  const listening = vscode.workspace.onDidOpenTextDocument((document) => void look(document));
  for (const document of vscode.workspace.textDocuments) {
    void look(document);
  }
  return listening;
}
