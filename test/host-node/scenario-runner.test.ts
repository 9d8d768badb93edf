import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CancelSignal, neverCancelled } from '../../src/base/cancel.ts';
import { ScenarioRunner } from '../../src/host-node/scenario-runner.ts';
import { NAMED, stock, withWrite } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { traceHash } from '../../src/trace/hash.ts';
import { stateAt } from '../../src/trace/state.ts';

let folder: string;
let program: string;
let runner: ScenarioRunner;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenario-runner-'));
  program = path.join(folder, 'worker.cjs');
  await build({
    entryPoints: ['src/host-node/run-worker.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    define: { 'import.meta.url': 'here' },
    banner: { js: 'const here = require("node:url").pathToFileURL(__filename).href;' },
  });
  runner = new ScenarioRunner(program);
});
afterAll(() => {
  runner.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const newlines = (count: number): Uint8Array => new Uint8Array(count).fill(10);
const soon = (milliseconds: number): CancelSignal => {
  const end = performance.now() + milliseconds;
  return {
    get cancelled() {
      return performance.now() > end;
    },
  };
};

function named(name: string): Scenario {
  const scenario = NAMED.get(name);
  if (scenario === undefined) {
    throw new Error(name);
  }
  return scenario;
}

describe('scenarios run in a worker thread', () => {
  it.each(['stock', 'receive', 'asyncio'])(
    '%s: the same trace as in this thread, with all that hangs on it',
    async (name) => {
      const here = runScenario(named(name));
      const there = await runner.run(named(name), neverCancelled);
      if (!here.ok) {
        throw new Error(here.error.code);
      }
      expect([there.hash, traceHash(there.trace)]).toEqual(Array(2).fill(traceHash(here.value.trace)));
      expect(there.trace.length).toBe(here.value.trace.length);
      expect(there.trace.event(100)).toEqual(here.value.trace.event(100));
      expect(there.trace.runStart).toBe(here.value.trace.runStart);
      expect(there.output).toEqual(here.value.output);
      expect(stateAt(there.trace, 500)).toEqual(stateAt(here.value.trace, 500));
      expect([there.end, there.outcomes, there.hangs]).toEqual([here.value.end, here.value.outcomes, here.value.hangs]);
    },
  );

  it('a text of 5,000 lines: recorded but for what falls out of the window, while this thread goes on', async () => {
    let beats = 0;
    const heart = setInterval(() => beats++, 5);
    const run = await runner.run(withWrite(stock, newlines(5000)), neverCancelled);
    clearInterval(heart);
    expect(run.trace.dropped).toBeGreaterThan(0);
    expect(run.trace.length - run.trace.dropped).toBeGreaterThan(900_000);
    expect([...run.output.values()].map((bytes) => bytes.length)).toEqual([10_000]);
    expect(stateAt(run.trace, run.trace.length - 1).values.length).toBeGreaterThan(100);
    expect(beats).toBeGreaterThan(3);
  });

  it('stops at once when it is cancelled, and runs the next one', async () => {
    const started = performance.now();
    const long = runner.run(withWrite(stock, newlines(500_000)), soon(150));
    await expect(long).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await runner.run(stock, neverCancelled)).end).toBe('quiet');
  });

  it('writes into a real file where one is named, and says where it cannot', async () => {
    const file = path.join(folder, 'out.txt');
    const scenario = withWrite(stock, undefined, 'file');
    await runner.run(scenario, neverCancelled, file);
    expect(readFileSync(file, 'utf8')).toBe('hello\r\n');
    const nowhere = runner.run(scenario, neverCancelled, path.join(folder, 'no', 'such'));
    await expect(nowhere).rejects.toMatchObject({ problem: { code: 'cannot-write' } });
  });

  it('says what is wrong with a run, and that a thread died', async () => {
    const tooLong = withWrite(stock, new Uint8Array(2_000_000));
    await expect(runner.run(tooLong, neverCancelled)).rejects.toMatchObject({
      problem: { code: 'write-text-too-long' },
    });
    const broken = path.join(folder, 'broken.cjs');
    writeFileSync(broken, "throw new Error('no such thing');");
    const dead = new ScenarioRunner(broken);
    await expect(dead.run(stock, neverCancelled)).rejects.toMatchObject({ problem: { code: 'worker-failed' } });
    dead.dispose();
  });

  it('explores schedules there, tells how far it is, and stops when it is cancelled', async () => {
    const told: [number, number][] = [];
    const bounds = { departures: 1, schedules: 20 };
    const found = await runner.explore(named('two-vcpus'), bounds, neverCancelled, (done, of) => told.push([done, of]));
    expect(found.schedules).toBe(told.length);
    expect(told.every(([done, of]) => done <= of && of <= 20)).toBe(true);
    const bounded = { departures: 9, schedules: 100_000 };
    const cancelled = await runner.explore(named('two-vcpus'), bounded, soon(400));
    expect(cancelled).toMatchObject({ complete: false, why: 'cancelled', bounds: bounded });
    expect(cancelled.schedules).toBeLessThan(1000);
    expect(cancelled.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(cancelled.schedules);
  });
});
