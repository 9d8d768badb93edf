import type { Cell, CellFactory } from '../cell.ts';
import { acrnFile, type Stage, stage } from '../stage.ts';
import type { MmioRequest } from './main/io-request.ts';
import type { PciVdev } from './pci-core/vdev.ts';
import type { DmCx } from './process.ts';

const file = acrnFile('device-model', 'devicemodel/core/mem.c');
const EINVAL = 22;
const ESRCH = 3;

/** A 64-bit value in two exact halves. */
export interface MmioValue {
  low: number;
  high: number;
}

/** `mem_func_t` */
export type MemHandler = Stage &
  ((
    cx: DmCx,
    vcpu: number,
    write: boolean,
    gpa: number,
    size: number,
    value: MmioValue,
    dev: PciVdev | undefined,
    bar: number,
  ) => number);

/** `struct mem_range` */
export interface MemRange {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  readonly handler: MemHandler;
  readonly arg1: PciVdev | undefined;
  readonly arg2: number;
}

/** `mmio_rb_root`, `mmio_rb_fallback` and `mmio_hint`. */
export class MemTree {
  readonly root: MemRange[] = [];
  readonly fallback: MemRange[] = [];
  /** Base of the range that the last access hit, -1 for none. */
  readonly hint: Cell;

  constructor(cells: CellFactory) {
    this.hint = cells.hex('mmio_hint', -1);
  }
}

const lookup = (ranges: readonly MemRange[], address: number): MemRange | undefined =>
  ranges.find((range) => address >= range.base && address < range.base + range.size);

const mem_read = stage(file, 'mem_read', (cx: DmCx, range: MemRange, request: MmioRequest): number =>
  cx.ptr('(*mr->handler)', range.handler)(cx, 0, false, request.address, request.size, request, range.arg1, range.arg2),
);

const mem_write = stage(file, 'mem_write', (cx: DmCx, range: MemRange, request: MmioRequest): number =>
  cx.ptr('(*mr->handler)', range.handler)(cx, 0, true, request.address, request.size, request, range.arg1, range.arg2),
);

function find(cx: DmCx, address: number): MemRange | number {
  const tree = cx.world.mem;
  const hint = tree.hint.value < 0 ? undefined : tree.root.find((range) => range.base === tree.hint.value);
  if (hint !== undefined && address >= hint.base && address < hint.base + hint.size) {
    return hint;
  }
  const entry = lookup(tree.root, address);
  if (entry !== undefined) {
    tree.hint.value = entry.base;
    return entry;
  }
  return lookup(tree.fallback, address) ?? -ESRCH;
}

/** core/mem.c: a memory-mapped access of the guest; negative errno where nobody answers it. */
export const emulate_mem = stage(file, 'emulate_mem', (cx: DmCx, request: MmioRequest): number => {
  const entry = find(cx, request.address);
  if (typeof entry === 'number') {
    return entry;
  }
  return request.isRead ? mem_read(cx, entry, request) : mem_write(cx, entry, request);
});

const overlaps = (ranges: readonly MemRange[], one: MemRange): boolean =>
  ranges.some((range) => one.base < range.base + range.size && range.base < one.base + one.size);

/** core/mem.c: claims a range of guest-physical addresses; -1 where it overlaps another. */
export const register_mem = stage(file, 'register_mem', (cx: DmCx, range: MemRange): number => {
  if (overlaps(cx.world.mem.root, range)) {
    return -1;
  }
  cx.world.mem.root.push(range);
  return 0;
});

/** core/mem.c: a range that answers where no other does. */
export const register_mem_fallback = stage(file, 'register_mem_fallback', (cx: DmCx, range: MemRange): number => {
  if (overlaps(cx.world.mem.fallback, range)) {
    return -1;
  }
  cx.world.mem.fallback.push(range);
  return 0;
});

function remove(cx: DmCx, ranges: MemRange[], base: number, size: number): number {
  const at = ranges.findIndex((range) => range.base === base && range.size === size);
  if (at < 0) {
    return -EINVAL;
  }
  if (cx.world.mem.hint.value === base) {
    cx.world.mem.hint.value = -1;
  }
  ranges.splice(at, 1);
  return 0;
}

/** core/mem.c: gives a range back; negative where it was not claimed just so. */
export const unregister_mem = stage(file, 'unregister_mem', (cx: DmCx, base: number, size: number): number =>
  remove(cx, cx.world.mem.root, base, size),
);

/** core/mem.c: the same for a fallback range. */
export const unregister_mem_fallback = stage(
  file,
  'unregister_mem_fallback',
  (cx: DmCx, base: number, size: number): number => remove(cx, cx.world.mem.fallback, base, size),
);

/** core/mem.c: no range claimed. */
export const init_mem = stage(file, 'init_mem', (cx: DmCx): void => {
  cx.world.mem.root.length = 0;
  cx.world.mem.fallback.length = 0;
});
