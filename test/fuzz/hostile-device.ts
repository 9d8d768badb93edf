import fc from 'fast-check';
import type { RecordedOp } from '../../src/emulator/conformance/document.ts';
import { Player } from '../../src/emulator/conformance/player.ts';
import type { Chunk } from '../../src/trace/columns.ts';
import { EVENT_KINDS } from '../../src/trace/kinds.ts';
import { readMemory, stateAt } from '../../src/trace/state.ts';
import type { Trace } from '../../src/trace/trace.ts';

/*
 * A driver that writes anything anywhere, at any moment, in front of the emulated device model. After every operation the
 * properties below hold; each names the section of virtio 1.2 that it comes from.
 */

const GUEST_RAM = 'User VM RAM';
const RAM = 0x20000;
const RINGS = 0x10000;
const STEP = 0x2000;
const QUEUES = 6;
/** Events of one operation at most: 64 entries of at most 512 descriptors each, and what surrounds them. */
const MOST_EVENTS = 400_000;

const MEMORY = EVENT_KINDS.indexOf('memory');
const ENTER = EVENT_KINDS.indexOf('enter');
const HAZARD = EVENT_KINDS.indexOf('hazard');
const AREA = 0x100000000;

const hex = (value: number, bytes: number): string => {
  let text = '';
  for (let i = 0; i < bytes; i++) {
    text += (Math.floor(value / 256 ** i) % 256).toString(16).padStart(2, '0');
  }
  return text;
};

const ringOf = (queue: number): number => RINGS + queue * STEP;

/** An address: mostly one that matters, sometimes any. */
const address = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: RINGS, max: RINGS + QUEUES * STEP }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: RAM - 1 }) },
  { weight: 1, arbitrary: fc.constantFrom(RAM - 8, RAM - 1, RAM, 0, 0xffffffff, 0x1_0000_0000, 2 ** 52) },
);
const length = fc.oneof(fc.constantFrom(0, 1, 4, 8, 12, 64, 4096, 0xffffffff), fc.integer({ min: 0, max: 300 }));
const queue = fc.integer({ min: 0, max: QUEUES - 1 });

/** A descriptor, put into a ring and made available (virtio 1.2, 2.7.5 and 2.7.6): everything in it is the guest's will. */
const post = fc
  .record({
    queue,
    slot: fc.integer({ min: 0, max: 63 }),
    address,
    length,
    flags: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(0, 2) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 7 }) },
    ),
    next: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 0xffff })),
    head: fc.option(fc.integer({ min: 0, max: 0xffff }), { nil: undefined, freq: 8 }),
    advance: fc.constantFrom(1, 1, 1, 1, 2, 64, 65, 0xffff),
  })
  .map((one): RecordedOp[] => {
    const ring = ringOf(one.queue);
    const descriptor = hex(one.address, 8) + hex(one.length, 4) + hex(one.flags, 2) + hex(one.next, 2);
    const avail = ring + 1024;
    return [
      { op: 'mem_write', gpa: ring + 16 * one.slot, hex: descriptor },
      { op: 'mem_write', gpa: avail + 4 + 2 * (one.slot % 64), hex: hex(one.head ?? one.slot, 2) },
      { op: 'mem_write', gpa: avail + 2, value: `old_idx+${one.advance} (u16)` },
    ];
  });

const size = fc.constantFrom(1, 2, 4, 3, 8);
const value = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.constantFrom(0xff, 0xffff, 0xffffffff, 0x80, 7, 15));

