import { describe, expect, it } from 'vitest';
import { type Gpa, gpa } from '../../src/base/brand.ts';
import { toHex, utf8 } from '../../src/base/bytes.ts';
import { SERVICE_VM_LAYOUT } from '../../src/emulator/boundaries.ts';
import { Outcomes } from '../../src/emulator/guest/outcomes.ts';
import { Machine } from '../../src/emulator/machine.ts';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { consoleOptions, stock, withWrite } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import type { Backend } from '../../src/scenarios/scenario.ts';
import { traceHash } from '../../src/trace/hash.ts';
import { expressionOf } from '../../src/trace/hops.ts';
import { outputOf } from '../../src/trace/output.ts';
import { readMemory, stateAt } from '../../src/trace/state.ts';
import type { Trace, TraceEvent } from '../../src/trace/trace.ts';
import { expectGolden } from '../golden.ts';

const machineOf = (backend: Backend = 'file'): Machine =>
  new Machine({ vcpus: 1, consoleOptions: consoleOptions(backend), seed: 0, outside: emulatedOutside() });

const write = (text: string) => ({ vcpu: 0, path: '/dev/hvc0', bytes: utf8(text) });

function written(text: string, backend: Backend): string {
  const run = runScenario(withWrite(stock, utf8(text), backend), emulatedOutside());
  if (!run.ok) {
    throw new Error(run.error.code);
  }
  expect(run.value.end).toBe('quiet');
  return toHex(run.value.output.get(backend) ?? new Uint8Array());
}

/** What hvc's terminal makes of a text: OPOST and ONLCR of tty_std_termios (drivers/tty/tty_io.c). */
const onlcr = (text: string): string => toHex(utf8(text.replaceAll('\n', '\r\n')));

const runEvents = (trace: Trace): TraceEvent[] => [...trace.events(trace.runStart)];
const functionsEntered = (trace: Trace): string[] =>
  runEvents(trace)
    .filter((event) => event.kind === 'enter')
    .map((event) => trace.stages[event.stage]?.function ?? '');

/** Value of a field just before the run. */
function fieldBefore(trace: Trace, path: string): number {
  const field = trace.fields.findIndex((one) => one.path === path);
  expect(field, path).toBeGreaterThanOrEqual(0);
  return stateAt(trace, trace.length - 1).values[field] ?? 0;
}

/** Lets `tamper` loose when the first upcall of the run arrives: the ring is published, the device has not looked yet. */
function tamperAtUpcall(machine: Machine, tamper: (desc: Gpa) => void): void {
  const raise = machine.serviceVm.raise.bind(machine.serviceVm);
  let done = false;
  machine.serviceVm.raise = (vector, hop) => {
    if (!done && machine.trace.runStart < machine.recorder.length) {
      done = true;
      tamper(gpa(fieldBefore(machine.trace, 'console.queues[1].pfn') * 4096));
    }
    raise(vector, hop);
  };
}

