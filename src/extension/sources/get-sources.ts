import * as vscode from 'vscode';
import { cloneSparsely } from '../../host-node/git-clone.ts';
import { FileTreeReader } from '../../host-node/tree-reader.ts';
import { FETCHED } from '../../sourcemap/dialects/fetched.ts';
import { identifyTree, type TreeKind } from '../../sourcemap/trees.ts';
import { SOURCE_TEXTS } from '../../texts/sources.ts';
import type { App } from '../app.ts';
import { inform, type Offer } from '../problems.ts';
import { type Going, withProgress } from '../progress.ts';
import { keepSetting, SETTING_OF } from '../tree-folders.ts';
import { rememberTree } from './known-list.ts';

/** Names of the folders that are made. */
const NAMES: Readonly<Record<TreeKind, string>> = { acrn: 'acrn-hypervisor', linux: 'linux' };

interface Repository {
  readonly kind: TreeKind;
  readonly url: string;
  readonly revision: string;
}

interface Item extends vscode.QuickPickItem {
  readonly repository: Repository;
}

/** Fetches ACRN and Linux with the user's git into a folder of their choice, and uses them. `then` is offered at the end. */
export async function getSources(app: App, then: Offer): Promise<void> {
  const texts = SOURCE_TEXTS[app.language];
  if (!vscode.workspace.isTrusted) {
    const manage = (): void =>
      void vscode.commands.executeCommand('workbench.trust.manage').then(undefined, (reason: unknown) => {
        app.log.warn(String(reason));
      });
    inform(app, texts.restricted, [{ title: texts.manageTrust, run: manage }]);
    return;
  }
  const wanted = await askWhat(app);
  const folder = wanted === undefined || wanted.length === 0 ? undefined : await askWhere(app);
  if (wanted === undefined || folder === undefined) {
    return;
  }
  await withProgress(app, texts.fetching, async (going) => {
    const places: string[] = [];
    for (const [at, repository] of wanted.entries()) {
      places.push(await fetched(app, repository, folder, going, { at, of: wanted.length }));
    }
    inform(app, texts.fetched(places.join(', ')), [then]);
  });
}

async function askWhat(app: App): Promise<readonly Repository[] | undefined> {
  const texts = SOURCE_TEXTS[app.language];
  const items = (['acrn', 'linux'] as const).map((kind): Item => {
    const repository = repositoryOf(kind);
    const { url, revision } = repository;
    const detail = texts.getDetail(url, revision === '' ? texts.defaultRevision : revision);
    return { label: kind === 'acrn' ? 'ACRN' : 'Linux', detail, picked: true, repository };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: texts.getTitle,
    placeHolder: texts.getPlaceholder,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.map((item) => item.repository);
}

/** Repository and revision of a tree, from the settings. */
function repositoryOf(kind: TreeKind): Repository {
  const settings = vscode.workspace.getConfiguration('virtioTrace.sources');
  const text = (name: string): string => {
    const value = settings.get<unknown>(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { kind, url: text(`${kind}Repository`), revision: text(`${kind}Revision`) };
}

async function askWhere(app: App): Promise<vscode.Uri | undefined> {
  const texts = SOURCE_TEXTS[app.language];
  const chosen = await vscode.window.showOpenDialog({
    title: texts.folderTitle,
    openLabel: texts.folderButton,
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

/** Fetches one repository unless it is there already, and keeps it in the settings. */
async function fetched(
  app: App,
  { kind, url, revision }: Repository,
  parent: vscode.Uri,
  going: Going,
  order: { readonly at: number; readonly of: number },
): Promise<string> {
  const texts = SOURCE_TEXTS[app.language];
  const folder = vscode.Uri.joinPath(parent, NAMES[kind]).fsPath;
  if ((await identifyTree(new FileTreeReader(folder))) === kind) {
    inform(app, texts.alreadyThere(folder));
  } else {
    const wish = { git: gitProgram(), url, revision, folder, patterns: FETCHED[kind] };
    app.log.info(`git clone --depth 1 ${url} ${revision} ${folder}`);
    await cloneSparsely(wish, going.cancel, (doing, percent) => {
      going.say(texts.fetchingOne(NAMES[kind], doing, percent));
      going.share((order.at + percent / 100) / order.of);
    });
  }
  await keepSetting(SETTING_OF[kind], folder);
  await rememberTree(app, kind, folder);
  return folder;
}

/** The git that VS Code itself uses: its setting `git.path`, else the one that the system finds. */
function gitProgram(): string {
  const set = vscode.workspace.getConfiguration('git').get<unknown>('path');
  const first: unknown = Array.isArray(set) ? set[0] : set;
  return typeof first === 'string' && first !== '' ? first : 'git';
}
