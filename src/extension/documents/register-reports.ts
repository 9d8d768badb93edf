import * as vscode from 'vscode';
import type { Reports } from './reports.ts';

/** Scheme of the documents that the extension writes: read only, with links to the lines they speak of. */
export const REPORT_SCHEME = 'virtio-trace';

/** Registers the documents; they are loaded when one is first opened. */
export function registerReports(load: () => Promise<Reports>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let loaded: Promise<Reports> | undefined;
  const once = (): Promise<Reports> => {
    loaded ??= load().then((reports) => {
      reports.onDidChange((uri) => changed.fire(uri));
      return reports;
    });
    return loaded;
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => (await once()).textOf(uri),
  };
  return vscode.Disposable.from(changed, vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, provider));
}
