import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/base/bytes.ts';
import type { DeviceOptions } from './console-device.ts';
import { type Call, find, names, outline, parseFunctionGraph, project, recordedCalls } from './function-graph.ts';
import { guestWith, write } from './harness.ts';

/*
 * function_graph logs of a real Linux guest in front of QEMU's virtio-serial. The emulated kernel, doing the same, calls
 * the same functions in the same order and nesting, as far as both know their names: the compiler inlines some, and the
 * log's filter leaves some out. Interrupts arrive at other moments and are compared on their own.
 */
const log = (name: string): Call[] =>
  parseFunctionGraph(readFileSync(new URL(`../../recorded/ftrace/${name}.txt`, import.meta.url), 'utf8'));

const QEMU: Partial<DeviceOptions> = {
  queueSize: (queue) => (queue === 2 || queue === 3 ? 32 : 128),
  maxPorts: 4,
  ports: [
    { console: true, name: 'console0' },
    { console: false, name: 'org.test.0' },
  ],
  quietInput: false,
};
const RING = 2 ** 28 + 2 ** 29;
const LEGACY = { ...QEMU, features: 2 + RING, vectors: 11 };
const SHARED = { ...LEGACY, vectors: 2 };
const LINE = { ...QEMU, features: 2 + 2 ** 28, vectors: 0 };
const MODERN = { ...QEMU, features: 2 + RING + 2 ** 32 + 2 ** 40, vectors: 11, modern: true };

/** Entries of interrupts: what is inside is left out of what was interrupted. */
const INTERRUPTS = new Set([
  'DEFINE_IDTENTRY_IRQ(common_interrupt)',
  '__common_interrupt',
  '__sysvec_apic_timer_interrupt',
  'handle_edge_irq',
  'handle_fasteoi_irq',
]);
const NOTHING: ReadonlySet<string> = new Set();

const both = (a: readonly Call[], b: readonly Call[]): Set<string> =>
  new Set([...names(a)].filter((name) => names(b).has(name)));

/** Runs one write and returns its calls in process and interrupt context. */
function written(options: Partial<DeviceOptions>, path: string, count: number): Call[] {
  const { recorder, guest, device, cpu } = guestWith(options);
  guest.execute(0, write(path, new Uint8Array(count).fill(0x41)));
  for (let turn = 0; turn < 3000 && options.lazy === true && guest.hung; turn++) {
    device.step(cpu);
    if (turn % 3 === 0) {
      device.flush(1);
    }
  }
  device.run(cpu);
  return recordedCalls(recorder, recorder.trace.runStart, (context) => context.startsWith('User VM vCPU 0'));
}

describe('write(2)', () => {
  it.each([
    ['legacy-6.12.fg-hvc0-default', '/dev/hvc0', 10, LEGACY],
    ['legacy-6.12.fg-chain-allcpu-abstime', '/dev/hvc0', 10, LEGACY],
    ['legacy-6.12.fg-vport-abstime-proc', '/dev/vport0p1', 18, LEGACY],
    ['legacy-6.1.fg-hvc0-4096', '/dev/hvc0', 4096, SHARED],
    ['legacy-6.1.fg-vport-32768', '/dev/vport0p1', 32768, SHARED],
    ['legacy-intx-acrnlike-6.1.fg-hvc0-abstime-proc', '/dev/hvc0', 12, { ...LINE, lazy: true }],
    ['legacy-intx-acrnlike-6.1.fg-vport-default', '/dev/vport0p1', 11, LINE],
    ['modern-6.1.fg-hvc0-abstime-proc', '/dev/hvc0', 12, MODERN],
    ['modern-6.1.fg-vport-abstime-proc', '/dev/vport0p1', 18, MODERN],
  ] as const)('%s', (name, path, count, options) => {
    const real = log(name);
    const mine = written(options, path, count);
    const known = both(real, mine);
    const driver = path === '/dev/hvc0' ? 'hvc_write' : 'port_fops_write';
    const tree = (calls: readonly Call[]): string =>
      outline(
        project(
          find(calls, 'ksys_write')
            .filter((call) => names([call]).has(driver))
            .slice(0, 1),
          known,
          INTERRUPTS,
        ),
      );
    expect(known.size).toBeGreaterThan(12);
    expect(tree(mine)).toBe(tree(real));
    for (const flow of ['handle_edge_irq', 'handle_fasteoi_irq']) {
      const seen = find(real, flow).map((call) => outline(project([call], known, NOTHING)));
      const taken = find(mine, flow).map((call) => outline(project([call], known, NOTHING)));
      expect(seen.length === 0 || taken.every((one) => seen.includes(one))).toBe(true);
    }
  });
});

describe('probe', () => {
  it('modern-6.1.fg-probe', () => {
    const real = log('modern-6.1.fg-probe');
    const { recorder, device, cpu } = guestWith(MODERN);
    device.run(cpu);
    const mine = recordedCalls(recorder, 0, (context) => context === 'User VM vCPU 0, probe (process context)');
    const known = both(real, mine);
    const tree = (calls: readonly Call[]): string =>
      outline(project(find(calls, 'virtcons_probe').slice(0, 1), known, INTERRUPTS));
    expect(known.size).toBeGreaterThan(40);
    expect(tree(mine)).toBe(tree(real));
  });
});

describe('input', () => {
  it.each([
    ['legacy-6.1.fg-rx-hvc0', '/dev/hvc0', SHARED, ['in_intr', 'get_chars', 'flush_to_ldisc']],
    ['legacy-intx-acrnlike-6.1.fg-rx-vport', '/dev/vport0p1', LINE, ['in_intr']],
  ] as const)('%s', (name, path, options, roots) => {
    const real = log(name);
    const { recorder, guest, device, cpu } = guestWith(options);
    guest.execute(0, { path, bytes: new Uint8Array(), read: 64 });
    device.run(cpu);
    device.receive(path === '/dev/hvc0' ? 0 : 1, utf8('input-from-host\n'));
    device.run(cpu);
    const mine = recordedCalls(recorder, recorder.trace.runStart, (context) => context.startsWith('User VM'));
    const known = both(real, mine);
    for (const root of roots) {
      const trees = (calls: readonly Call[]): Set<string> =>
        new Set(find(calls, root).map((call) => outline(project([call], known, INTERRUPTS))));
      expect(trees(mine)).toEqual(trees(real));
    }
  });
});
