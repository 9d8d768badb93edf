import type { Gpa } from '../base/brand.ts';
import type { Program } from '../trace/kinds.ts';
import type { Place, Recorder } from '../trace/recorder.ts';

const PAGE = 4096;
const NO_PAGE = new Uint8Array(PAGE);
const RECENT = 16;
const TWO32 = 0x100000000;

/** A range of physical addresses that is RAM. */
export interface RamRange {
  readonly start: number;
  readonly size: number;
}

/**
 * Physical memory, little endian, sparse by pages of 4 KiB: what was never written reads as zero. Every write goes through
 * the trace. Reads outside RAM give undefined bytes in no way: callers check `holds` first, as the real mapping code does;
 * what they do not check and the real code does not check either ends in `OutsideRam`.
 */
export class Memory {
  readonly ranges: readonly RamRange[];
  readonly #recorder: Recorder;
  readonly #area: number;
  readonly #pages = new Map<number, Uint8Array>();
  readonly #hops = new Map<number, number>();
  /** Pages used last, by their number's low bits. */
  readonly #recentNumbers: number[] = new Array(RECENT).fill(-1);
  readonly #recentPages: Uint8Array[] = new Array(RECENT).fill(NO_PAGE);
  readonly #new = new Uint8Array(8);
  readonly #scratch: DataView;

  constructor(recorder: Recorder, program: Program, name: string, ranges: readonly RamRange[]) {
    this.#recorder = recorder;
    this.ranges = ranges;
    this.#area = recorder.memoryArea(program, name);
    this.#scratch = new DataView(this.#new.buffer);
  }

  /** Whether all bytes of [address, address + length) are RAM. */
  holds(address: number, length: number): boolean {
    for (const range of this.ranges) {
      if (address >= range.start && address + length <= range.start + range.size) {
        return true;
      }
    }
    return false;
  }

  /** One byte. */
  read8(address: Gpa): number {
    return this.#page(address)[address % PAGE] ?? 0;
  }

  /** 16 bits. */
  read16(address: Gpa): number {
    const offset = address % PAGE;
    if (offset <= PAGE - 2) {
      const page = this.#page(address);
      return (page[offset] ?? 0) | ((page[offset + 1] ?? 0) << 8);
    }
    return this.#readSlow(address, 2);
  }

  /** 32 bits, unsigned. */
  read32(address: Gpa): number {
    const offset = address % PAGE;
    return offset <= PAGE - 4 ? word(this.#page(address), offset) : this.#readSlow(address, 4);
  }

  /** 64 bits as a number: exact below 2^53, which covers every address and length of the machine. */
  read64(address: Gpa): number {
    const offset = address % PAGE;
    if (offset > PAGE - 8) {
      return this.read32(address) + this.read32((address + 4) as Gpa) * 0x100000000;
    }
    const page = this.#page(address);
    return word(page, offset) + word(page, offset + 4) * 0x100000000;
  }

  write8(address: Gpa, value: number): void {
    this.#new[0] = value;
    this.#store(address, 1);
  }

  write16(address: Gpa, value: number): void {
    this.#new[0] = value;
    this.#new[1] = value >>> 8;
    this.#store(address, 2);
  }

  write32(address: Gpa, value: number): void {
    this.#scratch.setUint32(0, value, true);
    this.#store(address, 4);
  }

  write64(address: Gpa, value: number): void {
    this.#scratch.setUint32(0, value % 0x100000000, true);
    this.#scratch.setUint32(4, Math.floor(value / 0x100000000), true);
    this.#store(address, 8);
  }

  /** Whoever polls `address` arrives by `hop`: the writer of a flag in shared memory leaves it here. */
  leaveHop(address: Gpa, hop: number): void {
    this.#hops.set(address, hop);
  }

  /** The hop that was left at `address`, -1 for none; it can be taken once. */
  takeHop(address: Gpa): number {
    const hop = this.#hops.get(address) ?? -1;
    this.#hops.delete(address);
    return hop;
  }

  /** A copy of `length` bytes. */
  read(address: Gpa, length: number): Uint8Array {
    this.#check(address, length);
    const first = address % PAGE;
    if (first + length <= PAGE && length > 0) {
      return this.#page(address).slice(first, first + length);
    }
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const offset = (address + done) % PAGE;
      const count = Math.min(PAGE - offset, length - done);
      bytes.set(this.#page(address + done).subarray(offset, offset + count), done);
      done += count;
    }
    return bytes;
  }

  /** Stores bytes. */
  write(address: Gpa, bytes: Uint8Array): void {
    this.#check(address, bytes.length);
    if (bytes.length === 0) {
      return;
    }
    const offset = address % PAGE;
    if (offset + bytes.length <= PAGE) {
      // The recorder copies both, so the page itself can stand for the old bytes.
      const page = this.#writable(address);
      this.#recorder.memoryAt(this.#area, address, page, offset, bytes, bytes.length);
      copy(page, offset, bytes, bytes.length);
      return;
    }
    this.#recorder.memory(this.#area, address, this.read(address, bytes.length), bytes);
    this.#poke(address, bytes);
  }

  #store(address: number, count: number): void {
    const offset = address % PAGE;
    if (offset > PAGE - count) {
      this.write(address as Gpa, this.#new.slice(0, count));
      return;
    }
    const page = this.#writable(address);
    if (this.#recorder.on) {
      this.#recorder.memoryAt(this.#area, address, page, offset, this.#new, count);
    }
    copy(page, offset, this.#new, count);
  }

  #poke(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const offset = (address + done) % PAGE;
      const count = Math.min(PAGE - offset, bytes.length - done);
      this.#writable(address + done).set(bytes.subarray(done, done + count), offset);
      done += count;
    }
  }

