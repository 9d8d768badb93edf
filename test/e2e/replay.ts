import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { definitionLines, KNOWN, type Known } from './definitions.ts';
import type { Shown, Workbench } from './workbench.ts';

/** The source trees that the replay is expected to show, by the folders they stand in. */
export type Folders = Readonly<Record<Known['tree'], string>>;

/** Longest time for the editor to follow one step, in ms. */
const FOLLOWS = 5000;

/** The replay panel, by the names its controls have for a screen reader. */
export class Replay {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  button(name: 'Step forward' | 'Step back' | 'Play' | 'Pause'): Locator {
    return this.#window.panel().getByRole('button', { name, exact: true });
  }

  /** The row of the current step. */
  current(): Locator {
    return this.#window.panel().getByRole('option', { selected: true });
  }

  /** Name of the current step's function: what its row's accessible name starts with. */
  async stage(): Promise<string> {
    const name = (await this.current().getAttribute('aria-label')) ?? (await this.current().textContent()) ?? '';
    return name.trim().split(/[\s,:]/)[0] ?? '';
  }

  /** Number of the current step and of all steps, as the panel says them. */
  async position(): Promise<{ readonly step: number; readonly of: number }> {
    const text = await this.#window
      .panel()
      .getByText(/Step \d+ of \d+/)
      .first()
      .textContent();
    const [, step = '', of = ''] = /Step (\d+) of (\d+)/.exec(text ?? '') ?? [];
    return { step: Number(step), of: Number(of) };
  }

  /** Waits until the panel shows a run. */
  async ready(): Promise<void> {
    await this.button('Step forward').waitFor({ timeout: 60_000 });
    await this.current().waitFor();
  }

  /** Presses a button and waits until the panel has moved. */
  async press(name: 'Step forward' | 'Step back'): Promise<void> {
    const { step } = await this.position();
    const wanted = name === 'Step forward' ? step + 1 : step - 1;
    await this.button(name).click();
    await until(`step ${wanted}`, async () => (await this.position()).step === wanted);
  }
}

/** Waits until something holds; an assertion error that says what where it does not. */
export async function until(what: string, holds: () => Promise<boolean>, limit = FOLLOWS): Promise<void> {
  const end = performance.now() + limit;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `waited ${limit} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Runs the command and answers its questions with Enter; a text is given where one is named. */
export async function trace(window: Workbench, text?: string): Promise<Replay> {
  await window.palette('Virtio Trace: Trace virtio-console write');
  await window.answer(text);
  await window.page.waitForTimeout(500);
  await window.answer();
  const replay = new Replay(window);
  await replay.ready();
  return replay;
}

const sourceLine = ({ file, line }: Shown): string => readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';

function expectedPlaces(stage: Known, folders: Folders): string[] {
  const lines = definitionLines(folders[stage.tree], stage.file, stage.function);
  assert.ok(lines.length > 0, `the tree has no ${stage.function} in ${stage.file}`);
  return lines.map((line) => `${path.join(folders[stage.tree], stage.file)}:${line}`);
}

/** Waits until the editor stands at a stage: its head where our own search finds it, else a line that names the function. */
async function editorFollows(window: Workbench, name: string, folders: Folders): Promise<Known | undefined> {
  const stage = KNOWN.find((it) => it.function === name);
  const places = stage === undefined ? [] : expectedPlaces(stage, folders);
  let shown: Shown | undefined;
  await until(`the editor to show ${name}`, async () => {
    shown = await window.shown();
    if (shown === undefined) return false;
    return stage === undefined ? sourceLine(shown).includes(name) : places.includes(`${shown.file}:${shown.line}`);
  }).catch((error: unknown) => {
    const seen = shown === undefined ? 'no code' : `${shown.file}:${shown.line}`;
    throw new Error(
      `${error instanceof Error ? error.message : error}; it shows ${seen}, expected ${places.join(' or ')}`,
    );
  });
  return stage;
}

/** Steps through the whole run; at each step the editor must be at that function. Answers the known stages that came by. */
export async function walk(window: Workbench, replay: Replay, folders: Folders): Promise<Known[]> {
  const met = new Set<Known>();
  const { of } = await replay.position();
  for (let { step } = await replay.position(); ; step++) {
    const name = plainName(await replay.stage());
    const stage = await editorFollows(window, name, folders);
    if (stage !== undefined && !met.has(stage)) await window.screenshot(`${stage.program}-${name}`);
    if (stage !== undefined) met.add(stage);
    if (step === of) return [...met];
    await replay.press('Step forward');
  }
}

/** What stands in the source for a stage's name: `SYSCALL_DEFINE3(write)` is written `SYSCALL_DEFINE3(write, ...`. */
const plainName = (stage: string): string => stage.replace(/\)$/, '').replace(/:$/, '');

/** At least ten known stages came by, of all four programs. */
export function assertWholePath(met: readonly Known[]): void {
  assert.deepEqual(new Set(met.map((it) => it.program)), new Set(KNOWN.map((it) => it.program)));
  assert.ok(met.length >= 10, `only ${met.length} known stages came by: ${met.map((it) => it.function).join(', ')}`);
}
