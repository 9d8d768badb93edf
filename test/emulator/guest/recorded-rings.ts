import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gpa } from '../../../src/base/brand.ts';
import { utf8 } from '../../../src/base/bytes.ts';
import type { UserAction } from '../../../src/emulator/guest/user.ts';
import { type DeviceOptions, type RingParts, ringBytes } from './console-device.ts';
import { guestWith, write } from './harness.ts';

/*
 * Rings that a real Linux guest laid out in front of QEMU's virtio-serial, just before it notified. The emulated driver,
 * given the same device and the same writes, must lay out the same: descriptors (but for addresses), both rings, flags
 * and event indices.
 */
/** What a comparison needs of a captured ring. */
export interface Capture {
  readonly capture: string;
  readonly queue_index: number;
  readonly queue_size: number;
  readonly desc_gpa: number;
  readonly avail_gpa: number;
  readonly used_gpa: number;
  readonly before: {
    readonly queues: Record<
      string,
      { readonly avail_idx: number; readonly used_idx: number; readonly vring_gpa: number; readonly vring_file: string }
    >;
  };
}

/** A ring's contents without addresses. */
export interface Ring {
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
/** The devices of the captures, by the first part of their names. */
export const CONFIGURATIONS: Record<string, Partial<DeviceOptions>> = {
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

/** Every ring as it was at a notification, by queue, avail.idx and used.idx (again after 65536 entries); queues that the device fills as they were at last. */
export function replay(configuration: string): Map<string, Ring[]> {
  const { guest, device, cpu, ram, recorder } = guestWith(CONFIGURATIONS[configuration] ?? {});
  const seen = new Map<string, Ring[]>();
  const look = (queue: number): void => {
    const parts = device.ring(queue);
    const image = ram.read(gpa(parts.desc), ringBytes(parts));
    const key = `${queue}:${ram.read16(gpa(parts.avail + 2))}:${ram.read16(gpa(parts.used + 2))}`;
    seen.set(key, [...(seen.get(key) ?? []), parse(image, parts.desc, parts)]);
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
  if (configuration === 'legacy-noev') {
    recorder.on = false;
    device.beforeNotify = () => undefined;
    device.holdFor(5, 128);
    act(batch(128, 4));
    fillTo(65533 - 259 - 128, act);
    recorder.on = true;
    device.beforeNotify = look;
    device.holdFor(5, 6);
    act(batch(6, 21));
    act([once(PORT, 'after-wrap')]);
  }
  guest.execute(0, { path: PORT, bytes: new Uint8Array(), read: 64, close: true });
  device.run(cpu);
  device.receive(1, utf8('host-to-vport-message'));
  device.run(cpu);
  look(4);
  if (guest.hung) {
    throw new Error(`${configuration}: the guest hangs`);
  }
  return seen;
}

/** Small writes, one notification each. */
function fillTo(count: number, act: (actions: readonly UserAction[]) => void): void {
  for (let done = 0; done < count; done += 100) {
    act(batch(Math.min(100, count - done), 4));
  }
}

/** The captured ring itself, and the emulated driver's where it told the device of the same entry. */
export function ringsOf(
  folder: string,
  capture: Capture,
  seen: ReadonlyMap<string, readonly Ring[]>,
): { readonly real: Ring; readonly mine: Ring | undefined } {
  const queue = capture.queue_index;
  const before = capture.before.queues[`${queue}`];
  if (before === undefined) {
    throw new Error(`${capture.capture}: queue ${queue} is missing`);
  }
  const real = parse(readFileSync(join(folder, before.vring_file)), before.vring_gpa, {
    size: capture.queue_size,
    desc: capture.desc_gpa,
    avail: capture.avail_gpa,
    used: capture.used_gpa,
  });
  const same = JSON.stringify(real);
  const laps = seen.get(`${queue}:${before.avail_idx}:${before.used_idx}`) ?? [];
  return { real, mine: laps.find((ring) => JSON.stringify(ring) === same) ?? laps[0] };
}
