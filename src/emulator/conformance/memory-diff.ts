import { gpa } from '../../base/brand.ts';
import { toHex } from '../../base/bytes.ts';
import type { Memory } from '../memory.ts';
import type { Region } from './document.ts';

/** A run of changed bytes; runs closer than 8 bytes are one. */
export interface MemoryChange {
  readonly gpa: number;
  readonly hex: string;
  readonly where?: string;
}

const GAP = 8;

/** `q1.used+0x2`, undefined outside every region. */
export function whereOf(regions: readonly Region[], address: number): string | undefined {
  const region = regions.find((one) => address >= one.gpa && address < one.gpa + one.len);
  return region === undefined ? undefined : `${region.name}+0x${(address - region.gpa).toString(16)}`;
}

/** Bytes whose value after differs from the value before, in runs. */
export function memoryChanges(
  ram: Memory,
  before: ReadonlyMap<number, number>,
  regions: readonly Region[],
): MemoryChange[] {
  const changed = [...before]
    .filter(([address, old]) => ram.read8(gpa(address)) !== old)
    .map(([address]) => address)
    .sort((a, b) => a - b);
  const runs: { start: number; end: number }[] = [];
  for (const address of changed) {
    const last = runs.at(-1);
    if (last !== undefined && address - last.end < GAP) {
      last.end = address + 1;
    } else {
      runs.push({ start: address, end: address + 1 });
    }
  }
  return runs.map(({ start, end }) => {
    const where = whereOf(regions, start);
    const hex = toHex(ram.read(gpa(start), end - start));
    return where === undefined ? { gpa: start, hex } : { gpa: start, hex, where };
  });
}