describe('the stock route', () => {
  it('carries hello to the backend as CR NL in two kicks', () => {
    const machine = machineOf();
    expect(machine.run([write('hello\n')])).toBe('quiet');
    expect(outputOf(machine.trace).get('file')).toEqual(utf8('hello\r\n'));
    expect(functionsEntered(machine.trace).filter((name) => name === 'outw')).toHaveLength(2);
    expect(machine.guest.results).toMatchObject([{ path: '/dev/hvc0', returned: 6 }]);
  });

  it('enters the stages of every context in this order', () => {
    const { trace } = ((machine) => {
      machine.run([write('hello\n')]);
      return machine;
    })(machineOf());
    const lines: string[] = [];
    let context = -1;
    for (const event of runEvents(trace)) {
      if (event.kind === 'enter') {
        if (event.context !== context) {
          lines.push(`# ${trace.contexts[event.context]?.program}: ${trace.contexts[event.context]?.name}`);
          context = event.context;
        }
        lines.push(`${'  '.repeat(event.key)}${trace.stages[event.stage]?.function}`);
      }
    }
    expectGolden('stock-stages.txt', `${lines.join('\n')}\n`);
  });

  it('takes the request slot from FREE through PENDING, PROCESSING and COMPLETE back to FREE', () => {
    const machine = machineOf();
    machine.run([write('x')]);
    const { trace } = machine;
    const processed = SERVICE_VM_LAYOUT.ioRequestPage + 136;
    const states = runEvents(trace)
      .filter((event) => event.kind === 'memory' && event.value === processed)
      .map((event) => readMemory(stateAt(trace, event.seq), 1, processed, 4)[0]);
    expect(states).toEqual([0, 2, 1, 3]);
  });

  it('gives the same trace twice, and another one for another text', () => {
    const hash = (text: string): string => {
      const machine = machineOf();
      machine.run([write(text)]);
      return traceHash(machine.trace);
    };
    expect(hash('hello\n')).toBe(hash('hello\n'));
    expect(hash('hello\n')).not.toBe(hash('hallo\n'));
  });

  it('is computed: a chained descriptor is refused, nothing leaves, and the guest spins for ever', () => {
    const machine = machineOf();
    tamperAtUpcall(machine, (desc) => machine.guestRam.write16(gpa(desc + 12), 1));
    expect(machine.run([write('hello\n')])).toBe('stuck');
    expect(outputOf(machine.trace).get('file')).toBeUndefined();
    const entered = functionsEntered(machine.trace);
    expect(entered).not.toContain('virtio_console_backend_write');
    expect(entered).not.toContain('vq_relchain');
    const logs = runEvents(machine.trace).filter((event) => event.kind === 'log');
    expect(logs.map((event) => expressionOf(machine.trace, event))).toHaveLength(2);
  });

  it('is computed: another length in the ring is what leaves', () => {
    const machine = machineOf();
    tamperAtUpcall(machine, (desc) => machine.guestRam.write32(gpa(desc + 8), 2));
    expect(machine.run([write('hello\n')])).toBe('quiet');
    expect(outputOf(machine.trace).get('file')).toEqual(utf8('he\r\n'));
  });

  it('goes on after power-on: a second write wakes the halted guest by its timer', () => {
    const machine = machineOf('stdio');
    machine.run([write('one')]);
    expect(machine.run([write('two\n')])).toBe('quiet');
    expect(outputOf(machine.trace).get('stdio')).toEqual(utf8('onetwo\r\n'));
  });
});

describe('a guest that acts for ever', () => {
  it('keeps the last outcomes and says how many it dropped; a closed descriptor is used again', () => {
    const machine = machineOf();
    const outcome = { path: '/dev/hvc0', returned: 0 };
    const many = new Outcomes();
    for (let i = 0; i < 200_000; i++) {
      many.add({ ...outcome, returned: i });
    }
    expect(many.ended).toBe(200_000);
    expect(many.kept.length).toBeLessThan(131_072);
    expect(many.kept.map(({ returned }) => returned)).toEqual(
      Array.from({ length: many.kept.length }, (_, at) => many.ended - many.kept.length + at),
    );
    machine.run(Array.from({ length: 300 }, () => ({ ...write('x'), close: true })));
    expect(machine.guest).toMatchObject({ droppedResults: 0, hung: false });
    expect(machine.guest.results).toHaveLength(300);
    const opened = machine.guest.results.map(({ returned }) => returned);
    expect(opened).toEqual(new Array(300).fill(1));
    machine.run([
      { ...write(''), openOnly: true, close: true },
      { ...write(''), openOnly: true },
    ]);
    const [first, second] = machine.guest.results.slice(-2);
    expect(first?.returned).toBe(second?.returned);
  });
});

describe('texts of every size', () => {
  it('writes nothing for 0 bytes', () => {
    expect(written('', 'file')).toBe('');
  });

  it('carries NULs, newlines and more than one chunk byte for byte', () => {
    const text = `${'a\0b\n'.repeat(600)}end`;
    expect(written(text, 'file')).toBe(onlcr(text));
  });

  it('carries 100 kB with NULs and newlines', () => {
    const text = `${'x'.repeat(997)}\0\n`.repeat(100);
    expect(written(text, 'stdio')).toBe(onlcr(text));
  });

  it('refuses more than it can hold, before anything runs', () => {
    const run = runScenario(withWrite(stock, new Uint8Array(2_000_000), 'file'), emulatedOutside());
    expect(run).toMatchObject({ ok: false, error: { code: 'write-text-too-long' } });
  });
});
