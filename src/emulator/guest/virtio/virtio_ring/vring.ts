import { gpa } from '../../../../base/brand.ts';
import type { Memory } from '../../../memory.ts';
import { linuxFile } from '../../../stage.ts';

/** The C file whose functions this folder holds. */
export const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_ring.c');

/** Descriptor flags (virtio 1.2, 2.7.5). */
export const VRING_DESC_F_NEXT = 1;
/** The device writes the buffer. */
export const VRING_DESC_F_WRITE = 2;
/** The buffer holds a table of descriptors. */
export const VRING_DESC_F_INDIRECT = 4;
/** Device to driver: do not notify (virtio 1.2, 2.7.10). */
export const VRING_USED_F_NO_NOTIFY = 1;
/** Driver to device: do not interrupt (virtio 1.2, 2.7.7). */
export const VRING_AVAIL_F_NO_INTERRUPT = 1;

/** Bytes of a descriptor. */
export const DESC_SIZE = 16;
/** `struct vring_desc_state_split`: data, indir_desc. */
export const STATE_SIZE = 16;
/** `struct vring_desc_extra`: addr, len, flags, next. */
export const EXTRA_SIZE = 16;

/** A split virtqueue's three parts, by address (virtio 1.2, 2.7). */
export interface Vring {
  readonly num: number;
  readonly desc: number;
  readonly avail: number;
  readonly used: number;
}

/** `vring_size`: bytes of a ring of `num` entries whose used part is aligned to `align` (include/uapi/linux/virtio_ring.h). */
export function vring_size(num: number, align: number): number {
  const driver = DESC_SIZE * num + 2 * (3 + num);
  return Math.ceil(driver / align) * align + 2 * 3 + 8 * num;
}

/** `vring_init`: the parts of a ring that starts at `p`. */
export function vring_init(num: number, p: number, align: number): Vring {
  const avail = p + num * DESC_SIZE;
  return { num, desc: p, avail, used: Math.ceil((avail + 2 * (3 + num)) / align) * align };
}

/** `vring_need_event`: whether the step from `old` to `next` passes `event` (virtio 1.2, 2.7.7.2). */
export const vring_need_event = (event: number, next: number, old: number): boolean =>
  ((next - event - 1) & 0xffff) < ((next - old) & 0xffff);

/** `vring_used_event`: where the driver says after which used entry it wants an interrupt. */
export const usedEvent = (vring: Vring): number => vring.avail + 4 + 2 * vring.num;
/** `vring_avail_event`: where the device says after which available entry it wants a notification. */
export const availEvent = (vring: Vring): number => vring.used + 4 + 8 * vring.num;

/** Guest RAM as the driver's own loads and stores see it. */
export class RingMemory {
  readonly #ram: Memory;

  constructor(ram: Memory) {
    this.#ram = ram;
  }

  load16(address: number): number {
    return this.#ram.read16(gpa(address));
  }

  load32(address: number): number {
    return this.#ram.read32(gpa(address));
  }

  load64(address: number): number {
    return this.#ram.read64(gpa(address));
  }

  store16(address: number, value: number): void {
    this.#ram.write16(gpa(address), value);
  }

  store32(address: number, value: number): void {
    this.#ram.write32(gpa(address), value);
  }

  store64(address: number, value: number): void {
    this.#ram.write64(gpa(address), value);
  }
}
