import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { VIEW_TEXTS } from '../../texts/views.ts';
import type { App } from '../app.ts';
import type { RecentRun, RunStore } from '../run-store.ts';
import { plainTip, type TreeSource, treeItem } from './lazy-tree.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The recent runs of the workspace, the newest first. */
export class RunsView implements TreeSource<RecentRun>, Disposable {
  readonly #app: App;
  readonly #store: RunStore;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #kept: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(app: App, store: RunStore) {
    this.#app = app;
    this.#store = store;
    this.#kept = store.onDidChange(() => this.#changed.fire(undefined));
  }

  children(): readonly RecentRun[] {
    return this.#store.runs;
  }

  item(run: RecentRun): vscode.TreeItem {
    const { language } = this.#app;
    const texts = VIEW_TEXTS[language];
    const ago = agoText(Date.now() - run.when, language);
    const hazards = run.hazards === 0 ? [] : [texts.hazards(run.hazards)];
    const item = treeItem(run.title, [run.title, run.name, ...hazards, ago].join(', '));
    item.description = [run.name, ...hazards, ago].join(' · ');
    const when = new Date(run.when).toLocaleString(language);
    item.tooltip = plainTip(...texts.runTip(run.title, run.name, run.seed, run.hash, when).split('\n\n'));
    item.iconPath =
      run.hazards === 0
        ? new vscode.ThemeIcon('history')
        : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.contextValue = 'run';
    item.command = { command: 'virtioTrace.reopenRun', title: texts.reopen, arguments: [run] };
    return item;
  }

  dispose(): void {
    this.#kept.dispose();
    this.#changed.dispose();
  }
}

/** How long ago something was, in the largest unit of which there is one. */
export function agoText(milliseconds: number, language: App['language']): string {
  const texts = VIEW_TEXTS[language];
  if (milliseconds >= DAY) {
    return texts.ago(Math.floor(milliseconds / DAY), 'day');
  }
  if (milliseconds >= HOUR) {
    return texts.ago(Math.floor(milliseconds / HOUR), 'hour');
  }
  return milliseconds >= MINUTE ? texts.ago(Math.floor(milliseconds / MINUTE), 'minute') : texts.justNow;
}
