import type { IoctlArgument } from '../../boundaries.ts';
import type { EventfdCtx } from '../eventfd.ts';
import type { FileTable } from '../files.ts';
import type { Memmap } from '../mm.ts';

/** `length` bytes of what a pointer points to; undefined where copy_from_user would fail. */
export function userBytes(argument: IoctlArgument, length: number): Uint8Array | undefined {
  if (typeof argument === 'number' || argument.length < length) {
    return undefined;
  }
  return argument.length === length ? argument : argument.subarray(0, length);
}

/** 16 bits of a structure. */
export const u16 = (bytes: Uint8Array, offset: number): number =>
  (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);

/** 32 bits of a structure, unsigned. */
export const u32 = (bytes: Uint8Array, offset: number): number =>
  (u16(bytes, offset) | (u16(bytes, offset + 2) << 16)) >>> 0;

/** 64 bits of a structure, exact below 2^53. */
export const u64 = (bytes: Uint8Array, offset: number): number =>
  u32(bytes, offset) + u32(bytes, offset + 4) * 0x1_0000_0000;

/** `struct acrn_vm_memmap` (32 bytes). */
export const memmapOf = (bytes: Uint8Array): Memmap => ({
  type: u32(bytes, 0),
  attr: u32(bytes, 4),
  userVmPa: u64(bytes, 8),
  source: u64(bytes, 16),
  len: u64(bytes, 24),
});

/** The eventfd behind a descriptor (eventfd_ctx_fdget). */
export function eventfdOf(files: FileTable, fd: number): { eventfd: EventfdCtx | undefined; isOpen: boolean } {
  const file = files.get(fd);
  return { eventfd: file?.kind === 'eventfd' ? file.ctx : undefined, isOpen: file !== undefined };
}
