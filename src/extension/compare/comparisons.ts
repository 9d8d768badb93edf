import * as vscode from 'vscode';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import { FileTreeReader } from '../../host-node/tree-reader.ts';
import type { Side } from '../../protocol/compare.ts';
import { compareMaps, type MapPlace } from '../../replay/compare/maps.ts';
import { type AlignedRow, compareRuns } from '../../replay/compare/runs.ts';
import { placeOf } from '../../replay/moment.ts';
import { Session } from '../../replay/session.ts';
import { stock } from '../../scenarios/named.ts';
import type { SourceMap, TreeInfo, TreeRole } from '../../sourcemap/map-types.ts';
import { identifyTree } from '../../sourcemap/trees.ts';
import { COMPARE_TEXTS, COMPARING_TEXTS } from '../../texts/compare.ts';
import type { App } from '../app.ts';
import type { Handlers } from '../commands.ts';
import { fileIn } from '../places.ts';
import { guarded, inform } from '../problems.ts';
import { type Going, withProgress } from '../progress.ts';
import { askScenario, type Wish } from '../questions.ts';
import { BACK } from '../quick-input.ts';
import type { Replays, ShownRun } from '../replays.ts';
import { scenarioFiles } from '../scenario-files.ts';
import { textOf } from '../scenario-texts.ts';
import type { TraceService } from '../trace-service.ts';
import { type FoundFolders, findFolders } from '../tree-folders.ts';
import { openComparison, type SourceLine } from './compare-panel.ts';

/** What the comparisons need of the rest of the extension. */
export interface CompareParts {
  readonly app: App;
  readonly service: TraceService;
  readonly replays: Replays;
}

/** The commands that compare two runs, and two trees under one run. */
export function compareCommands(parts: CompareParts): Handlers<'virtioTrace.compareRuns' | 'virtioTrace.compareTrees'> {
  const { app } = parts;
  return {
    'virtioTrace.compareRuns': () => guarded(app, () => askAndCompareRuns(parts)),
    'virtioTrace.compareTrees': () => guarded(app, () => askAndCompareTrees(parts)),
  };
}

async function askAndCompareRuns(parts: CompareParts): Promise<void> {
  const { app, replays } = parts;
  const texts = COMPARING_TEXTS[app.language];
  const shown = replays.shown;
  const first = shown ?? (await askOne(app, texts.first));
  const second =
    first === undefined
      ? undefined
      : await askOne(app, shown === undefined ? texts.second : texts.onScreen(shown.session.parts.title));
  if (first === undefined || second === undefined) {
    return;
  }
  await withProgress(app, texts.comparing, async (going) => {
    const found = await findFolders(app);
    const left = 'session' in first ? first : await run(parts, first, found, going);
    showRuns(parts, left, await run(parts, second, found, going));
  });
}

async function askOne(app: App, title: string): Promise<Wish | undefined> {
  const scenario = await askScenario(app, await scenarioFiles(), undefined, 1, title);
  return scenario === undefined || scenario === BACK ? undefined : { scenario };
}

/** Runs what was wished on the trees that were found. */
async function run(
  { app, service }: CompareParts,
  wish: Wish,
  { folders, sample }: FoundFolders,
  { cancel, say }: Going,
): Promise<ShownRun> {
  const title = wish.scenario.title[app.language];
  say(COMPARING_TEXTS[app.language].running(title));
  const traced = await service.trace({ wish, folders }, cancel, () => undefined);
  const parts = { title, language: app.language, sample: sample.length > 0, canChooseFolders: false };
  return { wish, traced, session: new Session({ trace: traced.run.trace, map: traced.map, ...parts }) };
}

