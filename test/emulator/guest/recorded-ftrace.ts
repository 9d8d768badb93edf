import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { utf8 } from '../../../src/base/bytes.ts';
import { compared, type Verdict } from '../../conformance/files.ts';
import type { DeviceOptions } from './console-device.ts';
import {
  type Call,
  find,
  lastOfRepeats,
  names,
  outline,
  parseFunctionGraph,
  project,
  recordedCalls,
} from './function-graph.ts';
import { guestWith, write } from './harness.ts';

/*
 * function_graph logs of a real Linux guest in front of QEMU's virtio-serial. The emulated kernel, doing the same, calls
 * the same functions in the same order and nesting, as far as both know their names: the compiler inlines some, and the
 * log's filter leaves some out. Interrupts arrive at other moments and are compared on their own.
 */
const log = (folder: string, name: string): Call[] => {
  const file = join(folder, `${name}.txt`);
  return parseFunctionGraph(
    existsSync(file) ? readFileSync(file, 'utf8') : gunzipSync(readFileSync(`${file}.gz`)).toString(),
  );
};

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

/** Runs the guest until it rests; a lazy device takes buffers only now and then. */
function runAll({ guest, device, cpu }: ReturnType<typeof guestWith>, options: Partial<DeviceOptions>): void {
  for (let turn = 0; turn < 3000 && options.lazy === true && guest.hung; turn++) {
    device.step(cpu);
    if (turn % 3 === 0) {
      device.flush(1);
    }
  }
  device.run(cpu);
}

/** Runs one write and returns its calls in process and interrupt context. */
function written(options: Partial<DeviceOptions>, path: string, count: number): Call[] {
  const guestOnDevice = guestWith(options);
  const { recorder, guest } = guestOnDevice;
  guest.execute(0, write(path, new Uint8Array(count).fill(0x41)));
  runAll(guestOnDevice, options);
  return recordedCalls(recorder, recorder.trace.runStart, (context) => context.startsWith('User VM vCPU 0'));
}

type Options = Partial<DeviceOptions>;

/** Writes of the logs: device, path, bytes. */
const WRITES: readonly (readonly [name: string, path: string, count: number, options: Options])[] = [
  ['legacy-6.12.fg-hvc0-default', '/dev/hvc0', 10, LEGACY],
  ['legacy-6.12.fg-chain-allcpu-abstime', '/dev/hvc0', 10, LEGACY],
  ['legacy-6.12.fg-vport-abstime-proc', '/dev/vport0p1', 18, LEGACY],
  ['legacy-6.1.fg-chain-allcpu-abstime', '/dev/hvc0', 10, SHARED],
  ['legacy-6.1.fg-hvc0-4096', '/dev/hvc0', 4096, SHARED],
  ['legacy-6.1.fg-hvc0-abstime-proc', '/dev/hvc0', 12, SHARED],
  ['legacy-6.1.fg-hvc0-minimal', '/dev/hvc0', 12, SHARED],
  ['legacy-6.1.fg-hvc0-latency-format', '/dev/hvc0', 6, SHARED],
  ['legacy-6.1.fg-vport-latency-format-abstime', '/dev/vport0p1', 6, SHARED],
  ['tcperf-6.1.tc-fg-hvc0-report-tailprint', '/dev/hvc0', 8, SHARED],
  ['legacy-6.1.fg-vport-32768', '/dev/vport0p1', 32768, SHARED],
  ['legacy-6.1.fg-vport-abstime-proc', '/dev/vport0p1', 18, SHARED],
  ['legacy-intx-acrnlike-6.1.fg-hvc0-abstime-proc', '/dev/hvc0', 12, { ...LINE, lazy: true }],
  ['legacy-intx-acrnlike-6.1.fg-vport-default', '/dev/vport0p1', 11, LINE],
  ['modern-6.1.fg-hvc0-abstime-proc', '/dev/hvc0', 12, MODERN],
  ['modern-6.1.fg-vport-abstime-proc', '/dev/vport0p1', 18, MODERN],
];

/** Input of the logs, and the calls to compare. */
const INPUTS: readonly (readonly [name: string, path: string, options: Options, roots: readonly string[]])[] = [
  ['legacy-6.1.fg-rx-hvc0', '/dev/hvc0', SHARED, ['in_intr', 'get_chars', 'flush_to_ldisc']],
  ['legacy-6.12.fg-rx-vport', '/dev/vport0p1', LEGACY, ['in_intr']],
  [
    'legacy-intx-acrnlike-6.1.fg-rx-hvc0',
    '/dev/hvc0',
    { ...LINE, lazy: true },
    ['in_intr', 'get_chars', 'flush_to_ldisc'],
  ],
  ['legacy-intx-acrnlike-6.1.fg-rx-vport', '/dev/vport0p1', LINE, ['in_intr']],
  ['modern-6.1.fg-rx-hvc0', '/dev/hvc0', MODERN, ['in_intr', 'get_chars', 'flush_to_ldisc']],
];

const PROBE = 'modern-6.1.fg-probe';
const BURST = 'legacy-6.1.fg-burst-100';
const PRINTK = 'legacy-6.1-console-hvc0.fg-printk-hvc0';

/** Fewer names in common say nothing. */
function enough(known: ReadonlySet<string>, least: number): void {
  if (known.size <= least) {
    throw new Error(`only ${known.size} names in common`);
  }
}

