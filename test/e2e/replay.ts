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

/** A step as a screen reader hears it: the function, its program, and what happens. */
export interface Step {
  readonly function: string;
  readonly program: string;
  readonly kind: 'enter' | 'leave' | 'resume';
  /** False where the row says that the tree has no such function: then the editor stays where it is. */
  readonly found: boolean;
}

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

  /** The current step, as its row is read out. */
  async step(): Promise<Step> {
    const label = (await this.current().getAttribute('aria-label')) ?? '';
    const [name = '', program = '', way = ''] = label.split(', ');
    const kind = way.startsWith('leaves') ? 'leave' : way.startsWith('goes on') ? 'resume' : 'enter';
    return { function: name, program, kind, found: !label.endsWith('not found in this tree') };
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

  /** Scrolls the list from its top to the first row of a function and clicks it. */
  async click(name: string): Promise<void> {
    const { page } = this.#window;
    const row = this.#window
      .panel()
      .getByRole('option', { name: new RegExp(`^${name},`) })
      .first();
    await this.#window.panel().getByRole('listbox').hover();
    await page.mouse.wheel(0, -1_000_000);
    for (let turn = 0; turn < 100 && (await row.count()) === 0; turn++) {
      await page.mouse.wheel(0, 100);
      await page.waitForTimeout(100);
    }
    await row.click();
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

/** Runs the command and answers its questions with Enter: scenario, text, backend. A text is given where one is named. */
export async function trace(window: Workbench, text?: string): Promise<Replay> {
  // A run that is shown already stays on screen until the new one is there.
  const heading = window.panel().locator('h1');
  if ((await heading.count()) > 0) await heading.evaluate((shown) => shown.setAttribute('data-before', ''));
  await window.palette('Virtio Trace: Trace virtio-console write');
  await window.answer(undefined, 'What to trace');
  await window.answer(text, 'Text that the guest writes');
  await window.answer(undefined, 'Where acrn-dm lets the bytes go');
  await window.panel().locator('h1:not([data-before])').waitFor({ timeout: 60_000 });
  const replay = new Replay(window);
  await replay.ready();
  return replay;
}

/** What stands in the source for a stage's name: `SYSCALL_DEFINE3(write)` is written `SYSCALL_DEFINE3(write, ...`. */
const written = (name: string): string => name.replace(/[):]$/, '');

/** Functions that a macro makes, whose name stands nowhere in full: the line that makes them. */
const MACRO_MADE: Readonly<Record<string, RegExp>> = { outw: /^BUILDIO\(w,/ };

/** Whether the editor stands where a step is. A function of the list is entered at the line where our own search finds it. */
function isThere(shown: Shown, step: Step, known: Known | undefined, folders: Folders): boolean {
  if (known === undefined) {
    const line = readFileSync(shown.file, 'utf8').split('\n')[shown.line - 1] ?? '';
    return step.kind !== 'enter' || (MACRO_MADE[step.function]?.test(line) ?? line.includes(written(step.function)));
  }
  if (shown.file !== path.join(folders[known.tree], known.file)) return false;
  const lines = definitionLines(folders[known.tree], known.file, known.function);
  return step.kind === 'enter' ? lines.includes(shown.line) : lines.some((line) => line < shown.line);
}

/** Waits until the editor stands where a step is; answers the function of the list that this is, if any. */
async function editorFollows(window: Workbench, step: Step, folders: Folders): Promise<Known | undefined> {
  const user = step.program === 'guest process'; // a program of the user's own has no place in a tree
  if (user || !step.found) return undefined;
  const known = KNOWN.find((it) => it.function === step.function);
  let shown: Shown | undefined;
  const follows = async (): Promise<boolean> => {
    shown = await window.shown();
    return shown !== undefined && isThere(shown, step, known, folders);
  };
  await until(`the editor to ${step.kind} ${step.function}`, follows).catch((error: unknown) => {
    throw new Error(`it shows ${shown === undefined ? 'no code' : `${shown.file}:${shown.line}`}`, { cause: error });
  });
  return known;
}

/** Whether at least ten functions of the list, of all four programs, are among these. */
const isWholePath = (met: ReadonlySet<Known>): boolean =>
  met.size >= 10 && KNOWN.every((it) => [...met].some((known) => known.program === it.program));

/**
 * Steps through the run to its end, or only until all four programs have come by; at each step the editor must be there. At
 * least ten functions of the list, of all four programs, must have come by.
 */
export async function walk(
  window: Workbench,
  replay: Replay,
  folders: Folders,
  how: 'to the end' | 'far enough',
): Promise<void> {
  const met = new Set<Known>();
  const { of } = await replay.position();
  for (let { step } = await replay.position(); ; step++) {
    const known = await editorFollows(window, await replay.step(), folders);
    if (known !== undefined && !met.has(known)) await window.screenshot(`${known.program}-${known.function}`);
    if (known !== undefined) met.add(known);
    if (step === of || (how === 'far enough' && isWholePath(met))) break;
    await replay.press('Step forward');
  }
  assert.ok(isWholePath(met), `only these came by: ${[...met].map((it) => it.function).join(', ')}`);
}
