import type { Gpa } from '../../base/brand.ts';
import { SERVICE_VM_LAYOUT } from '../boundaries.ts';
import type { Memory } from '../memory.ts';

const UNIT = 64;

/** The kernel's heap, for structures that hypercalls take by physical address (mm/slab_common.c, as far as it shows). */
export class Heap {
  readonly #ram: Memory;
  readonly #free = new Map<number, number[]>();
  #next: number = SERVICE_VM_LAYOUT.kernelHeap;

  constructor(ram: Memory) {
    this.#ram = ram;
  }

  /** Memory for `bytes`, which it then holds; returns its physical address (kzalloc and a copy, memdup_user). */
  duplicate(bytes: Uint8Array): number {
    const address = this.allocate(bytes.length);
    this.#ram.write(address as Gpa, bytes);
    return address;
  }

  /** Memory for `length` bytes, with whatever it held before. */
  allocate(length: number): number {
    const size = Math.ceil(length / UNIT) * UNIT;
    return this.#free.get(size)?.pop() ?? this.#grow(size);
  }

  /** Gives back what `duplicate` returned for `length` bytes (kfree). */
  release(address: number, length: number): void {
    const size = Math.ceil(length / UNIT) * UNIT;
    const free = this.#free.get(size);
    if (free === undefined) {
      this.#free.set(size, [address]);
    } else {
      free.push(address);
    }
  }

  #grow(size: number): number {
    const address = this.#next;
    this.#next += size;
    return address;
  }
}
