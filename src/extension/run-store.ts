import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Phase } from '../trace/kinds.ts';
import type { App } from './app.ts';
import { phaseOf } from './exports.ts';
import { keepScenario, parseKeptScenario } from './kept-run.ts';
import type { ShownRun } from './replays.ts';

/** A run that can be run again: what was run, and the fingerprint of what came of it. */
export interface RecentRun {
  /** `keepScenario` of it. */
  readonly scenario: string;
  readonly name: string;
  readonly title: string;
  readonly seed: number;
  /** `traceHash` of its trace. */
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly when: number;
  readonly hazards: number;
}

/** Where the runs of a workspace are kept. */
const KEPT = 'virtioTrace.runs';
/** Runs that are kept. */
const MOST = 30;

/** The recent runs of this workspace, the newest first. Traces are not kept: a run is run again. */
export class RunStore implements Disposable {
  readonly #app: App;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(app: App) {
    this.#app = app;
  }

  /** All of them. */
  get runs(): readonly RecentRun[] {
    const kept = this.#app.context.workspaceState.get<unknown>(KEPT);
    return (Array.isArray(kept) ? kept : []).filter(isRun).slice(0, MOST);
  }

  /** Puts a run in front; the same scenario stands there once. One whose text is too long is not kept. */
  async add({ wish, traced, session }: ShownRun): Promise<void> {
    const scenario = keepScenario(wish.scenario);
    if (scenario === '') {
      return;
    }
    const run: RecentRun = {
      scenario,
      name: wish.scenario.name,
      title: session.parts.title,
      seed: wish.scenario.machine.seed,
      hash: traced.run.hash,
      when: Date.now(),
      hazards: hazardsIn(traced.run.trace, phaseOf(wish.scenario)),
    };
    await this.#keep([run, ...this.runs.filter((one) => one.scenario !== scenario)]);
  }

  /** Forgets one run. */
  async remove(run: RecentRun): Promise<void> {
    await this.#keep(this.runs.filter((one) => one.scenario !== run.scenario));
  }

  /** Forgets all runs. */
  async clear(): Promise<void> {
    await this.#keep([]);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #keep(runs: readonly RecentRun[]): Promise<void> {
    await this.#app.context.workspaceState.update(KEPT, runs.slice(0, MOST));
    this.#changed.fire();
  }
}

/** The scenario of a run; undefined where another version kept it otherwise. */
export const scenarioOfRun = (run: RecentRun): Scenario | undefined => parseKeptScenario(run.scenario);

/** Whether something is a kept run: state may come from another version. */
export function isRun(value: unknown): value is RecentRun {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const run = value as Readonly<Record<keyof RecentRun, unknown>>;
  const texts = [run.scenario, run.name, run.title, run.hash];
  const numbers = [run.seed, run.when, run.hazards];
  return texts.every((one) => typeof one === 'string') && numbers.every((one) => typeof one === 'number');
}

/** Hazards on the scenario's own route: those of the set-up before it are in every run. */
function hazardsIn(trace: ShownRun['traced']['run']['trace'], phase: Phase): number {
  let count = 0;
  for (const event of trace.events()) {
    count += event.kind === 'hazard' && event.phase === phase ? 1 : 0;
  }
  return count;
}