  #readSlow(address: number, count: number): number {
    let value = 0;
    for (let i = count - 1; i >= 0; i--) {
      value = value * 256 + (this.#page(address + i)[(address + i) % PAGE] ?? 0);
    }
    return value;
  }

  #check(address: number, length: number): void {
    if (!this.holds(address, length)) {
      throw new OutsideRam(address, length, this.#recorder.place);
    }
  }

  #page(address: number): Uint8Array {
    const number = numberOf(address);
    const slot = number % RECENT;
    return this.#recentNumbers[slot] === number
      ? (this.#recentPages[slot] ?? NO_PAGE)
      : this.#find(address, number, slot);
  }

  #find(address: number, number: number, slot: number): Uint8Array {
    const page = this.#pages.get(number);
    if (page === undefined) {
      this.#check(address, 1);
      return NO_PAGE;
    }
    this.#recentNumbers[slot] = number;
    this.#recentPages[slot] = page;
    return page;
  }

  #writable(address: number): Uint8Array {
    const page = this.#page(address);
    if (page !== NO_PAGE) {
      return page;
    }
    const fresh = new Uint8Array(PAGE);
    this.#pages.set(numberOf(address), fresh);
    return fresh;
  }
}

/** Number of an address's page; the shift is for all addresses but the highest. */
const numberOf = (address: number): number =>
  address >= 0 && address < TWO32 ? address >>> 12 : Math.floor(address / PAGE);

/** 32 bits of a page, little endian, unsigned. */
const word = (page: Uint8Array, offset: number): number =>
  ((page[offset] ?? 0) |
    ((page[offset + 1] ?? 0) << 8) |
    ((page[offset + 2] ?? 0) << 16) |
    ((page[offset + 3] ?? 0) << 24)) >>>
  0;

/** Up to so many bytes a loop is faster than `TypedArray.set`. */
const FEW = 16;

function copy(page: Uint8Array, offset: number, bytes: Uint8Array, count: number): void {
  if (count > FEW) {
    page.set(bytes, offset);
    return;
  }
  for (let i = 0; i < count; i++) {
    page[offset + i] = bytes[i] ?? 0;
  }
}

/** An access outside RAM that nobody checked: the real process gets SIGSEGV here. */
export class OutsideRam extends Error {
  readonly address: number;
  /** Where it happened. */
  readonly place: Place;
  readonly length: number;

  constructor(address: number, length: number, place: Place) {
    super(`no RAM at 0x${address.toString(16)}`);
    this.name = 'OutsideRam';
    this.address = address;
    this.place = place;
    this.length = length;
  }
}
