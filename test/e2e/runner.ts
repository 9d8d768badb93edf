import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import type { Browser } from 'playwright-core';
import { type Server, type ServerOptions, startServer } from './server.ts';
import { ARTIFACTS, Workbench } from './workbench.ts';

/** A source tree that a scenario can need: the variable that names it, and what to call it. */
export const TREES = {
  acrn: { variable: 'ACRN_SRC', name: 'ACRN tree' },
  linux: { variable: 'LINUX_SRC', name: 'Linux tree' },
} as const;

/** A source tree by its short name. */
export type Tree = keyof typeof TREES;

/** The folder of a tree, where its variable names one. */
export const treeFolder = (tree: Tree): string | undefined => process.env[TREES[tree].variable] || undefined;

/** The folder of a tree that the runner has found to be there. */
export function presentTree(tree: Tree): string {
  const folder = treeFolder(tree);
  if (folder === undefined) throw new Error(`${TREES[tree].variable} is not set`);
  return folder;
}

/** What a scenario gets: a window opener, and the server that it runs on. */
export interface World {
  readonly server: Server;
  /** Opens a window on a folder or without one; it is closed when the scenario ends. */
  readonly open: (folder?: string) => Promise<Workbench>;
}

/** One thing a user does, from the open window to what they then see. A failed expectation is an exception. */
export interface Scenario {
  readonly name: string;
  readonly needs?: readonly Tree[];
  /** User settings, where they differ from the plain ones. */
  readonly settings?: () => ServerOptions['settings'];
  /** What else the server is started with, where it differs: Restricted Mode, other extensions, variables. */
  readonly server?: () => Partial<Omit<ServerOptions, 'vsix' | 'settings'>>;
  /** It changes what stays on the server (user settings): it gets one of its own. */
  readonly alone?: boolean;
  readonly run: (world: World) => Promise<void>;
}

/** Counts of a run; `missing` names the trees for want of which scenarios were not run. */
export interface Outcome {
  passed: number;
  failed: number;
  notRun: number;
  /** What was tried a second time. */
  readonly again: string[];
  readonly missing: Set<string>;
}

/** The file name that stands for a scenario. */
const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/**
 * The servers of a run: scenarios that want the same settings share one, for a server takes longer to start than most
 * scenarios take to play. Each window is of a browser context of its own, so none finds what another left in the editor.
 */
export class Servers {
  readonly #vsix: string;
  readonly #servers = new Map<string, Promise<Server>>();

  constructor(vsix: string) {
    this.#vsix = vsix;
  }

  /** The server for a scenario. */
  async for(scenario: Scenario): Promise<Server> {
    const options = { ...scenario.server?.(), settings: scenario.settings?.() ?? {} };
    const key = scenario.alone === true ? scenario.name : JSON.stringify(options);
    const known = this.#servers.get(key) ?? startServer({ ...options, vsix: this.#vsix });
    this.#servers.set(key, known);
    return known;
  }

  /** Stops them all and keeps their logs. */
  async stop(): Promise<void> {
    let number = 0;
    for (const server of this.#servers.values()) {
      await (await server).stop(path.join(ARTIFACTS, `logs-${++number}`));
    }
  }
}

async function attempt(scenario: Scenario, browser: Browser, servers: Servers): Promise<void> {
  const id = slug(scenario.name);
  const server = await servers.for(scenario);
  const before = new Set(server.ourErrors());
  const windows: Workbench[] = [];
  const open: World['open'] = async (folder) => {
    const window = await Workbench.open(browser, server.url, id, folder);
    windows.push(window);
    return window;
  };
  try {
    await scenario.run({ server, open });
    const errors = server.ourErrors().filter((entry) => !before.has(entry));
    if (errors.length > 0) throw new OurErrors(`the extension host's log holds errors of ours:\n${errors.join('\n')}`);
  } catch (error) {
    for (const window of windows) await window.screenshot('failed').catch(() => undefined);
    throw error;
  } finally {
    for (const window of windows) await window.close();
  }
}

/** Runs one scenario and counts it, with a line of its own. */
export async function play(scenario: Scenario, browser: Browser, servers: Servers, outcome: Outcome): Promise<void> {
  const missing = (scenario.needs ?? []).filter((tree) => treeFolder(tree) === undefined);
  if (missing.length > 0) {
    for (const tree of missing) outcome.missing.add(TREES[tree].name);
    outcome.notRun++;
    console.log(`  not run  ${scenario.name} (set ${missing.map((tree) => TREES[tree].variable).join(' and ')})`);
    return;
  }
  await counted(scenario.name, () => attempt(scenario, browser, servers), outcome);
}

/** Errors of ours in the extension host's log: no second try makes them good. */
class OurErrors extends Error {}

/**
 * Runs something and counts it, with a line of its own. A window, a browser and a server are driven against the clock, so what
 * fails is tried once more; what then passes is named as such, with what went wrong before.
 */
export async function counted(name: string, run: () => Promise<void>, outcome: Outcome): Promise<void> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    await run().catch((error: unknown) => {
      if (error instanceof OurErrors) throw error;
      console.log(`  again    ${name} (${seconds()})\n${inspect(error)}`);
      outcome.again.push(name);
      return run();
    });
    outcome.passed++;
    console.log(`  passed   ${name} (${seconds()})`);
  } catch (error) {
    outcome.failed++;
    console.log(`  FAILED   ${name} (${seconds()})\n${inspect(error)}`);
  }
}

/** The closing line: `N passed, M failed`, and what was not run with its reason. */
export function closingLine({ passed, failed, notRun, missing }: Outcome): string {
  const rest = notRun === 0 ? '' : `, ${notRun} not run (${[...missing].map((name) => `no ${name}`).join(', ')})`;
  return `${passed} passed, ${failed} failed${rest}`;
}

/** The version that the project's manifest states. */
export function projectVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  return manifest.version;
}