function showRuns({ app, replays }: CompareParts, left: ShownRun, right: ShownRun): void {
  const payload = ({ wish }: ShownRun): Uint8Array => textOf(wish.scenario)?.bytes ?? new Uint8Array();
  const { view, rows } = compareRuns(
    { session: left.session, payload: payload(left) },
    { session: right.session, payload: payload(right) },
  );
  const runs = { left, right };
  const stepOf = (row: number, side: Side): number => rows[row]?.[side satisfies keyof AlignedRow] ?? -1;
  const title = COMPARING_TEXTS[app.language].panelTitle(view.titles.left, view.titles.right);
  openComparison(
    app,
    title,
    { t: 'compared-runs', language: app.language, texts: COMPARE_TEXTS[app.language], runs: view },
    {
      lineOf: (row, side) => {
        const { session } = runs[side];
        const step = stepOf(row, side);
        const place = step < 0 ? undefined : placeOf(session, step);
        return place === undefined ? undefined : lineIn(session.parts.map, { ...place, tree: place.tree as TreeRole });
      },
      replay: async (row, side) => {
        const step = stepOf(row, side);
        await replays.trace({ scenario: runs[side].wish.scenario }, () => (step < 0 ? undefined : step));
      },
    },
  );
}

async function askAndCompareTrees(parts: CompareParts): Promise<void> {
  const { app, replays } = parts;
  const texts = COMPARING_TEXTS[app.language];
  const chosen = await vscode.window.showOpenDialog({
    title: texts.chooseTrees,
    openLabel: texts.chooseButton,
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
  });
  const others =
    chosen === undefined
      ? undefined
      : await treesOf(
          app,
          chosen.map((uri) => uri.fsPath),
        );
  if (others === undefined) {
    return;
  }
  await withProgress(app, texts.comparing, async (going) => {
    const wish = { scenario: replays.shown?.wish.scenario ?? stock };
    const found = await findFolders(app);
    const left = await run(parts, wish, found, going);
    const right = await run(parts, wish, { ...found, folders: { ...found.folders, ...others } }, going);
    showMaps(app, left.traced.map, right.traced.map);
  });
}

/** The chosen folders by what they are; says so and gives undefined where one of them is no tree. */
async function treesOf(app: App, folders: readonly string[]): Promise<Partial<TreeFolders> | undefined> {
  const found: { acrn?: string; linux?: string } = {};
  for (const folder of folders) {
    const kind = await identifyTree(new FileTreeReader(folder));
    if (kind === undefined) {
      inform(app, app.texts.neitherTree(folder));
      return undefined;
    }
    found[kind] = folder;
  }
  return found;
}

function showMaps(app: App, left: SourceMap, right: SourceMap): void {
  const titles = { left: versionsOf(left, right), right: versionsOf(right, left) };
  const { view, rows } = compareMaps(left, right, titles, app.language);
  const title = COMPARING_TEXTS[app.language].panelTitle(titles.left, titles.right);
  openComparison(
    app,
    title,
    { t: 'compared-maps', language: app.language, texts: COMPARE_TEXTS[app.language], maps: view },
    {
      lineOf: (row, side) => {
        const place = rows[row]?.[side];
        return place === undefined ? undefined : lineIn(side === 'left' ? left : right, place);
      },
    },
  );
}

/** Versions of a map's trees, those that differ from the other map's. */
function versionsOf(map: SourceMap, other: SourceMap): string {
  const name = { acrn: 'ACRN', guestLinux: 'Linux', serviceLinux: 'Linux' } as const;
  const differing = (['acrn', 'guestLinux', 'serviceLinux'] as const).flatMap((role) => {
    const tree = map.trees[role];
    return tree === undefined || tree.path === other.trees[role]?.path ? [] : [`${name[role]} ${shortVersion(tree)}`];
  });
  const all = [...new Set(differing)];
  return all.length > 0 ? all.join(', ') : `ACRN ${map.trees.acrn?.version ?? ''}`;
}

/** A tree that does not state its version (a part of a kernel, say) goes by its folder. */
const shortVersion = ({ version, path }: TreeInfo): string =>
  version === 'unknown' ? (vscode.Uri.file(path).path.split('/').at(-1) ?? path) : version;

function lineIn(map: SourceMap, { tree, file, line }: MapPlace): SourceLine | undefined {
  const uri = fileIn(map.trees, tree, file);
  return uri === undefined ? undefined : { file: uri.fsPath, line };
}
