import { gpa } from '../../base/brand.ts';
import type { Cell, CellFactory } from '../cell.ts';
import type { Memory } from '../memory.ts';

/** PAGE_SIZE of x86. */
export const PAGE_SIZE = 4096;

/** Where `struct page` of page frame 0 lies: 64 bytes a frame, as in the kernel's memory map. */
const MEMORY_MAP = 0x0010_0000;
const STRUCT_PAGE = 64;
const PAGE_NEXT = 8;
const PAGE_ORDER = 48;
const PAGE_SLAB = 24;
/** First address that is handed out. */
const HEAP = 0x0020_0000;
const MAX_ORDER = 11;
const SLAB_SIZES = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192] as const;

/** One `kmalloc-N` cache: a free list through the objects themselves, and the slab that is being cut. */
interface KmallocCache {
  readonly size: number;
  readonly order: number;
  readonly freelist: Cell;
  readonly cut: Cell;
}

/** Smallest order whose block holds `bytes`. */
const orderOf = (bytes: number): number => Math.max(0, Math.ceil(Math.log2(Math.max(bytes, 1) / PAGE_SIZE)));

/**
 * The guest kernel's memory: blocks of 2^order pages, and kmalloc caches over them. Kernel addresses are guest-physical.
 * Deterministic (last freed, first handed out, as in SLUB); free lists live in guest RAM, so that the trace shows them.
 */
export class KernelMemory {
  readonly #ram: Memory;
  readonly #end: number;
  readonly #next: Cell;
  readonly #free: readonly Cell[];
  readonly #caches: readonly KmallocCache[];

  constructor(ram: Memory, cells: CellFactory) {
    this.#ram = ram;
    this.#end = Math.max(...ram.ranges.map((range) => range.start + range.size));
    this.#next = cells.hex('mm.first_unused', HEAP);
    this.#free = Array.from({ length: MAX_ORDER }, (_, order) => cells.hex(`mm.free_area[${order}]`));
    this.#caches = SLAB_SIZES.map((size) => ({
      size,
      order: size <= 256 ? 0 : orderOf(size * 8),
      freelist: cells.hex(`mm.kmalloc-${size}.freelist`),
      cut: cells.hex(`mm.kmalloc-${size}.cut`),
    }));
  }

  /** `alloc_pages_exact`, zeroed where `zero`: address of a block of at least `bytes`; 0 where memory is used up. */
  allocPages(bytes: number, zero = false): number {
    const order = orderOf(bytes);
    const free = this.#free[order];
    if (free === undefined) {
      return 0;
    }
    const address = free.value === 0 ? this.#fresh(order) : this.#unlink(free);
    if (address !== 0) {
      this.#ram.write8(gpa(this.#page(address) + PAGE_ORDER), order + 1);
      if (zero) {
        this.#zero(address, PAGE_SIZE << order);
      }
    }
    return address;
  }

  /** `free_pages_exact`. */
  freePages(address: number): void {
    const page = this.#page(address);
    const order = this.#ram.read8(gpa(page + PAGE_ORDER)) - 1;
    const free = this.#free[order];
    if (free !== undefined) {
      this.#ram.write64(gpa(page + PAGE_NEXT), free.value);
      this.#ram.write8(gpa(page + PAGE_ORDER), 0);
      free.value = address;
    }
  }

  /** `kmalloc`: address of `size` bytes, 0 where memory is used up. */
  kmalloc(size: number): number {
    const index = SLAB_SIZES.findIndex((one) => one >= size);
    const cache = this.#caches[index];
    if (cache === undefined) {
      return this.allocPages(size);
    }
    const object = cache.freelist.value;
    if (object === 0) {
      return this.#cut(cache, index);
    }
    cache.freelist.value = this.#ram.read64(gpa(object));
    return object;
  }

  /** `kzalloc`. */
  kzalloc(size: number): number {
    const address = this.kmalloc(size);
    if (address !== 0) {
      this.#zero(address, size);
    }
    return address;
  }

  /** `kfree`; of NULL it does nothing. */
  kfree(address: number): void {
    if (address === 0) {
      return;
    }
    const slab = this.#ram.read8(gpa(this.#page(address) + PAGE_SLAB));
    const cache = this.#caches[slab - 1];
    if (cache === undefined) {
      this.freePages(address);
      return;
    }
    this.#ram.write64(gpa(address), cache.freelist.value);
    cache.freelist.value = address;
  }

  #page(address: number): number {
    return MEMORY_MAP + Math.floor(address / PAGE_SIZE) * STRUCT_PAGE;
  }

  #fresh(order: number): number {
    const size = PAGE_SIZE << order;
    const address = Math.ceil(this.#next.value / size) * size;
    if (address + size > this.#end) {
      return 0;
    }
    this.#next.value = address + size;
    return address;
  }

  #unlink(free: Cell): number {
    const address = free.value;
    free.value = this.#ram.read64(gpa(this.#page(address) + PAGE_NEXT));
    return address;
  }

  #cut(cache: KmallocCache, index: number): number {
    let object = cache.cut.value;
    const bytes = PAGE_SIZE << cache.order;
    if (object === 0) {
      object = this.allocPages(bytes);
      for (let page = object; object !== 0 && page < object + bytes; page += PAGE_SIZE) {
        this.#ram.write8(gpa(this.#page(page) + PAGE_SLAB), index + 1);
      }
    }
    if (object !== 0) {
      const next = object + cache.size;
      cache.cut.value = Math.floor((next + cache.size - 1) / bytes) === Math.floor(object / bytes) ? next : 0;
    }
    return object;
  }

  #zero(address: number, size: number): void {
    if (this.#ram.read(gpa(address), size).some((byte) => byte !== 0)) {
      this.#ram.write(gpa(address), new Uint8Array(size));
    }
  }
}
