import type { IrqDesc } from '../kernel/irqdesc.ts';

/** One base address register, as `__pci_read_base` found it. */
export interface PciBar {
  readonly io: boolean;
  readonly address: number;
  readonly size: number;
}

/** `struct pci_dev`. */
export interface PciDev {
  readonly bus: number;
  readonly devfn: number;
  readonly vendor: number;
  readonly device: number;
  readonly class: number;
  readonly revision: number;
  readonly subsystem_vendor: number;
  readonly subsystem_device: number;
  readonly bars: readonly (PciBar | undefined)[];
  /** Offset of each capability id (the first of each). */
  readonly capabilities: ReadonlyMap<number, readonly number[]>;
  /** Interrupt line (a GSI), 0 for none. */
  readonly irq: number;
  /** Interrupts of the MSI-X entries in use. */
  msix: readonly IrqDesc[];
  /** `msix_base`: where the table is mapped. */
  msixTable: number;
}

/** Offsets in the configuration header (PCI 3.0, 6.1). */
export const PCI = {
  VENDOR_ID: 0x00,
  COMMAND: 0x04,
  CLASS_REVISION: 0x08,
  HEADER_TYPE: 0x0e,
  BASE_ADDRESS_0: 0x10,
  SUBSYSTEM_VENDOR_ID: 0x2c,
  CAPABILITY_LIST: 0x34,
  INTERRUPT_PIN: 0x3d,
} as const;

/** Bits of COMMAND. */
export const PCI_COMMAND = { IO: 1, MEMORY: 2, MASTER: 4, INTX_DISABLE: 0x400 } as const;

/** Capability ids. */
export const PCI_CAP_ID = { MSI: 0x05, VENDOR: 0x09, MSIX: 0x11 } as const;
