const IO_BASE = 0x2000;
const MEM_BASE = 0x80000000;
const IO_APIC = 0xfec00000;
/** BAR4 of a modern device: common, status, device and notification structures, 4 KiB each. */
export const MODERN_BASE = 0x90000000;
const MODERN_SIZE = 0x4000;

/** Configuration space, MSI-X table and I/O APIC of a machine with one function in slot 3. */
export class PciFunction {
  readonly ioBase = IO_BASE;
  readonly table: Uint32Array;
  readonly #config = new Uint8Array(256);
  readonly #redirection = new Uint32Array(128);
  readonly #vectors: number;
  #modern = false;
  #address = 0;
  #window = 0;

  constructor(vectors: number, modern = false) {
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
    if (modern) {
      this.#addModern(view);
    }
    this.#config.set([0x11, this.#config[0x41] ?? 0, (vectors - 1) & 0xff, 0, 1, 0, 0, 0, 1, 0x10, 0, 0], 0x40);
  }

  #addModern(view: DataView): void {
    view.setUint16(0x02, 0x1043, true);
    view.setUint32(0x20, MODERN_BASE | 4, true);
    const types = [1, 3, 4, 2];
    for (const [index, type] of types.entries()) {
      const at = 0x60 + 0x14 * index;
      const next = index === 3 ? 0 : at + 0x14;
      this.#config.set([9, next, 20, type, 4, 0, 0, 0], at);
      view.setUint32(at + 8, 0x1000 * index, true);
      view.setUint32(at + 12, 0x1000, true);
      view.setUint32(at + 16, 4, true);
    }
    this.#config[0x41] = 0x60;
    this.#config[0x34] = 0x40;
    this.#modern = true;
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
    const entry = this.#redirection[0x10 + 2 * 16] ?? 0x10000;
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
    if (this.#modern && register >= 0x20 && register < 0x28) {
      const mask = ~(MODERN_SIZE - 1);
      const byte = register - 0x20;
      const kept = byte < 4 ? (mask >>> (8 * byte)) & 0xff : 0xff;
      this.#config[register] = (value & kept) | (byte === 0 ? 4 : 0);
      return;
    }
    const bar = fixed[register];
    if (bar !== undefined) {
      this.#config[register] = (value & bar[0]) | bar[1];
    } else if (register === 0x43 || register === 0x04 || register === 0x05) {
      this.#config[register] = value;
    }
  }
}
