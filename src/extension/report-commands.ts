import * as vscode from 'vscode';
import { ProblemError } from '../base/problem.ts';
import { pathAsText } from '../export/path-text.ts';
import { openTrees } from '../host-node/open-trees.ts';
import { ScenarioRunner } from '../host-node/scenario-runner.ts';
import { DEFAULT_BOUNDS } from '../scenarios/explore.ts';
import { NAMED, stock } from '../scenarios/named.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { judgeNotes } from '../sourcemap/notes/judge.ts';
import { DOCUMENT_TEXTS } from '../texts/documents.ts';
import { bufferReader } from './buffer-reader.ts';
import type { Handler, Handlers } from './commands.ts';
import { exploreReport } from './documents/explore-report.ts';
import { mapReport } from './documents/map-report.ts';
import { notesReport } from './documents/notes-report.ts';
import type { Piece, Report } from './documents/report.ts';
import { exportRun, phaseOf, runText } from './exports.ts';
import { loadHeadMap } from './head-map.ts';
import type { Parts } from './parts.ts';
import { type LinkPlace, linkTarget, Places } from './places.ts';
import { guarded, inform } from './problems.ts';
import type { Going } from './progress.ts';
import { askScenario } from './questions.ts';
import { BACK } from './quick-input.ts';
import type { ShownRun } from './replays.ts';
import { scenarioFiles } from './scenario-files.ts';
import { type FoundFolders, findFolders } from './tree-folders.ts';
import { scenarioGiven } from './views/given.ts';

type Reporting =
  | 'virtioTrace.mapReport'
  | 'virtioTrace.checkNotes'
  | 'virtioTrace.explore'
  | 'virtioTrace.openAsText'
  | 'virtioTrace.copyPath'
  | 'virtioTrace.export';

/** Documents about the trees and about the run that is shown. */
export function reportCommands(parts: Parts): Handlers<Reporting> {
  const { app, replays, reports } = parts;
  const texts = DOCUMENT_TEXTS[app.language];
  const withRun =
    (act: (shown: ShownRun) => Promise<void>): Handler =>
    () =>
      guarded(app, async () => {
        if (replays.shown === undefined) {
          inform(app, app.texts.noReplay);
        } else {
          await act(replays.shown);
        }
      });
  return {
    'virtioTrace.mapReport': () =>
      guarded(app, async () => {
        parts.routeMap.forget();
        await reports.make(`${texts.mapTitle}.md`, texts.mapBusy, (going) => makeMapReport(parts, going));
      }),
    'virtioTrace.checkNotes': () =>
      guarded(app, () => reports.make(`${texts.notesTitle}.md`, texts.notesBusy, (going) => makeNotes(parts, going))),
    'virtioTrace.explore': (given) => guarded(app, () => exploreScenario(parts, given)),
    'virtioTrace.openAsText': withRun((shown) =>
      reports.show(`${shown.wish.scenario.name}.vtrace`, { text: runText(shown, app.language), links: [] }),
    ),
    'virtioTrace.copyPath': withRun((shown) => copyPath(parts, shown)),
    'virtioTrace.export': withRun((shown) => exportRun(app, shown)),
  };
}

async function makeMapReport(parts: Parts, { token }: Going): Promise<Report> {
  const { app } = parts;
  const routes = await parts.routes();
  const { map, hops, found, places } = await parts.routeMap.load(token);
  const head = await loadHeadMap(app);
  const where = new Places(map.trees, found, head);
  const linked = (text: string, place: LinkPlace | undefined): Piece => ({
    text,
    target: place && linkTarget(place).toString(),
  });
  return mapReport({
    language: app.language,
    map,
    hops: [...hops.values()],
    routes: routes.file.routes,
    titles: new Map([...NAMED].map(([name, scenario]) => [name, scenario.title[app.language]])),
    stageLink: (id) => {
      const place = places.get(id);
      const text = place?.line === undefined ? undefined : `${place.file}:${place.line}`;
      return text === undefined ? undefined : linked(text, where.stage(id, place));
    },
    lineLink: ({ tree, file, line }) =>
      linked(`${file}:${line}`, where.line(tree === 'linux' ? 'guestLinux' : tree, file, line)),
    sample: found.sample,
  });
}

async function makeNotes({ app, runner, facts }: Parts, { cancel }: Going): Promise<Report> {
  const found = await findFolders(app);
  const trees = await openTrees(found.folders, bufferReader);
  if (!trees.ok) {
    throw new ProblemError(trees.error);
  }
  const run = await runner.run(stock, cancel);
  const judged = await judgeNotes(run.trace, trees.value, facts, cancel);
  const info = {
    acrn: trees.value.acrn?.info,
    guestLinux: trees.value.guestLinux?.info,
    serviceLinux: trees.value.serviceLinux?.info,
  };
  const where = new Places(info, found, undefined);
  const { tree: treeLine, roles, sample } = DOCUMENT_TEXTS[app.language];
  const lines = (['acrn', 'guestLinux', 'serviceLinux'] as const)
    .filter((role) => role !== 'serviceLinux' || info.serviceLinux?.path !== info.guestLinux?.path)
    .map((role) =>
      treeLine(roles[role], info[role]?.version ?? '', isSample(found, role) ? sample : (info[role]?.path ?? '')),
    );
  return notesReport(judged, lines, app.language, ({ tree, file, line }) => {
    const place = where.line(tree, file, line);
    return { text: `${file}:${line}`, target: place && linkTarget(place).toString() };
  });
}

const isSample = (found: FoundFolders, role: 'acrn' | 'guestLinux' | 'serviceLinux'): boolean =>
  role === 'serviceLinux' && found.folders.serviceLinux !== undefined
    ? false
    : found.sample.includes(role === 'acrn' ? 'acrn' : 'linux');

async function exploreScenario(parts: Parts, given: unknown): Promise<void> {
  const { app, reports } = parts;
  const texts = DOCUMENT_TEXTS[app.language];
  const scenario = scenarioGiven(given) ?? (await askOne(parts));
  if (scenario === undefined) {
    return;
  }
  await reports.make(`${scenario.name}.interleavings.md`, texts.exploreBusy, async ({ cancel, say, share }) => {
    // Its own thread: a trace may run meanwhile.
    const runner = new ScenarioRunner();
    try {
      const found = await runner.explore(scenario, DEFAULT_BOUNDS, cancel, (done, of) => {
        say(texts.exploreProgress(done, of));
        share(done / DEFAULT_BOUNDS.schedules);
      });
      return exploreReport(scenario, found, app.language);
    } finally {
      runner.dispose();
    }
  });
}

async function askOne({ app }: Parts): Promise<Scenario | undefined> {
  const title = DOCUMENT_TEXTS[app.language].exploreAsk;
  const answer = await askScenario(app, await scenarioFiles(), undefined, 1, title);
  return answer === BACK ? undefined : answer;
}

/** Puts the path into the clipboard, as a mailing list takes it. */
async function copyPath({ app }: Parts, { traced, session }: ShownRun): Promise<void> {
  const texts = DOCUMENT_TEXTS[app.language];
  const { trace, scenario } = traced.run;
  const title = texts.pathTitle(session.parts.title);
  const lines = [...pathAsText(trace, traced.map, { language: app.language, phase: phaseOf(scenario), title })];
  await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  inform(app, texts.pathCopied(lines.filter((line) => /^ *\d+ {2}/.test(line)).length));
}
