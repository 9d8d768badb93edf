import * as vscode from 'vscode';
import { excerptsOf } from '../export/excerpts.ts';
import { exportHtml, type HtmlBundles } from '../export/html.ts';
import { runAsJson } from '../export/json.ts';
import { runAsMermaid } from '../export/mermaid.ts';
import { runAsPerfetto } from '../export/perfetto.ts';
import { runAsText } from '../export/text.ts';
import type { Route, Scenario } from '../scenarios/scenario.ts';
import { EXPORT_FORMATS, EXPORTING_TEXTS, type ExportFormat } from '../texts/exporting.ts';
import type { Language } from '../texts/language.ts';
import type { Phase } from '../trace/kinds.ts';
import type { App } from './app.ts';
import { inform } from './problems.ts';
import { withProgress } from './progress.ts';
import type { ShownRun } from './replays.ts';

/** How the files of a format end. */
const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  html: 'html',
  'html-sources': 'html',
  perfetto: 'perfetto.json',
  mermaid: 'mmd',
  json: 'json',
  text: 'vtrace',
};

/** Routes that are gone before the first process runs. */
const IN_SET_UP: ReadonlySet<Route> = new Set<Route>(['set-up', 'control-handshake']);

/** The part of a run in which a scenario's route is taken. */
export const phaseOf = ({ route }: Scenario): Phase => (IN_SET_UP.has(route) ? 'set-up' : 'run');

/** Asks for format and file, and writes the run that is shown. */
export async function exportRun(app: App, shown: ShownRun): Promise<void> {
  const texts = EXPORTING_TEXTS[app.language];
  const items = EXPORT_FORMATS.map((format) => ({ ...texts.formats[format], format }));
  const picked = await vscode.window.showQuickPick(items, { title: texts.ask, matchOnDetail: true });
  const uri = picked === undefined ? undefined : await askFile(app, shown, picked.format);
  if (picked === undefined || uri === undefined) {
    return;
  }
  await withProgress(app, texts.busy, async () => {
    const text = await contentOf(app, shown, picked.format);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const open = (): void => {
      const how =
        ENDINGS[picked.format] === 'html' ? vscode.env.openExternal(uri) : vscode.window.showTextDocument(uri);
      how.then(undefined, (reason: unknown) => app.log.warn(String(reason)));
    };
    const licence = picked.format === 'html-sources' ? ` ${texts.licence}` : '';
    inform(app, `${texts.written(uri.fsPath)}${licence}`, [{ title: texts.open, run: open }]);
  });
}

async function askFile(app: App, { wish }: ShownRun, format: ExportFormat): Promise<vscode.Uri | undefined> {
  const texts = EXPORTING_TEXTS[app.language];
  const ending = ENDINGS[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${wish.scenario.name}.${ending}`;
  return vscode.window.showSaveDialog({
    title: texts.save,
    saveLabel: texts.saveButton,
    // A dialog knows endings of one part only: it would add a longer one once more.
    filters: { [texts.formats[format].files]: [ending.slice(ending.lastIndexOf('.') + 1)] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** A run in a format. */
export async function contentOf(app: App, shown: ShownRun, format: ExportFormat): Promise<string> {
  const { run } = shown.traced;
  switch (format) {
    case 'html':
    case 'html-sources':
      return pageOf(app, shown, format === 'html-sources');
    case 'perfetto':
      return [...runAsPerfetto(run.trace)].join('');
    case 'mermaid':
      return runAsMermaid(run.trace, [phaseOf(run.scenario)], app.language);
    case 'json':
      return [...runAsJson(run.trace, run)].join('');
    case 'text':
      return runText(shown, app.language);
  }
}

/** A run as the text that the editor knows as language `vtrace`. */
export function runText({ traced, session }: ShownRun, language: Language): string {
  const { run, map } = traced;
  const { acrn, guestLinux, serviceLinux } = map.trees;
  const trees = [
    ['ACRN', acrn] as const,
    ['Linux', guestLinux] as const,
    ...(serviceLinux?.path === guestLinux?.path ? [] : [['Linux (Service VM)', serviceLinux] as const]),
  ];
  const head = trees.map(([name, tree]) => `${name}: ${tree?.path ?? ''} (${tree?.version ?? ''})`);
  const lines = runAsText(run.trace, map, { language, phases: [phaseOf(run.scenario)] });
  return `${[session.parts.title, ...head, ...lines].join('\n')}\n`;
}

/** The page that replays the run; with the source of the sample always, which is ours, and of the user's trees where asked. */
async function pageOf(app: App, { traced, session }: ShownRun, withSources: boolean): Promise<string> {
  const { map, trees } = traced;
  const sources = withSources || session.parts.sample ? await excerptsOf(map, trees) : undefined;
  const parts = { ...session.parts, canChooseFolders: false, ...(sources === undefined ? {} : { sources }) };
  return exportHtml(parts, await bundles(app));
}

async function bundles(app: App): Promise<HtmlBundles> {
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(app.file('dist', name)));
  const [webviewScript, webviewStyle, standaloneScript, standaloneStyle] = await Promise.all(
    ['webview.js', 'webview.css', 'standalone.js', 'standalone.css'].map(read),
  );
  return {
    webviewScript: webviewScript ?? '',
    webviewStyle: webviewStyle ?? '',
    standaloneScript: standaloneScript ?? '',
    standaloneStyle: standaloneStyle ?? '',
  };
}
