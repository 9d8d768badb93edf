import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cell, CellFactory, PointerCell } from '../../../src/emulator/cell.ts';
import { declaredStages } from '../../../src/emulator/stage.ts';
import { keyOf, READERS, SPEC } from '../../../src/replay/inspect/facts.ts';
import { WriteIndex } from '../../../src/replay/inspect/write-index.ts';
import { FIELD_ABOUT } from '../../../src/texts/inspect/fields.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { STAGES } from '../small-run.ts';
import { sessionOf, traceOf } from './runs.ts';

const known = new Set(declaredStages().map(({ id }) => id));

describe('the table of readers', () => {
  it('names functions that are declared', () => {
    const unknown = Object.values(READERS)
      .flat()
      .filter((id) => !known.has(id));
    expect(unknown).toEqual([]);
  });

  it('and the other tables speak of fields that some machine has', () => {
    const { trace } = sessionOf('asyncio').parts;
    const fields = new Set([...trace.fields, ...sessionOf('poll').parts.trace.fields].map(({ path }) => keyOf(path)));
    const memory = /^(ring|slot|sbuf|pci\.cfgdata|msix\.table)/;
    const strange = [...Object.keys(READERS), ...Object.keys(SPEC), ...Object.keys(FIELD_ABOUT)]
      .filter((key) => !memory.test(key) && !fields.has(key))
      // Ports beyond the first, pipes and timers are there only in some scenarios.
      .filter((key) => !/^(pipeN|timerfdN|tty\.|hvcN)/.test(key));
    expect(strange).toEqual([]);
  });

  describe('against a run in which every look at a field is noted', () => {
    const cells = [Cell, PointerCell].map((made) => ({ made, value: descriptorOf(made.prototype, 'value') }));
    const factories = (['number', 'hex', 'pointer'] as const).map((name) => ({
      name,
      make: descriptorOf(CellFactory.prototype, name),
    }));
    const field = descriptorOf(Recorder.prototype, 'field');
    let seen = new Map<string, Set<string>>();

    beforeEach(() => {
      seen = new Map();
      const paths = new WeakMap<object, string>();
      let recorder: Recorder | undefined;
      Object.defineProperty(Recorder.prototype, 'field', {
        ...field,
        value(this: Recorder, ...args: unknown[]): unknown {
          recorder = this;
          return (field.value as (...all: unknown[]) => unknown).apply(this, args);
        },
      });
      for (const { name, make } of factories) {
        Object.defineProperty(CellFactory.prototype, name, {
          ...make,
          value(this: CellFactory, path: string, ...args: unknown[]): object {
            const cell = (make.value as (...all: unknown[]) => object).call(this, path, ...args);
            paths.set(cell, keyOf(path));
            return cell;
          },
        });
      }
      for (const { made, value } of cells) {
        Object.defineProperty(made.prototype, 'value', {
          ...value,
          get(this: object): unknown {
            const stage = declaredStages()[recorder?.place.stage ?? -1];
            const path = paths.get(this);
            if (path !== undefined && stage !== undefined) {
              seen.set(path, (seen.get(path) ?? new Set<string>()).add(stage.id));
            }
            return value.get?.call(this) as unknown;
          },
        });
      }
    });

    afterEach(() => {
      Object.defineProperty(Recorder.prototype, 'field', field);
      for (const { name, make } of factories) {
        Object.defineProperty(CellFactory.prototype, name, make);
      }
      for (const { made, value } of cells) {
        Object.defineProperty(made.prototype, 'value', value);
      }
    });

    it('every field that is looked at is looked at by a function of its list', () => {
      for (const name of ['stock', 'receive', 'ioeventfd']) {
        traceOf(name);
      }
      // What the machine looks at beyond the C code, to tell of hazards, is no reader.
      const strangers = [...seen].filter(
        ([key, stages]) => READERS[key] !== undefined && ![...stages].some((id) => READERS[key]?.includes(id)),
      );
      expect(seen.size).toBeGreaterThan(100);
      expect(strangers.map(([key]) => key)).toEqual([]);
    });
  });
});

function descriptorOf(prototype: object, name: string): PropertyDescriptor {
  const found = Object.getOwnPropertyDescriptor(prototype, name);
  if (found === undefined) {
    throw new Error(name);
  }
  return found;
}

describe('who writes', () => {
  const recorder = new Recorder(STAGES);
  const context = recorder.context('guest-kernel', 'guest').id;
  const strand = recorder.strand('strand');
  const one = recorder.field({ program: 'guest-kernel', path: 'one', initial: 0, shape: 'number' });
  const two = recorder.field({ program: 'guest-kernel', path: 'two', initial: 0, shape: 'number' });
  const ram = recorder.memoryArea('guest-kernel', 'RAM');
  const file = recorder.endpoint('file');
  recorder.enter(strand, context, 1);
  recorder.state(one, 0, 1);
  recorder.memory(ram, 0xffe, new Uint8Array(4), Uint8Array.of(1, 2, 3, 4));
  recorder.enter(strand, context, 2);
  recorder.state(one, 1, 2);
  recorder.memory(ram, 0x3000, new Uint8Array(9000), new Uint8Array(9000));
  recorder.output(file, Uint8Array.of(1));
  recorder.exit(strand);
  recorder.exit(strand);
  const index = new WriteIndex(recorder.trace);

  it('is known for each field', () => {
    expect(index.ofField(one)).toEqual([1, 2]);
    expect(index.ofField(two)).toEqual([]);
  });

  it('is known for each byte, over the ends of pages', () => {
    expect(index.ofMemory(ram, 0xffd, 1)).toEqual([]);
    expect(index.ofMemory(ram, 0xffe, 1)).toEqual([1]);
    expect(index.ofMemory(ram, 0x1001, 1)).toEqual([1]);
    expect(index.ofMemory(ram, 0x1002, 1)).toEqual([]);
    expect(index.ofMemory(ram, 0x3000 + 8999, 1)).toEqual([2]);
    expect(index.ofMemory(ram, 0x3000 + 9000, 1)).toEqual([]);
    expect(index.ofMemory(ram, 0, 0x10000)).toEqual([1, 2]);
  });

  it('is known for what leaves', () => {
    expect(index.ofOutput(file)).toEqual([2]);
  });
});
