import * as vscode from 'vscode';
import { ok } from '../base/result.ts';
import type { ReaderOf } from '../host-node/open-trees.ts';
import { FileTreeReader } from '../host-node/tree-reader.ts';
import type { TreeReader } from '../sourcemap/trees.ts';

/** Reads a folder as the user sees it: what is changed in an editor and not yet saved counts. */
export const bufferReader: ReaderOf = (folder): TreeReader => {
  const disk = new FileTreeReader(folder);
  return {
    path: folder,
    exists: (file) => disk.exists(file),
    readText: async (file) => {
      const { fsPath } = vscode.Uri.joinPath(vscode.Uri.file(folder), file);
      const changed = vscode.workspace.textDocuments.find((one) => one.isDirty && one.uri.fsPath === fsPath);
      return changed === undefined ? disk.readText(file) : ok({ text: changed.getText() });
    },
  };
};
