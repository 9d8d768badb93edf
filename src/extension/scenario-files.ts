import * as vscode from 'vscode';
import { type Problem, problem } from '../base/problem.ts';
import { err, type Result } from '../base/result.ts';
import { parseScenarioText } from '../scenarios/parse.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** Where a workspace folder keeps its scenarios. */
export const SCENARIO_FOLDER = '.virtio-trace';
/** How their files end. */
export const SCENARIO_SUFFIX = '.scenario.json';
/** The files, inside each workspace folder. Only that one folder is looked at. */
export const SCENARIO_GLOB = `${SCENARIO_FOLDER}/*${SCENARIO_SUFFIX}`;

/** Scenario files that are shown at most. */
const MOST = 500;
/** Largest scenario file in bytes; a larger one is none. */
const LARGEST = 16 * 1024 * 1024;

/** A scenario file, and what stands in it. */
export interface ScenarioFile {
  readonly uri: vscode.Uri;
  readonly scenario: Result<Scenario, Problem>;
}

/** The scenario files of the workspace, by path. Unsaved text counts. */
export async function scenarioFiles(): Promise<readonly ScenarioFile[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map((folder) => vscode.workspace.findFiles(new vscode.RelativePattern(folder, SCENARIO_GLOB), null, MOST)),
  );
  const uris = found.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return Promise.all(uris.map(async (uri) => ({ uri, scenario: await readScenario(uri) })));
}

/** The scenario in a file: as it stands in its editor, else on disk. */
export async function readScenario(uri: vscode.Uri): Promise<Result<Scenario, Problem>> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return parseScenarioText(open.getText());
  }
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > LARGEST
      ? err(problem('file-too-large', { path: uri.fsPath, bytes: bytes.length, limit: LARGEST }))
      : parseScenarioText(new TextDecoder().decode(bytes));
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason);
    return err(problem('cannot-read', { path: uri.fsPath, reason: why }));
  }
}
