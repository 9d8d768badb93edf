import { spawnSync } from 'node:child_process';
import { utf8 } from '../../src/base/bytes.ts';
import { type GuestAct, Machine } from '../../src/emulator/machine.ts';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { consoleOptions } from '../../src/scenarios/named.ts';
import { CHUNK_EVENTS, type Chunk } from '../../src/trace/columns.ts';
import { stateAt } from '../../src/trace/state.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { nanosecondsPerNotify } from '../emulator/device-model/bench.ts';
import type { Row } from './rows.ts';

const HELLO: GuestAct = { vcpu: 0, path: '/dev/hvc0', bytes: utf8('hello') };
/** Writes of one measured run: the guest makes them one after the other, as a busy process does. */
const BATCH = 100;

const now = (): number => Number(process.hrtime.bigint());
const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** A machine with a file behind its console, set up and warm. */
function warmMachine(): Machine {
  const machine = new Machine({
    vcpus: 1,
    consoleOptions: consoleOptions('file'),
    seed: 0,
    outside: emulatedOutside(),
  });
  for (let i = 0; i < 30; i++) {
    machine.run(Array.from({ length: BATCH }, () => HELLO));
  }
  return machine;
}

/** Nanoseconds of one traced write there and back, by batch. */
function stockWrites(machine: Machine, batches: number): number[] {
  const actions = Array.from({ length: BATCH }, () => HELLO);
  return Array.from({ length: batches }, () => {
    const start = now();
    const end = machine.run(actions);
    if (end !== 'quiet') {
      throw new Error(`the run ended ${end}`);
    }
    return (now() - start) / BATCH;
  });
}

/** Bytes that a trace's kept events hold: columns, contents of memory changes and output, and the states that chunks carry. */
function bytesPerEvent(trace: Trace): number {
  let bytes = 0;
  let events = 0;
  const pages = new Set<Uint8Array>();
  for (const chunk of trace.chunks.filter(({ capacity }) => capacity === CHUNK_EVENTS)) {
    bytes += columnBytes(chunk) + chunk.heap.length + 8 * (chunk.before?.values.length ?? 0);
    events += chunk.length;
    for (const page of chunk.before?.memory.flatMap((area) => [...area.values()]) ?? []) {
      pages.add(page);
    }
  }
  return (bytes + 4096 * pages.size) / events;
}

const columnBytes = (chunk: Chunk): number =>
  [chunk.kind, chunk.context, chunk.stage, chunk.cause, chunk.time, chunk.key, chunk.old, chunk.value].reduce(
    (sum, column) => sum + column.byteLength,
    0,
  );

/** The slowest of many seeks all over the kept events, in milliseconds; each place is sought several times. */
function slowestSeek(trace: Trace): number {
  let slowest = 0;
  const kept = trace.length - trace.dropped;
  for (let i = 0; i < 400; i++) {
    const at = trace.dropped + Math.floor((kept - 1) * ((i * 0.618034) % 1));
    let best = Number.POSITIVE_INFINITY;
    for (let again = 0; again < 3; again++) {
      const start = now();
      stateAt(trace, at);
      best = Math.min(best, now() - start);
    }
    slowest = Math.max(slowest, best);
  }
  return slowest / 1e6;
}

const machineRows = (): Row[] => {
  const machine = warmMachine();
  const writes = stockWrites(machine, 400);
  const { trace } = machine;
  while (trace.length - trace.dropped < 1_000_000 - CHUNK_EVENTS) {
    stockWrites(machine, 10);
  }
  return [
    { name: 'emulator.stock-write', value: middle(writes) / 1000, unit: 'us', budget: 10 },
    { name: 'emulator.stock-write.fastest', value: Math.min(...writes) / 1000, unit: 'us' },
    { name: 'trace.event-bytes', value: bytesPerEvent(trace), unit: 'bytes', budget: 40 },
    { name: 'trace.seek', value: slowestSeek(trace), unit: 'ms', budget: 16 },
  ];
};

const notifyRows = (): Row[] => [
  { name: 'emulator.device-notify', value: nanosecondsPerNotify(101, 5000, 100), unit: 'ns', budget: 500 },
];

/** Memory that a run of 1,000,000 writes ends with, the window and the output that is kept whole included. */
function millionRows(): Row[] {
  const machine = warmMachine();
  const before = held();
  stockWrites(machine, 10_000);
  const { trace, guest } = machine;
  console.error(
    `1,000,000 writes: ${trace.dropped} of ${trace.length} events and ${guest.droppedResults} outcomes dropped`,
  );
  return [{ name: 'emulator.million-writes', value: held() - before, unit: 'bytes', budget: 64 * 1024 * 1024 }];
}

/** What is measured in a process of its own: code that another measurement has warmed differently is not the same code. */
export const EMULATOR_PARTS: Readonly<Record<string, () => Row[]>> = {
  machine: machineRows,
  notify: notifyRows,
  million: millionRows,
};

/** Rows of the emulator and its trace. */
export function emulatorRows(long: boolean): Row[] {
  const skipped: Row = { name: 'emulator.million-writes', unit: 'bytes', reason: 'only with --long' };
  return [...partRows('machine'), ...partRows('notify'), ...(long ? partRows('million') : [skipped])];
}

function partRows(part: string): Row[] {
  const command = ['--expose-gc', 'scripts/run-ts.mjs', 'test/bench/print-emulator-part.ts', part];
  const { status, stdout } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) {
    throw new Error(`the measurement of ${part} failed`);
  }
  return JSON.parse(stdout) as Row[];
}

function held(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
