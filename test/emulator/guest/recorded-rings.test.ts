import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import type { UserAction } from '../../../src/emulator/guest/user.ts';
import { type DeviceOptions, type RingParts, ringBytes } from './console-device.ts';
import { guestWith, write } from './harness.ts';

/*
 * Rings that a real Linux guest laid out in front of QEMU's virtio-serial, just before it notified. The emulated driver,
 * given the same device and the same writes, must lay out the same: descriptors (but for addresses), both rings, flags
 * and event indices.
 */
const FOLDER = fileURLToPath(new URL('../../recorded/rings/', import.meta.url));

interface Capture {
  readonly capture: string;
  readonly queue_index: number;
  readonly queue_size: number;
  readonly desc_gpa: number;
  readonly avail_gpa: number;
  readonly used_gpa: number;
  readonly before: { readonly queues: Record<string, { readonly avail_idx: number; readonly vring_gpa: number }> };
}

interface Ring {
  readonly desc: readonly (readonly [placed: boolean, len: number, flags: number, next: number])[];
  readonly avail: readonly number[];
  readonly used: readonly number[];
}

/** A ring's contents without addresses: `base` is the address of the image's first byte. */
function parse(image: Uint8Array, base: number, parts: RingParts): Ring {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const { size, desc, avail, used } = parts;
  return {
    desc: Array.from({ length: size }, (_, i) => {
      const at = desc - base + 16 * i;
      const next = view.getUint16(at + 14, true);
      return [view.getBigUint64(at, true) !== 0n, view.getUint32(at + 8, true), view.getUint16(at + 12, true), next];
    }),
    avail: Array.from({ length: size + 3 }, (_, i) => view.getUint16(avail - base + 2 * i, true)),
    used: Array.from({ length: 2 + 4 * size }, (_, i) => view.getUint16(used - base + 2 * i, true)),
  };
}

const QEMU: Partial<DeviceOptions> = {
  queueSize: (queue) => (queue === 2 || queue === 3 ? 32 : 128),
  maxPorts: 4,
  ports: [
    { console: true, name: 'console0' },
    { console: false, name: 'org.test.0' },
  ],
  quietInput: false,
};

const INDIRECT = 2 ** 28;
const EVENT_IDX = 2 ** 29;
const CONFIGURATIONS: Record<string, Partial<DeviceOptions>> = {
  'legacy-noev': { ...QEMU, features: 2 + INDIRECT, vectors: 11 },
  'legacy-noindirect': { ...QEMU, features: 2, vectors: 0 },
  'legacy-default': { ...QEMU, features: 2 + INDIRECT + EVENT_IDX, vectors: 2 },
  'modern-default': { ...QEMU, features: 2 + INDIRECT + EVENT_IDX + 2 ** 32 + 2 ** 40, modern: true, vectors: 11 },
};

const HVC = '/dev/hvc0';
const PORT = '/dev/vport0p1';
const filled = (length: number): Uint8Array => new Uint8Array(length).fill(0x41);
const once = (path: string, bytes: string | Uint8Array): UserAction => ({ ...write(path, bytes), close: true });
const spliced = (splice: readonly number[]): UserAction => ({
  ...once(PORT, filled(splice.reduce((sum, length) => sum + length, 0))),
  splice,
});

/** What ran in the guest, in the order of the captures' numbers. */
const BEFORE_BATCHES: readonly UserAction[] = [
  once(HVC, 'hello-from-hvc0'),
  once(HVC, 'one\ntwo\n'),
  once(HVC, filled(4096)),
  once(PORT, 'hello-from-vport'),
  once(PORT, 'x'),
  once(PORT, filled(32768)),
  spliced([100, 200, 300]),
  spliced([1, 2, 3, 4, 5, 4096, 7, 8, 9, 1000, 11, 12]),
];

/** `count` writes of which the device is told only with the last one. */
const batch = (count: number, length: number): UserAction[] =>
  Array.from({ length: count }, (_, i) => ({ ...write(PORT, filled(length)), close: i === count - 1 }));

/** Every ring as it was at a notification, by queue and avail.idx; queues that the device fills as they were at last. */
function replay(configuration: string): Map<string, Ring> {
  const { guest, device, cpu, ram } = guestWith(CONFIGURATIONS[configuration] ?? {});
  const seen = new Map<string, Ring>();
  const look = (queue: number): void => {
    const parts = device.ring(queue);
    const image = ram.read(gpa(parts.desc), ringBytes(parts));
    const key = `${queue}:${ram.read16(gpa(parts.avail + 2))}`;
    if (!seen.has(key)) {
      seen.set(key, parse(image, parts.desc, parts));
    }
  };
  device.beforeNotify = look;
  device.run(cpu);
  [0, 4].forEach(look);
  const act = (actions: readonly UserAction[]): void => {
    for (const action of actions) {
      guest.execute(0, action);
    }
    cpu.raise(0xec, -1);
    device.run(cpu);
  };
  act(BEFORE_BATCHES);
  if (!configuration.endsWith('default')) {
    for (const [singles, count, length] of [
      [0, 4, 40],
      [117, 5, 16],
      [0, 128, 16],
    ] as const) {
      act(Array.from({ length: singles }, () => once(PORT, filled(16))));
      device.holdFor(5, count);
      act(batch(count, length));
    }
  }
  expect(guest.hung).toBe(false);
  return seen;
}

const captures = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(FOLDER + name, 'utf8')) as Capture);

describe.each(Object.keys(CONFIGURATIONS))('%s', (configuration) => {
  const mine = captures.filter((capture) => capture.capture.startsWith(`${configuration}.`));
  const seen = replay(configuration);

  it.each(mine.map((capture) => [capture.capture, capture] as const))('%s', (name, capture) => {
    const queue = capture.queue_index;
    const before = capture.before.queues[`${queue}`];
    expect(before).toBeDefined();
    const image = readFileSync(`${FOLDER}${name}.before.q${queue}.vring.bin`);
    const real = parse(image, before?.vring_gpa ?? 0, {
      size: capture.queue_size,
      desc: capture.desc_gpa,
      avail: capture.avail_gpa,
      used: capture.used_gpa,
    });
    expect(seen.get(`${queue}:${before?.avail_idx}`)).toEqual(real);
  });
});