const operation: fc.Arbitrary<RecordedOp[]> = fc.oneof(
  { weight: 6, arbitrary: post },
  {
    weight: 6,
    arbitrary: queue.map((index): RecordedOp[] => [{ op: 'pio_write', offset: 16, size: 2, value: index }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ offset: fc.integer({ min: 0, max: 66 }), size, value })
      .map((one): RecordedOp[] => [{ op: 'pio_write', ...one }]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ offset: fc.integer({ min: 0, max: 66 }), size })
      .map((one): RecordedOp[] => [{ op: 'pio_read', ...one }]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ bar: fc.constantFrom(0, 1), offset: fc.integer({ min: 0, max: 1100 }), size, value })
      .map((one): RecordedOp[] => [{ op: 'bar_write', ...one }]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ offset: fc.integer({ min: 0, max: 255 }), size: fc.constantFrom(1, 2, 4), value })
      .map((one): RecordedOp[] => [{ op: 'pci_cfg_write', ...one }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ gpa: address, bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }) })
      .map(({ gpa, bytes }): RecordedOp[] => [{ op: 'mem_write', gpa, hex: Buffer.from(bytes).toString('hex') }]),
  },
  {
    weight: 2,
    arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes): RecordedOp[] => [
      { op: 'backend_input', endpoint: 'pty0', hex: Buffer.from(bytes).toString('hex') },
      { op: 'run_mevent', max_iterations: 3 },
    ]),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<RecordedOp[]>(
      [{ op: 'run_iothread', max_iterations: 3 }],
      [
        { op: 'sleep_ms', ms: 2 },
        { op: 'run_mevent', max_iterations: 3 },
      ],
      [
        { op: 'backend_connect', endpoint: 'client', path: '/run/con.sock' },
        { op: 'run_mevent', max_iterations: 3 },
      ],
      [
        { op: 'backend_input', endpoint: 'client', hex: '616263' },
        { op: 'run_mevent', max_iterations: 3 },
      ],
      [{ op: 'backend_stop_reading', endpoint: 'client' }],
      [
        { op: 'backend_close', endpoint: 'client' },
        { op: 'run_mevent', max_iterations: 3 },
      ],
      [
        { op: 'backend_close', endpoint: 'pty0' },
        { op: 'run_mevent', max_iterations: 3 },
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ queue, page: fc.integer({ min: 0, max: 2 * (RAM / 4096) }) }).map((one): RecordedOp[] => [
      { op: 'pio_write', offset: 14, size: 2, value: one.queue },
      { op: 'pio_write', offset: 8, size: 4, value: one.page },
    ]),
  },
);

const port = (offset: number, bytes: number, written: number): RecordedOp => ({
  op: 'pio_write',
  offset,
  size: bytes,
  value: written,
});

/** What acrn-dm was started with: each is another way through the code. */
interface Device {
  /** Options of the console; null where the whole device is left out. */
  readonly opts: string;
  /** Threads of a forced `base.iothread`; undefined for a stock console. */
  readonly iothreads: number | undefined;
  /** Harness settings: without MSI-X, polling. */
  readonly settings: readonly string[];
}

const devices: fc.Arbitrary<Device> = fc.record({
  opts: fc.constantFrom(
    '@pty:con,file:log=out',
    '@pty:con,file:log=out',
    '@file:con=out,pty:log',
    '@stdio:con',
    '@socket:con=/run/con.sock:server,pty:log',
  ),
  iothreads: fc.constantFrom(undefined, undefined, undefined, 0, 1, 3),
  settings: fc.constantFrom([], [], [], ['uses_msix 0'], ['poll 1000000']),
});

/** A device whose driver has set it up as virtio 1.2, 3.1.1 says, and goes wild from here on. */
function setUp({ opts, iothreads, settings }: Device): Player {
  const player = new Player({
    name: 'hostile',
    device: { opts: null, stdin: 'null', harness_settings: settings },
    guest_memory: { low: { gpa: 0, size: RAM }, high: { gpa: 0x1_0000_0000, size: 0x1000 } },
    regions: [],
    functions: {},
    ops: [],
  });
  player.act({ op: 'init', opts });
  if (iothreads !== undefined) {
    player.act({ op: 'set_iothread', n: iothreads });
  }
  for (const op of [port(18, 1, 1), port(18, 1, 3), port(4, 4, 3)]) {
    player.act(op);
  }
  for (let index = 0; index < QUEUES; index++) {
    player.act(port(14, 2, index));
    player.act(port(8, 4, ringOf(index) / 4096));
  }
  player.act(port(18, 1, 7));
  return player;
}

/** A case: what stands in front of the driver, and what it does, one operation after the other. */
export interface HostileCase {
  readonly device: Device;
  readonly ops: readonly (readonly RecordedOp[])[];
}

