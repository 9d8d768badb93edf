import { read64, viewOf } from '../snapshot.ts';

/** Bytes of a descriptor. */
export const DESCRIPTOR_SIZE = 16;

/** Names of a descriptor's flags, by bit (virtio 1.2, 2.7.5). */
const FLAG_NAMES = ['NEXT', 'WRITE', 'INDIRECT'] as const;

/** One descriptor as it stands in memory (virtio 1.2, 2.7.5). */
export interface Descriptor {
  readonly address: number;
  readonly length: number;
  readonly flags: number;
  readonly next: number;
}

/** The available ring as it stands in memory (virtio 1.2, 2.7.6). */
export interface AvailRing {
  readonly flags: number;
  readonly idx: number;
  readonly ring: readonly number[];
  readonly usedEvent: number;
}

/** The used ring as it stands in memory (virtio 1.2, 2.7.8). */
export interface UsedRing {
  readonly flags: number;
  readonly idx: number;
  readonly ring: readonly { readonly id: number; readonly length: number }[];
  readonly availEvent: number;
}

/** Bytes of the available ring of `size` entries, `used_event` included. */
export const availBytes = (size: number): number => 6 + 2 * size;

/** Bytes of the used ring of `size` entries, `avail_event` included. */
export const usedBytes = (size: number): number => 6 + 8 * size;

/** The descriptors of a table. */
export function decodeTable(bytes: Uint8Array): readonly Descriptor[] {
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / DESCRIPTOR_SIZE) }, (_, index) => {
    const at = index * DESCRIPTOR_SIZE;
    return {
      address: read64(view, at),
      length: view.getUint32(at + 8, true),
      flags: view.getUint16(at + 12, true),
      next: view.getUint16(at + 14, true),
    };
  });
}

/** The available ring of `availBytes(size)` bytes. */
export function decodeAvail(bytes: Uint8Array): AvailRing {
  const view = viewOf(bytes);
  const size = (bytes.length - 6) / 2;
  return {
    flags: view.getUint16(0, true),
    idx: view.getUint16(2, true),
    ring: Array.from({ length: size }, (_, slot) => view.getUint16(4 + 2 * slot, true)),
    usedEvent: view.getUint16(4 + 2 * size, true),
  };
}

/** The used ring of `usedBytes(size)` bytes. */
export function decodeUsed(bytes: Uint8Array): UsedRing {
  const view = viewOf(bytes);
  const size = (bytes.length - 6) / 8;
  return {
    flags: view.getUint16(0, true),
    idx: view.getUint16(2, true),
    ring: Array.from({ length: size }, (_, slot) => ({
      id: view.getUint32(4 + 8 * slot, true),
      length: view.getUint32(8 + 8 * slot, true),
    })),
    availEvent: view.getUint16(4 + 8 * size, true),
  };
}

/** Names of the flags that are set; what has no name is given as a number. */
export function descriptorFlags(flags: number): readonly string[] {
  const named = FLAG_NAMES.filter((_, bit) => (flags & (1 << bit)) !== 0);
  const rest = flags & ~((1 << FLAG_NAMES.length) - 1);
  return rest === 0 ? named : [...named, `0x${rest.toString(16)}`];
}

/** Indices of a chain from its head on, as the device follows it: it ends without NEXT, outside the table, or in a loop. */
export function chainFrom(table: readonly Descriptor[], head: number): readonly number[] {
  const chain: number[] = [];
  const seen = new Set<number>();
  for (let at = head; !seen.has(at); ) {
    const descriptor = table[at];
    if (descriptor === undefined) {
      break;
    }
    seen.add(at);
    chain.push(at);
    if ((descriptor.flags & 1) === 0) {
      break;
    }
    at = descriptor.next;
  }
  return chain;
}

/** Positions [from, to) of a 16-bit index that wraps; at most `most` of them, so that a broken index cannot run away. */
export function positions(from: number, to: number, most: number): readonly number[] {
  const count = Math.min((to - from) & 0xffff, most);
  return Array.from({ length: count }, (_, at) => (from + at) & 0xffff);
}
