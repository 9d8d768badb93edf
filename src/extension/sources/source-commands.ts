import * as vscode from 'vscode';
import { indexTree } from '../../host-node/tree-index.ts';
import { SOURCE_TEXTS } from '../../texts/sources.ts';
import { TRACING_TEXTS } from '../../texts/tracing.ts';
import type { Handlers } from '../commands.ts';
import type { Parts } from '../parts.ts';
import { guarded, inform, showFailure } from '../problems.ts';
import { cancelOf, withProgress } from '../progress.ts';
import { findFolders } from '../tree-folders.ts';
import { getSources } from './get-sources.ts';
import { switchTrees } from './switch-trees.ts';

type SourceCommand =
  | 'virtioTrace.chooseTrees'
  | 'virtioTrace.switchTrees'
  | 'virtioTrace.getSources'
  | 'virtioTrace.indexWholeTree'
  | 'virtioTrace.showLog';

/** Which source trees are read, and where they come from. */
export function sourceCommands(parts: Parts): Handlers<SourceCommand> {
  const { app, replays } = parts;
  const choose = (): Promise<void> => replays.chooseFolders();
  const get = (): Promise<void> => {
    const trace = (): void => {
      vscode.commands
        .executeCommand('virtioTrace.trace')
        .then(undefined, (reason: unknown) => showFailure(app, reason));
    };
    return getSources(app, { title: SOURCE_TEXTS[app.language].traceNow, run: trace });
  };
  return {
    'virtioTrace.chooseTrees': () => guarded(app, choose),
    'virtioTrace.getSources': () => guarded(app, get),
    'virtioTrace.switchTrees': () =>
      guarded(app, async () => {
        const chosen = await switchTrees(app);
        const shown = replays.shown !== undefined;
        await (chosen === 'choose'
          ? choose()
          : chosen === 'get'
            ? get()
            : chosen === 'set' && shown && replays.again());
      }),
    'virtioTrace.indexWholeTree': () => guarded(app, () => indexWithProgress(parts)),
    'virtioTrace.showLog': () => guarded(app, async () => app.log.show()),
  };
}

async function indexWithProgress(parts: Parts): Promise<void> {
  const { app } = parts;
  const texts = TRACING_TEXTS[app.language];
  const trees = await ownTrees(parts);
  if (trees.length === 0) {
    inform(app, texts.nothingToIndex);
    return;
  }
  await withProgress(app, texts.indexing, async ({ cancel, say, share }) => {
    const started = performance.now();
    const sum = { files: 0, functions: 0 };
    for (const [at, root] of trees.entries()) {
      const onProgress = (done: number, all: number): void => {
        say(texts.indexingOne(root, done, all));
        share((at + done / all) / trees.length);
      };
      const { counts } = await indexTree(root, { cancel, pool: await parts.facts.pool(), want: 'counts', onProgress });
      sum.files += counts.files;
      sum.functions += counts.functions;
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    inform(app, texts.indexed(sum.files, sum.functions, seconds));
  });
}

/** The trees in use that are the user's own, each once. */
async function ownTrees({ app }: Parts): Promise<readonly string[]> {
  const { folders, sample } = await findFolders(app);
  const own = [
    ...(sample.includes('acrn') ? [] : [folders.acrn]),
    ...(sample.includes('linux') ? [] : [folders.linux]),
    ...(folders.serviceLinux === undefined ? [] : [folders.serviceLinux]),
  ];
  return [...new Set(own)];
}

/** Indexes the whole trees behind everything else, once a window, where the setting says so. Shown in the status bar. */
export function indexBehind(parts: Parts): vscode.Disposable {
  const stop = new vscode.CancellationTokenSource();
  let begun = false;
  const begin = (): void => {
    const wanted = vscode.workspace.getConfiguration('virtioTrace').get<unknown>('index.wholeTree') === true;
    if (!wanted || begun) {
      return;
    }
    begun = true;
    const title = TRACING_TEXTS[parts.app.language].indexing;
    const index = async (): Promise<void> => {
      for (const root of await ownTrees(parts)) {
        const pool = await parts.facts.pool();
        const { counts } = await indexTree(root, { cancel: cancelOf(stop.token), pool, want: 'counts' });
        parts.app.log.info(`${root}: ${counts.files} files, ${counts.functions} functions`);
      }
    };
    vscode.window
      .withProgress({ location: vscode.ProgressLocation.Window, title }, () => guarded(parts.app, index))
      .then(undefined, (reason: unknown) => parts.app.log.warn(String(reason)));
  };
  begin();
  return vscode.Disposable.from(
    { dispose: () => stop.cancel() },
    stop,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('virtioTrace.index.wholeTree')) {
        begin();
      }
    }),
  );
}
