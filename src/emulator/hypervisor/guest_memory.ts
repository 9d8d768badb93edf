import type { Gpa } from '../../base/brand.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/guest_memory.c: structures that a hypercall takes by address. */

/** Whether `length` bytes at `address` of the Service VM can be read; logs where not (guest_memory.c, copy_from_gpa). */
export function copy_from_gpa(cx: HvCx, address: number, length: number): boolean {
  const ok = cx.world.hv.ram.holds(address, length);
  if (!ok) {
    cx.log('error', 'hv-copy-from-gpa-failed', { address, length });
  }
  return ok;
}

/** Reads 16 bits of a structure that `copy_from_gpa` accepted. */
export const get16 = (cx: HvCx, address: number): number => cx.world.hv.ram.read16(address as Gpa);

/** Reads 32 bits. */
export const get32 = (cx: HvCx, address: number): number => cx.world.hv.ram.read32(address as Gpa);

/** Reads 64 bits, exact below 2^53. */
export const get64 = (cx: HvCx, address: number): number => cx.world.hv.ram.read64(address as Gpa);

/** Stores 16 bits (guest_memory.c, copy_to_gpa). */
export const put16 = (cx: HvCx, address: number, value: number): void => cx.world.hv.ram.write16(address as Gpa, value);

/** Stores 32 bits. */
export const put32 = (cx: HvCx, address: number, value: number): void => cx.world.hv.ram.write32(address as Gpa, value);
