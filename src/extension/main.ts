import * as vscode from 'vscode';
import type { Move } from '../protocol/messages.ts';
import { App } from './app.ts';
import type { Features } from './features.ts';
import { VIEW_TYPE } from './view-type.ts';

/** Registers everything and returns; whatever a command needs is loaded when it is first run. */
export function activate(context: vscode.ExtensionContext): void {
  const app = new App(context);
  let features: Promise<Features> | undefined;
  const load = (): Promise<Features> => {
    features ??= import('./features.ts').then(({ createFeatures }) => createFeatures(app));
    return features;
  };
  const register = (id: string, run: (loaded: Features) => Promise<void>): void => {
    context.subscriptions.push(vscode.commands.registerCommand(id, async () => run(await load())));
  };
  const step = (by: Move) => (loaded: Features) => loaded.move(by);
  context.subscriptions.push(app);
  register('virtioTrace.trace', (loaded) => loaded.trace());
  register('virtioTrace.stepForward', step('next'));
  register('virtioTrace.stepBack', step('back'));
  register('virtioTrace.playPause', (loaded) => loaded.playPause());
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await load()).restore(panel, state),
    }),
  );
}
