import * as vscode from 'vscode';
import type { Scenario } from '../scenarios/scenario.ts';
import { VIEW_TEXTS } from '../texts/views.ts';
import type { App } from './app.ts';
import { documentColumn } from './columns.ts';
import { inform } from './problems.ts';
import { SCENARIO_FOLDER, SCENARIO_SUFFIX } from './scenario-files.ts';

/** What a scenario may be called: the schema's own rule. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Copies a scenario into the workspace's `.virtio-trace` folder under a name that the user gives, and opens it. */
export async function duplicateScenario(app: App, scenario: Scenario): Promise<void> {
  const texts = VIEW_TEXTS[app.language];
  const folder = await askFolder(app);
  if (folder === undefined && (vscode.workspace.workspaceFolders ?? []).length > 0) {
    return;
  }
  const copy = (name: string): string => textOfScenario(scenario, name);
  if (folder === undefined) {
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: copy(`${scenario.name}-copy`),
    });
    await vscode.window.showTextDocument(document, { viewColumn: documentColumn() });
    inform(app, texts.unsavedCopy);
    return;
  }
  const own = vscode.Uri.joinPath(folder, SCENARIO_FOLDER);
  const name = await askName(app, own, scenario.name);
  if (name === undefined) {
    return;
  }
  const uri = vscode.Uri.joinPath(own, `${name}${SCENARIO_SUFFIX}`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(copy(name)));
  await vscode.window.showTextDocument(uri, { preview: false, viewColumn: documentColumn() });
  inform(app, texts.duplicated(vscode.workspace.asRelativePath(uri)));
}

async function askFolder(app: App): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) {
    return folders[0]?.uri;
  }
  const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder: VIEW_TEXTS[app.language].askFolder });
  return picked?.uri;
}

async function askName(app: App, folder: vscode.Uri, like: string): Promise<string | undefined> {
  const texts = VIEW_TEXTS[app.language];
  const taken = new Set(await namesIn(folder));
  let value = `${like}-copy`;
  for (let number = 2; taken.has(value); number++) {
    value = `${like}-copy-${number}`;
  }
  return vscode.window.showInputBox({
    title: texts.askName,
    prompt: texts.askNamePrompt(vscode.workspace.asRelativePath(folder)),
    value,
    ignoreFocusOut: true,
    validateInput: (name) =>
      NAME.test(name) ? (taken.has(name) ? texts.nameTaken(name) : undefined) : texts.wrongName,
  });
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.flatMap(([name]) =>
      name.endsWith(SCENARIO_SUFFIX) ? [name.slice(0, -SCENARIO_SUFFIX.length)] : [],
    );
  } catch {
    return [];
  }
}

/** A scenario as a file: under a name of its own, its title marked as a copy. What is expected of the original is left out. */
export function textOfScenario(scenario: Scenario, name: string): string {
  const { expected: _, ...rest } = scenario;
  const title = {
    en: VIEW_TEXTS.en.copyTitle(scenario.title.en),
    'zh-cn': VIEW_TEXTS['zh-cn'].copyTitle(scenario.title['zh-cn']),
  };
  return `${JSON.stringify({ ...rest, name, title }, null, 2)}\n`;
}
