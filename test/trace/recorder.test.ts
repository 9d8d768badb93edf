import { describe, expect, it } from 'vitest';
import { type Gpa, gpa } from '../../src/base/brand.ts';
import { CellFactory } from '../../src/emulator/cell.ts';
import { Cx } from '../../src/emulator/cx.ts';
import { Memory, OutsideRam } from '../../src/emulator/memory.ts';
import { acrnFile, declaredStages, stage } from '../../src/emulator/stage.ts';
import { traceHash } from '../../src/trace/hash.ts';
import { hopsOf } from '../../src/trace/hops.ts';
import { Recorder } from '../../src/trace/recorder.ts';
import { readMemory, stateAt } from '../../src/trace/state.ts';

const file = acrnFile('device-model', 'a/b.c');
const leaf = stage(file, 'leaf', (_cx: Cx<undefined>, n: number) => n + 1);
const other = stage(file, 'other', (cx: Cx<undefined>, n: number) => leaf(cx, n) * 2);
const root = stage(file, 'root', (cx: Cx<undefined>, n: number) => {
  const first = leaf(cx, n);
  return cx.ptr('ops->other', other)(cx, first);
});

function fresh(window?: number): { recorder: Recorder; cx: Cx<undefined> } {
  const recorder = new Recorder(declaredStages(), window);
  const context = recorder.context('device-model', 'thread');
  return { recorder, cx: new Cx(undefined, recorder, recorder.strand('thread'), context) };
}

const nameOf = (index: number): string => declaredStages()[index]?.function ?? '?';

describe('recorder', () => {
  it('records enter and exit in nesting order, each exit naming its enter', () => {
    const { recorder, cx } = fresh();
    expect(root(cx, 1)).toBe(6);
    const seen = [...recorder.trace.events()].map((e) => `${e.kind} ${nameOf(e.stage)}`);
    expect(seen).toEqual([
      'enter root',
      'enter leaf',
      'exit leaf',
      'hop root',
      'enter other',
      'enter leaf',
      'exit leaf',
      'exit other',
      'exit root',
    ]);
    const exits = [...recorder.trace.events()].filter((e) => e.kind === 'exit');
    for (const exit of exits) {
      expect(recorder.trace.event(exit.cause)).toMatchObject({ kind: 'enter', stage: exit.stage });
    }
  });

  it('derives plain calls, pointer calls and calls after a return', () => {
    const { recorder, cx } = fresh();
    root(cx, 1);
    const hops = [...hopsOf(recorder.trace)].map((h) => `${nameOf(h.from)} ${h.kind} ${nameOf(h.to)} ${h.expr}`.trim());
    expect(hops).toEqual([
      'root direct_call leaf',
      'leaf return_then_call root ops->other',
      'root fptr_call other ops->other',
      'other direct_call leaf',
    ]);
  });

  it('leaves every stage when the body throws', () => {
    const { recorder, cx } = fresh();
    const faulty = stage(file, 'faulty', (inner: Cx<undefined>) => inner.ptr('NULL', undefined));
    const again = new Recorder(declaredStages());
    const cx2 = new Cx(undefined, again, again.strand('t'), again.context('device-model', 't'));
    expect(() => faulty(cx2)).toThrow('null-pointer-call');
    expect([...again.trace.events()].map((e) => e.kind)).toEqual(['enter', 'exit']);
    expect(recorder.length).toBe(0);
    expect(cx.strand.depth).toBe(0);
  });
});

