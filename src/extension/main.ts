import * as vscode from 'vscode';
import { App } from './app.ts';
import { COMMANDS, INTEL_COMMANDS } from './commands.ts';
import { registerReports } from './documents/register-reports.ts';
import type { Features } from './features.ts';
import type { Intel } from './intel/intel.ts';
import { KnownTrees } from './known-trees.ts';
import type { MapSource } from './route-map.ts';
import { registerScenarioLens } from './scenario-lens.ts';
import { VIEW_TYPE } from './view-type.ts';
import { LazyTree } from './views/lazy-tree.ts';
import { whenInTree } from './when-in-tree.ts';
import { whenOpened } from './when-opened.ts';

/** Registers everything and returns; whatever a command needs is loaded when it is first run. */
export function activate(context: vscode.ExtensionContext): void {
  const app = new App(context);
  const keep = (...registered: readonly vscode.Disposable[]): void => {
    context.subscriptions.push(...registered);
  };
  keep(app);
  const trees = new KnownTrees();
  let intel: Promise<Intel> | undefined;
  const loadIntel = (): Promise<Intel> => {
    intel ??= import('./intel/intel.ts').then(({ createIntel }) => createIntel(app, trees));
    return intel;
  };
  const map: MapSource = async (folders, token) => (await loadIntel()).map(folders, token);
  let features: Promise<Features> | undefined;
  const load = (): Promise<Features> => {
    features ??= import('./features.ts').then(({ createFeatures }) => createFeatures(app, map));
    return features;
  };
  for (const id of COMMANDS) {
    const run = async (...given: readonly unknown[]): Promise<void> => (await load()).commands[id](...given);
    keep(vscode.commands.registerCommand(id, run));
  }
  for (const [id, which] of Object.entries(INTEL_COMMANDS)) {
    keep(vscode.commands.registerCommand(id, async () => (await loadIntel()).show(which)));
  }
  keep(
    whenInTree(trees, () => {
      loadIntel().catch((reason: unknown) => app.log.error(String(reason)));
    }),
  );
  keep(
    vscode.window.registerUriHandler({
      handleUri: async ({ path, query }) => (await load()).openLink(path, query),
    }),
  );
  keep(
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await load()).restore(panel, state),
    }),
  );
  keep(
    vscode.window.registerTreeDataProvider(
      'virtioTrace.routes',
      new LazyTree(async () => (await load()).views.routes()),
    ),
    vscode.window.registerTreeDataProvider('virtioTrace.runs', new LazyTree(async () => (await load()).views.runs())),
    vscode.window.registerTreeDataProvider(
      'virtioTrace.scenarios',
      new LazyTree(async () => (await load()).views.scenarios()),
    ),
    registerReports(async () => (await load()).reports),
  );
  keep(registerScenarioLens(app));
  const language = async (): Promise<void> => keep((await import('./features.ts')).registerVtraceLanguage(app));
  keep(whenOpened('vtrace', () => void language().catch((reason: unknown) => app.log.error(String(reason)))));
}
