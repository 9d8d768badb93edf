import * as vscode from 'vscode';

/** Runs `register` once, as soon as a document of a language is open; the answer ends the waiting. */
export function whenOpened(language: string, register: () => void): vscode.Disposable {
  let waiting = true;
  const look = (document: vscode.TextDocument): void => {
    if (waiting && document.languageId === language) {
      waiting = false;
      register();
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.workspace.onDidOpenTextDocument(look);
}
