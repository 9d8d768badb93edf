import type { Gpa } from '../../../base/brand.ts';
import { SERVICE_VM_LAYOUT } from '../../boundaries.ts';
import type { Memory } from '../../memory.ts';
import type { PortValue } from '../inout.ts';
import type { MmioValue } from '../mem.ts';

/** States of a slot (hypervisor/include/public/acrn_common.h). */
export const ACRN_IOREQ_STATE = { PENDING: 0, COMPLETE: 1, PROCESSING: 2, FREE: 3 } as const;

const SLOT_SIZE = 256;
const at = (slot: number, offset: number): Gpa => (slot + offset) as Gpa;

/** `struct acrn_pio_request` as the handlers of ports see it. */
export interface PioRequest extends PortValue {
  readonly isRead: boolean;
  readonly address: number;
  readonly size: number;
}

/** `struct acrn_mmio_request` as the handlers of memory see it. */
export interface MmioRequest extends MmioValue {
  readonly isRead: boolean;
  readonly address: number;
  readonly size: number;
}

/** `struct acrn_pci_request` */
export interface PciRequest extends PortValue {
  readonly isRead: boolean;
  readonly bus: number;
  readonly dev: number;
  readonly func: number;
  readonly reg: number;
  readonly size: number;
}

/** One slot of `io_request_page` (`struct acrn_io_request`): read and written in the shared page itself. */
export class IoRequestSlot {
  readonly #ram: Memory;
  readonly #base: number;

  constructor(ram: Memory, vcpu: number) {
    this.#ram = ram;
    this.#base = SERVICE_VM_LAYOUT.ioRequestPage + vcpu * SLOT_SIZE;
  }

  get type(): number {
    return this.#ram.read32(at(this.#base, 0));
  }

  get kernel_handled(): number {
    return this.#ram.read32(at(this.#base, 132));
  }

  get processed(): number {
    return this.#ram.read32(at(this.#base, 136));
  }

  get pio(): PioRequest {
    const { isRead, address, size } = this.#head();
    return { isRead, address, size, value: this.#ram.read32(at(this.#base, 88)) };
  }

  get mmio(): MmioRequest {
    const low = this.#ram.read32(at(this.#base, 88));
    return { ...this.#head(), low, high: this.#ram.read32(at(this.#base, 92)) };
  }

  get pci(): PciRequest {
    const read = (offset: number): number => this.#ram.read32(at(this.#base, offset)) | 0;
    return {
      isRead: read(64) === 0,
      size: this.#ram.read64(at(this.#base, 80)),
      value: this.#ram.read32(at(this.#base, 88)),
      bus: read(92),
      dev: read(96),
      func: read(100),
      reg: read(104),
    };
  }

  /** Value field of a port or configuration access: 32 bits. */
  setValue32(value: number): void {
    this.#ram.write32(at(this.#base, 88), value);
  }

  /** Value field of a memory access: 64 bits. */
  setValue64(low: number, high: number): void {
    this.#ram.write32(at(this.#base, 88), low);
    this.#ram.write32(at(this.#base, 92), high);
  }

  #head(): { readonly isRead: boolean; readonly address: number; readonly size: number } {
    return {
      isRead: this.#ram.read32(at(this.#base, 64)) === 0,
      address: this.#ram.read64(at(this.#base, 72)),
      size: this.#ram.read64(at(this.#base, 80)),
    };
  }
}