/** Cases of the hostile driver. */
export const hostileCases: fc.Arbitrary<HostileCase> = fc.record({
  device: devices,
  ops: fc.array(operation, { minLength: 1, maxLength: 14 }),
});

/** Plays one case; throws where a property does not hold. */
export function playHostile({ device, ops }: HostileCase): void {
  const player = setUp(device);
  const { trace } = player.recorder;
  let from = trace.length;
  for (const op of ops.flat()) {
    const lives = player.act(op);
    check(trace, from, !lives);
    from = trace.length;
  }
  stateIsExact(player);
}

function check(trace: Trace, from: number, died: boolean): void {
  if (trace.length - from > MOST_EVENTS) {
    throw new Error(`${trace.length - from} events in one operation`);
  }
  const calls = new Map<string, number>();
  const hazards = new Set<string>();
  const ram = trace.memories.findIndex(({ name }) => name === GUEST_RAM);
  for (let at = from; at < trace.length; at++) {
    const found = trace.locate(at);
    if (found === undefined) {
      continue;
    }
    const { chunk, row } = found;
    const name = trace.stages[chunk.stage[row] ?? 0]?.function ?? '';
    if (chunk.kind[row] === ENTER) {
      calls.set(name, (calls.get(name) ?? 0) + 1);
    } else if (chunk.kind[row] === HAZARD) {
      hazards.add(trace.expressions[chunk.key[row] ?? 0] ?? '');
    } else if (chunk.kind[row] === MEMORY && Math.floor((chunk.old[row] ?? 0) / AREA) === ram) {
      checkWrite(name, chunk, row);
    }
  }
  usedOnlyWhatWasTaken(calls);
  if (died && !hazards.has('segmentation-fault') && !hazards.has('null-pointer-call')) {
    throw new Error('the process died without a hazard');
  }
}

/** virtio 1.2, 2.7.8.2: the device returns only buffers that it took from the available ring. */
function usedOnlyWhatWasTaken(calls: ReadonlyMap<string, number>): void {
  const [taken, returned] = [calls.get('vq_getchain') ?? 0, calls.get('vq_relchain') ?? 0];
  if (returned > taken) {
    throw new Error(`${returned} chains returned, ${taken} taken`);
  }
}

/** Functions of the device model that may write guest memory. */
const WRITERS = new Set([
  'vq_relchain',
  'vq_clear_used_ring_flags',
  'virtio_console_notify_rx',
  'virtio_console_control_send',
  'virtio_console_backend_read',
]);

/**
 * virtio 1.2, 2.7.8: used.idx moves by one for each returned chain; 2.7.4 and 2.7.6: nothing else of the driver's memory
 * changes but what it offered. What lies outside RAM is never written.
 */
function checkWrite(name: string, chunk: Chunk, row: number): void {
  const count = (chunk.old[row] ?? 0) % AREA;
  const start = chunk.key[row] ?? 0;
  const end = (chunk.value[row] ?? 0) + count;
  const inRam = end <= RAM || ((chunk.value[row] ?? 0) >= AREA && end <= AREA + 0x1000);
  if (!inRam) {
    throw new Error(`${name} writes outside RAM, at ${chunk.value[row]}`);
  }
  if (name === '') {
    return;
  }
  if (!WRITERS.has(name)) {
    throw new Error(`${name} writes guest memory`);
  }
  if (name === 'vq_relchain' && count === 2) {
    const index = (at: number): number => (chunk.heap[at] ?? 0) + 256 * (chunk.heap[at + 1] ?? 0);
    if (index(start + 2) !== ((index(start) + 1) & 0xffff)) {
      throw new Error(`used.idx goes from ${index(start)} to ${index(start + 2)}`);
    }
  }
}

/** The trace's state at its end is the memory's own. */
function stateIsExact(player: Player): void {
  const { trace } = player.recorder;
  const area = trace.memories.findIndex(({ name }) => name === GUEST_RAM);
  const state = stateAt(trace, trace.length - 1);
  const real = player.guestRam.read(0 as never, RAM);
  if (Buffer.compare(readMemory(state, area, 0, RAM), real) !== 0) {
    throw new Error('the state at the end is not the memory');
  }
}
