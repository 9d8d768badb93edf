const IO_BASE = 0x2000;
const MEM_BASE = 0x80000000;
const IO_APIC = 0xfec00000;

/** Configuration space, MSI-X table and I/O APIC of a machine with one function in slot 3. */
export class PciFunction {
  readonly ioBase = IO_BASE;
  readonly table: Uint32Array;
  readonly #config = new Uint8Array(256);
  readonly #redirection = new Uint32Array(128);
  readonly #vectors: number;
  #address = 0;
  #window = 0;

  constructor(vectors: number) {
    this.#vectors = vectors;
    this.table = new Uint32Array(4 * Math.max(vectors, 1));
    for (let i = 0; i < vectors; i++) {
      this.table[4 * i + 3] = 1;
    }
    const view = new DataView(this.#config.buffer);
    view.setUint32(0x00, 0x10031af4, true);
    view.setUint16(0x04, 7, true);
    view.setUint32(0x08, 0x07800000, true);
    view.setUint32(0x10, IO_BASE | 1, true);
    view.setUint32(0x14, MEM_BASE, true);
    view.setUint32(0x2c, 0x00031af4, true);
    this.#config[0x34] = vectors > 0 ? 0x40 : 0;
    this.#config[0x3c] = 11;
    this.#config[0x3d] = 1;
    this.#config.set([0x11, 0, (vectors - 1) & 0xff, 0, 1, 0, 0, 0, 1, 0x10, 0, 0], 0x40);
  }

  get msixEnabled(): boolean {
    return (this.#config[0x43] ?? 0) >= 0x80;
  }

  /** Vector and processor of a table entry, if it may fire. */
  message(entry: number): { readonly vector: number; readonly cpu: number } | undefined {
    const masked = ((this.#config[0x43] ?? 0) & 0x40) !== 0 || ((this.table[4 * entry + 3] ?? 1) & 1) !== 0;
    if (masked || entry >= this.#vectors) {
      return undefined;
    }
    return { vector: (this.table[4 * entry + 2] ?? 0) & 0xff, cpu: ((this.table[4 * entry] ?? 0) >>> 12) & 0xff };
  }

  /** Vector of the function's interrupt line, if it is not masked. */
  lineVector(): number | undefined {
    const entry = this.#redirection[0x10 + 2 * 11] ?? 0x10000;
    return (entry & 0x10000) === 0 ? entry & 0xff : undefined;
  }

  mmio(address: number, value: number | undefined): number {
    if (address >= IO_APIC) {
      return this.#ioApic(address - IO_APIC, value);
    }
    const index = (address - MEM_BASE) / 4;
    if (value !== undefined) {
      this.table[index] = value;
    }
    return this.table[index] ?? 0;
  }

  port(port: number, size: number, value: number | undefined): number {
    if (port === 0xcf8) {
      this.#address = value ?? this.#address;
      return this.#address;
    }
    const register = (this.#address & 0xfc) + (port & 3);
    if (((this.#address >>> 8) & 0xffff) !== 3 * 8) {
      return 2 ** (8 * size) - 1;
    }
    let read = 0;
    for (let i = 0; i < size; i++) {
      if (value !== undefined) {
        this.#writeByte(register + i, Math.floor(value / 2 ** (8 * i)) & 0xff);
      }
      read += (this.#config[register + i] ?? 0) * 2 ** (8 * i);
    }
    return read;
  }

  #ioApic(offset: number, value: number | undefined): number {
    if (value === undefined) {
      return this.#redirection[this.#window] ?? 0;
    }
    if (offset === 0) {
      this.#window = value;
    } else {
      this.#redirection[this.#window] = value;
    }
    return value;
  }

  #writeByte(register: number, value: number): void {
    const fixed: Record<number, readonly [number, number]> = {
      16: [0xc0, 1],
      17: [0xff, 0],
      18: [0, 0],
      19: [0, 0],
      20: [0, 0],
      21: [0xe0, 0],
      22: [0xff, 0],
      23: [0xff, 0],
    };
    const bar = fixed[register];
    if (bar !== undefined) {
      this.#config[register] = (value & bar[0]) | bar[1];
    } else if (register === 0x43 || register === 0x04 || register === 0x05) {
      this.#config[register] = value;
    }
  }
}