function writeVerdict(folder: string, [name, path, count, options]: (typeof WRITES)[number]): Verdict {
  const real = log(folder, name);
  const mine = written(options, path, count);
  const known = both(real, mine);
  enough(known, 12);
  const driver = path === '/dev/hvc0' ? 'hvc_write' : 'port_fops_write';
  const tree = (calls: readonly Call[]): string => {
    const wanted = find(calls, 'ksys_write').filter((call) => names([call]).has(driver));
    return outline(project(wanted.slice(0, 1), known, INTERRUPTS));
  };
  const strange = ['handle_edge_irq', 'handle_fasteoi_irq'].filter((flow) => {
    const seen = find(real, flow).map((call) => outline(project([call], known, NOTHING)));
    const taken = find(mine, flow).map((call) => outline(project([call], known, NOTHING)));
    return seen.length > 0 && !taken.every((one) => seen.includes(one));
  });
  return compared(name, [tree(real), []], [tree(mine), strange]);
}

function probeVerdict(folder: string): Verdict {
  const real = log(folder, PROBE);
  const { recorder, device, cpu } = guestWith(MODERN);
  device.run(cpu);
  const mine = recordedCalls(recorder, 0, (context) => context === 'User VM vCPU 0, probe (process context)');
  const known = both(real, mine);
  enough(known, 40);
  const tree = (calls: readonly Call[]): string =>
    outline(project(find(calls, 'virtcons_probe').slice(0, 1), known, INTERRUPTS));
  return compared(PROBE, tree(real), tree(mine));
}

/** A hundred writes in a row: each is like one of the real ones, which differ by the buffers that came back meanwhile. */
function burstVerdict(folder: string): Verdict {
  const real = log(folder, BURST);
  const guestOnDevice = guestWith(SHARED);
  const { recorder, guest } = guestOnDevice;
  for (let index = 0; index < 100; index++) {
    guest.execute(0, write('/dev/vport0p1', new Uint8Array(64).fill(0x41)));
  }
  runAll(guestOnDevice, SHARED);
  const mine = recordedCalls(recorder, recorder.trace.runStart, (context) => context.startsWith('User VM vCPU 0'));
  const known = both(real, mine);
  enough(known, 12);
  const trees = (calls: readonly Call[]): string[] =>
    find(calls, 'ksys_write')
      .filter((call) => names([call]).has('port_fops_write'))
      .map((call) => outline(lastOfRepeats(project([call], known, INTERRUPTS))));
  const [seen, done] = [trees(real), trees(mine)];
  const strange = [...new Set(done)].filter((tree) => !seen.includes(tree));
  return compared(BURST, [seen.length, []], [done.length, strange]);
}

/** A line through /dev/kmsg to a printk console on hvc0: in pieces of 16 characters, so many as its time has digits. */
function printkVerdict(folder: string): Verdict {
  const real = log(folder, PRINTK);
  const guestOnDevice = guestWith(SHARED, 1, 'console=hvc0');
  const { recorder, guest } = guestOnDevice;
  guest.execute(0, write('/dev/kmsg', utf8('kmsg-line-via-printk\n')));
  runAll(guestOnDevice, SHARED);
  const mine = recordedCalls(recorder, recorder.trace.runStart, (context) => context.startsWith('User VM vCPU 0'));
  const known = both(real, mine);
  enough(known, 12);
  // The real kernel has a second console, whose records are not this one's.
  const tree = (calls: readonly Call[]): string =>
    outline(
      lastOfRepeats(
        project(
          find(calls, 'console_emit_next_record')
            .filter((call) => names([call]).has('hvc_console_print'))
            .slice(0, 1),
          known,
          INTERRUPTS,
        ),
      ),
    );
  return compared(PRINTK, tree(real), tree(mine));
}

function inputVerdict(folder: string, [name, path, options, roots]: (typeof INPUTS)[number]): Verdict {
  const real = log(folder, name);
  const guestOnDevice = guestWith(options);
  const { recorder, guest, device } = guestOnDevice;
  guest.execute(0, { path, bytes: new Uint8Array(), read: 64 });
  runAll(guestOnDevice, options);
  device.receive(path === '/dev/hvc0' ? 0 : 1, utf8('input-from-host\n'));
  runAll(guestOnDevice, options);
  const mine = recordedCalls(recorder, recorder.trace.runStart, (context) => context.startsWith('User VM'));
  const known = both(real, mine);
  const trees = (calls: readonly Call[], root: string): string[] => [
    ...new Set(find(calls, root).map((call) => outline(lastOfRepeats(project([call], known, INTERRUPTS))))),
  ];
  // A real worker may run once more and find nothing: what the emulated one does must be among what the real one does.
  const missing = roots.filter((root) => {
    const [seen, done] = [trees(real, root), trees(mine, root)];
    return done.length === 0 || !done.every((tree) => seen.includes(tree));
  });
  return compared(
    name,
    [],
    missing.map((root) => [trees(real, root), trees(mine, root)]),
  );
}

/** The logs of a folder that tell of one write, of the set-up or of input, each compared with the emulated kernel. */
export function recordedFtrace(folder: string): Verdict[] {
  const isThere = (name: string): boolean =>
    ['.txt', '.txt.gz'].some((ending) => existsSync(join(folder, `${name}${ending}`)));
  return [
    ...WRITES.filter(([name]) => isThere(name)).map((one) => writeVerdict(folder, one)),
    ...(isThere(PROBE) ? [probeVerdict(folder)] : []),
    ...(isThere(BURST) ? [burstVerdict(folder)] : []),
    ...(isThere(PRINTK) ? [printkVerdict(folder)] : []),
    ...INPUTS.filter(([name]) => isThere(name)).map((one) => inputVerdict(folder, one)),
  ];
}