describe('state', () => {
  it('is exact at every event, equal to a fresh run stopped there', () => {
    const run = (steps: number): { recorder: Recorder; ram: Memory; values: number[] } => {
      const { recorder, cx } = fresh();
      const cells = new CellFactory(recorder, 'device-model');
      const a = cells.number('a', 7);
      const ram = new Memory(recorder, 'device-model', 'ram', [{ start: 0, size: 65536 }]);
      cx.enter(leaf.stage);
      for (let i = 0; i < steps; i++) {
        a.value = i * 3;
        ram.write32(gpa(4094 + i), i * 0x01020304);
      }
      return { recorder, ram, values: [a.value] };
    };
    const whole = run(20).recorder.trace;
    for (const steps of [0, 1, 7, 20]) {
      const stopped = run(steps);
      const state = stateAt(whole, stopped.recorder.length - 1);
      expect(state.values).toEqual(stopped.values);
      expect(readMemory(state, 0, 4090, 64)).toEqual(stopped.ram.read(4090 as Gpa, 64));
    }
  });

  it('drops the oldest events of a full window, counts them, and keeps the state exact', () => {
    const { recorder, cx } = fresh(65536);
    const cells = new CellFactory(recorder, 'device-model');
    const a = cells.number('a');
    cx.enter(leaf.stage);
    for (let i = 1; i <= 300_000; i++) {
      a.value = i;
    }
    const { trace } = recorder;
    expect(trace.dropped).toBeGreaterThan(0);
    expect(trace.length).toBe(recorder.length);
    expect(trace.event(trace.dropped - 1)).toBeUndefined();
    expect(stateAt(trace, trace.dropped).values).toEqual([trace.event(trace.dropped)?.value]);
    expect(stateAt(trace, trace.length - 1).values).toEqual([300_000]);
  });

  it('keeps the bytes of an event with the event, also where that is the first of a chunk (found by npm run fuzz)', () => {
    const { recorder } = fresh();
    const ram = new Memory(recorder, 'device-model', 'ram', [{ start: 0, size: 4096 }]);
    const out = recorder.endpoint('out');
    for (let i = 0; i < 140_000; i++) {
      ram.write32(gpa(8), i);
      if (i % 1000 === 0) {
        recorder.output(out, Uint8Array.of(i % 251));
      }
    }
    const { trace } = recorder;
    expect(trace.chunks.length).toBe(3);
    let written = 0;
    for (const event of trace.events()) {
      const heap = trace.locate(event.seq)?.chunk.heap ?? new Uint8Array(0);
      if (event.kind === 'memory') {
        const value = new DataView(heap.buffer, heap.byteOffset).getUint32(event.key + 4, true);
        expect(value).toBe(written++);
      } else {
        expect(heap[event.key]).toBe((written - 1) % 251);
      }
    }
    expect(written).toBe(140_000);
  });

  it('tells memory exactly on both sides of every chunk, from pages that were copied when the chunk began', () => {
    const { recorder } = fresh();
    const ram = new Memory(recorder, 'device-model', 'ram', [{ start: 0, size: 16384 }]);
    for (let i = 0; i < 140_000; i++) {
      ram.write32(gpa(4096 * (i % 3) + 8), i);
    }
    const { trace } = recorder;
    expect(trace.chunks.length).toBe(3);
    for (const at of [0, 65535, 65536, 65537, 131071, 131072, 139_999]) {
      const state = stateAt(trace, at);
      for (const last of [at, at - 1, at - 2].filter((one) => one >= 0)) {
        const [low, , high] = readMemory(state, 0, 4096 * (last % 3) + 8, 4);
        expect([low, high]).toEqual([last & 0xff, last >>> 16]);
      }
    }
  });

  it('reads never-written memory as zero and refuses what is no RAM', () => {
    const { recorder } = fresh();
    const ram = new Memory(recorder, 'device-model', 'ram', [{ start: 0, size: 8192 }]);
    expect(ram.read64(gpa(16))).toBe(0);
    ram.write64(gpa(4092), 0x0001_0002_0003_0004);
    expect(ram.read64(gpa(4092))).toBe(0x0001_0002_0003_0004);
    expect(() => ram.read32(gpa(8190))).toThrow(OutsideRam);
    expect(() => ram.write16(gpa(8191), 1)).toThrow(OutsideRam);
  });

  it('gives the same hash for the same run and another for another', () => {
    const hash = (n: number): string => {
      const { recorder, cx } = fresh();
      const cell = new CellFactory(recorder, 'device-model').number('n');
      cx.enter(leaf.stage);
      cell.value = n;
      return traceHash(recorder.trace);
    };
    expect(hash(1)).toBe(hash(1));
    expect(hash(1)).not.toBe(hash(2));
  });
});
