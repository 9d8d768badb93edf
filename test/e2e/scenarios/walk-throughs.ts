import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Replay, until } from '../replay.ts';
import type { Scenario, World } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

/** A run in the editor, asked by a person who has never seen the path: by the panel alone. */
class Asker {
  readonly window: Workbench;
  readonly replay: Replay;
  /** Topic that the State tab shows; it begins with the first. */
  #topic = 'Virtqueue';

  private constructor(window: Workbench) {
    this.window = window;
    this.replay = new Replay(window);
  }

  static async open(world: World): Promise<Asker> {
    return new Asker(await world.open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-asks-'))));
  }

  get panel(): ReturnType<Workbench['panel']> {
    return this.window.panel();
  }

  /** Runs a scenario by its title, with its own text where it has one. */
  async run(title: string, text: boolean): Promise<void> {
    this.#topic = 'Virtqueue';
    const heading = this.panel.locator('h1');
    const before = (await heading.count()) > 0 ? await heading.textContent() : '';
    await this.window.palette('Virtio Trace: Trace virtio-console write');
    await this.window.answer(title, 'What to trace');
    if (text) await this.window.answer(undefined, 'Text that the guest writes');
    await this.window.answer(undefined, 'Where acrn-dm lets the bytes go');
    await this.replay.ready();
    // The run before stays on screen until the new one is there.
    await until('the new run', async () => (await heading.textContent()) !== before, 30_000);
    await this.window.page.waitForTimeout(1000);
  }

  /** Goes to the first step of the run in which a function is entered, by the finder. */
  async goTo(name: string): Promise<void> {
    await this.replay.current().click();
    await this.window.page.keyboard.press('Home');
    await this.window.page.keyboard.press('f');
    await this.panel.getByRole('dialog').locator('input').first().fill(name);
    await this.panel.locator('.found', { hasText: name }).first().waitFor();
    await this.window.page.keyboard.press('Enter');
    await until(name, async () => (await this.replay.step()).function === name);
  }

  /** What the State tab says of a topic. */
  async state(topic: string): Promise<Locator> {
    await this.panel.getByRole('tab', { name: 'State', exact: true }).click();
    if (this.#topic !== topic) {
      await this.panel.locator('.state-bar vscode-dropdown').first().click();
      await this.panel.locator('.state-bar vscode-option', { hasText: topic }).first().click();
      this.#topic = topic;
    }
    await this.window.page.waitForTimeout(400);
    return this.panel.locator('.state-body');
  }

  /** What the Why tab says. */
  async why(): Promise<string> {
    await this.panel.getByRole('tab', { name: 'Why', exact: true }).click();
    await this.window.page.waitForTimeout(400);
    return (await this.panel.locator('.why').textContent()) ?? '';
  }

  /** The row of a table that holds a text. */
  async row(topic: string, text: string | RegExp): Promise<string> {
    const row = (await this.state(topic)).locator('tbody tr', { hasText: text }).first();
    await row.waitFor();
    return (await row.textContent()) ?? '';
  }

  /** The thread that runs now. */
  async running(): Promise<string> {
    const row = (await this.state('Who runs, who waits')).locator('tbody tr.is-runs');
    return (await row.first().textContent()) ?? '';
  }
}

const HELLO = { stock: 'Write a line to /dev/hvc0', thread: 'Kick through an ioeventfd' } as const;

async function whoWrites(world: World): Promise<void> {
  const asker = await Asker.open(world);
  await asker.run(HELLO.stock, true);
  await asker.goTo('virtio_console_backend_write');
  assert.match(await asker.running(), /acrn-dm thread "vcpu 0"/);
  await asker.window.screenshot('who-writes');
  await asker.run(HELLO.thread, true);
  await asker.goTo('virtio_console_backend_write');
  const other = await asker.running();
  assert.match(other, /iothr-0-vtcon/);
  assert.doesNotMatch(other, /vcpu 0/);
}

async function whatTheVcpuDoes(world: World): Promise<void> {
  const asker = await Asker.open(world);
  await asker.run(HELLO.stock, true);
  await asker.goTo('virtio_console_backend_write');
  const sleeps = await asker.row('Who runs, who waits', /pCPU running User VM vCPU 0/);
  assert.match(sleeps, /waits/);
  assert.match(sleeps, /until somebody makes its thread runnable/);
  await asker.window.screenshot('vcpu-sleeps');
  await asker.run('A real-time VM polls for completion', true);
  await asker.goTo('virtio_console_backend_write');
  const spins = await asker.row('Who runs, who waits', /pCPU running User VM vCPU 0/);
  assert.match(spins, /until the slot is complete: it spins/);
  assert.doesNotMatch(spins, /until somebody makes/);
}

/** The functions that a field's line names, unfolded. */
async function writers(asker: Asker, field: string): Promise<string> {
  const body = await asker.state('Virtqueue');
  const line = body.locator('details.field', { has: asker.panel.locator(`summary .name:text-is("${field}")`) }).first();
  await line.scrollIntoViewIfNeeded();
  await line.locator('summary').click();
  const text = (await line.textContent()) ?? '';
  await asker.window.screenshot(`writers-${field}`);
  await line.locator('summary').click();
  return text;
}

async function whoBinds(world: World): Promise<void> {
  const asker = await Asker.open(world);
  await asker.run(HELLO.stock, true);
  await asker.goTo('virtio_console_notify_tx');
  const bound = await writers(asker, 'notify');
  assert.match(bound, /virtio_console_notify_tx/);
  assert.match(bound, /written by\s*virtio_console_init/);
  assert.match(await writers(asker, 'viothrd.iothread_run'), /NULL.*not written in this run/s);
  await asker.run(HELLO.thread, true);
  await asker.goTo('virtio_console_notify_tx');
  const inThread = await writers(asker, 'viothrd.iothread_run');
  assert.match(inThread, /virtio_console_notify_tx.*written by\s*virtio_set_iothread/s);
}

async function slotState(world: World): Promise<void> {
  const asker = await Asker.open(world);
  const slot = async (): Promise<string> => {
    await asker.goTo('ioreq_dispatcher');
    const body = await asker.state('I/O request page');
    return (await body.locator('.slot-summary').textContent()) ?? '';
  };
  await asker.run(HELLO.stock, true);
  assert.match(await slot(), /Slot 0 is PENDING/);
  await asker.window.screenshot('slot-pending');
  await asker.run('Kick through the shared buffer of asyncio', true);
  assert.match(await slot(), /Slot 0 is FREE/);
}

async function whyNoUsedEntry(world: World): Promise<void> {
  const asker = await Asker.open(world);
  await asker.run('Two descriptors in a chain are refused', false);
  await asker.goTo('vq_endchains');
  const refused = await asker.why();
  assert.match(refused, /more descriptors than the one/);
  assert.match(refused, /a chain was taken that has not come back/);
  await asker.window.screenshot('chain-refused');
  // The way out is a button: it runs the scenario in which the buffer comes back.
  const title = await asker.panel.locator('h1').textContent();
  await asker.panel
    .getByRole('button', { name: /Run it: Write to a port that is no console/ })
    .or(asker.panel.locator('.why vscode-button', { hasText: 'Write to a port that is no console' }))
    .first()
    .click();
  await until('the other run', async () => (await asker.panel.locator('h1').textContent()) !== title, 60_000);
  await asker.goTo('vq_endchains');
  assert.doesNotMatch(await asker.why(), /more descriptors than the one|has not come back/);
  await asker.window.screenshot('chain-accepted');
}

/** What a person can find out from the panel alone; each question is put to a second run whose answer differs. */
export const walkThroughs: readonly Scenario[] = [
  { name: 'walk-through: which thread called writev', run: whoWrites },
  { name: 'walk-through: what the vCPU was doing meanwhile', run: whatTheVcpuDoes },
  { name: 'walk-through: who bound vq->notify', run: whoBinds },
  { name: 'walk-through: in which state the slot was when the workqueue ran', run: slotState },
  { name: 'walk-through: why the guest got no used entry for a chain of two', run: whyNoUsedEntry },
];
