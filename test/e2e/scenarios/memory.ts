import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Replay, trace, until } from '../replay.ts';
import type { Scenario } from '../runner.ts';
import { ARTIFACTS, type Workbench } from '../workbench.ts';

/** Traces in all: fifty take minutes, so they are made where E2E_LONG is set. Five are enough to see what one costs. */
const RUNS = process.env['E2E_LONG'] === undefined ? 10 : 50;

/** Where the probe writes, a line for each measurement. */
const FILE = path.join(ARTIFACTS, 'host-memory.jsonl');

interface Memory {
  readonly heapUsed: number;
  readonly external: number;
  readonly arrayBuffers: number;
  readonly rss: number;
}

const measured = (): readonly Memory[] =>
  existsSync(FILE)
    ? readFileSync(FILE, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

async function measure(window: Workbench): Promise<Memory> {
  const before = measured().length;
  await window.palette('Probe: Write the host');
  await until('a measurement', async () => measured().length > before, 15_000);
  const [last] = measured().slice(-1);
  assert.ok(last !== undefined);
  return last;
}

/** One trace more: a step away from the first, so that the new run is seen to begin there. */
async function traceAgain(window: Workbench): Promise<void> {
  const replay = new Replay(window);
  await replay.press('Step forward');
  await trace(window);
  await until('the new run', async () => (await replay.position()).step === 1, 30_000);
  // The panel takes the focus when it shows a new run; a person would not be at the next command before that.
  await window.page.waitForTimeout(1000);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(7);

/** The extension host after five traces and after many in one window: nothing may pile up. */
export const memory: readonly Scenario[] = [
  {
    name: `${RUNS} traces in one window: the memory of the extension host after 5 and after ${RUNS}`,
    server: () => {
      mkdirSync(ARTIFACTS, { recursive: true });
      rmSync(FILE, { force: true });
      return { fixtures: ['probe'], env: { VIRTIO_TRACE_PROBE: FILE } };
    },
    run: async ({ open }) => {
      const window = await open();
      await trace(window);
      for (let run = 2; run <= 5; run++) await traceAgain(window);
      const early = await measure(window);
      for (let run = 6; run <= RUNS; run++) await traceAgain(window);
      const late = await measure(window);
      console.log(`           MB after run       5 ${String(RUNS).padStart(7)}`);
      for (const name of ['heapUsed', 'external', 'arrayBuffers', 'rss'] as const) {
        console.log(`           ${name.padEnd(12)}${megabytes(early[name])} ${megabytes(late[name])}`);
      }
      // A trace and its map are some 15 MB: five of them would show.
      assert.ok(late.heapUsed + late.external < early.heapUsed + early.external + 40e6, 'traces pile up in the host');
    },
  },
];
