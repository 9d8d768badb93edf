import type { Out, RecordedOp, Recording } from '../../../src/emulator/conformance/document.ts';
import { playRecording } from '../../../src/emulator/conformance/player.ts';

const RING = 0x10000;
const STEP = 0x8000;
const BUFFERS = 0x140000;

const le = (value: number, bytes: number): string => {
  let hex = '';
  for (let i = 0; i < bytes; i++) {
    hex += (Math.floor(value / 256 ** i) % 256).toString(16).padStart(2, '0');
  }
  return hex;
};

/** A buffer that a driver makes available: its address, length, and descriptor flags. */
export interface Buffer {
  readonly at?: number;
  readonly len: number;
  readonly hex?: string;
  readonly flags?: number;
  readonly next?: number;
}

/** Writes the operations of a small legacy driver, as a recording of the device model lists them. */
export class Driver {
  readonly ops: RecordedOp[] = [];
  readonly #avail = new Map<number, number>();

  constructor(opts: string) {
    this.ops.push({ op: 'init', opts });
  }

  /** Any operation. */
  op(op: RecordedOp): this {
    this.ops.push(op);
    return this;
  }

  /** Status 1, 3, features, the queues, DRIVER_OK. */
  bringUp(queues: readonly number[]): this {
    this.port(18, 1, 0).port(18, 1, 1).port(18, 1, 3).port(4, 4, 3);
    for (const queue of queues) {
      this.port(14, 2, queue).port(8, 4, (RING + queue * STEP) / 4096);
    }
    return this.port(18, 1, 7);
  }

  /** Makes one buffer available, without a notification. */
  post(queue: number, buffer: Buffer): this {
    const index = this.#avail.get(queue) ?? 0;
    const ring = RING + queue * STEP;
    const at = buffer.at ?? BUFFERS + queue * 0x4000 + (index % 64) * 256;
    if (buffer.hex !== undefined) {
      this.ops.push({ op: 'mem_write', gpa: at, hex: buffer.hex });
    }
    const descriptor = le(at, 8) + le(buffer.len, 4) + le(buffer.flags ?? 0, 2) + le(buffer.next ?? 0, 2);
    this.ops.push({ op: 'mem_write', gpa: ring + 16 * (index % 64), hex: descriptor });
    this.ops.push({ op: 'mem_write', gpa: ring + 1024 + 4 + 2 * (index % 64), hex: le(index % 64, 2) });
    this.ops.push({ op: 'mem_write', gpa: ring + 1024 + 2, hex: le((index + 1) & 0xffff, 2) });
    this.#avail.set(queue, index + 1);
    return this;
  }

  /** Sends bytes through a queue. */
  send(queue: number, hex: string): this {
    return this.post(queue, { hex, len: hex.length / 2 }).notify(queue);
  }

  notify(queue: number): this {
    return this.port(16, 2, queue);
  }

  port(offset: number, size: number, value: number): this {
    return this.op({ op: 'pio_write', offset, size, value });
  }

  readPort(offset: number, size: number): this {
    return this.op({ op: 'pio_read', offset, size });
  }

  runMevent(max = 20): this {
    return this.op({ op: 'run_mevent', max_iterations: max });
  }

  /** Plays it all; the outcome of each operation. */
  play(stdin = 'null', settings: readonly string[] = []): readonly Out[] {
    const recording: Recording = {
      name: 'driver',
      device: { opts: null, stdin, harness_settings: settings },
      guest_memory: { low: { gpa: 0, size: 0x200000 }, high: { gpa: 0x1_0000_0000, size: 0x100000 } },
      regions: [],
      functions: {},
      ops: this.ops,
    };
    return playRecording(recording).ops.map((op) => op.out ?? {});
  }
}

/** What came out at the far ends, joined, by endpoint. */
export function outputOf(outs: readonly Out[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const out of outs) {
    for (const { endpoint, hex } of (out['backend_out'] as { endpoint: string; hex: string }[] | undefined) ?? []) {
      joined[endpoint] = (joined[endpoint] ?? '') + hex;
    }
  }
  return joined;
}

/** Functions that an outcome's trace lists. */
export const functionsOf = (out: Out | undefined): readonly string[] =>
  ((out?.['trace'] as readonly (readonly [number, number, string])[] | undefined) ?? []).map(([, , name]) => name);
