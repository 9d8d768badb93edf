import * as vscode from 'vscode';
import type { App } from './app.ts';

/** Above the first line of a scenario file: run it, run it with another text or backend. The text on screen is what runs. */
export function registerScenarioLens({ texts }: App): vscode.Disposable {
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (title: string, command: string, uri: vscode.Uri): vscode.CodeLens =>
    new vscode.CodeLens(top, { title, command, arguments: [uri] });
  return vscode.languages.registerCodeLensProvider(
    { pattern: '**/*.scenario.json' },
    {
      provideCodeLenses: ({ uri }) => [
        lens(`$(play) ${texts.runScenario}`, 'virtioTrace.runScenario', uri),
        lens(texts.runScenarioWith, 'virtioTrace.runScenarioWith', uri),
      ],
    },
  );
}
