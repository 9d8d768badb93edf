import type { Gpa } from '../base/brand.ts';
import type { Program } from '../trace/kinds.ts';
import type { Place, Recorder } from '../trace/recorder.ts';

const PAGE = 4096;
const TWO32 = 0x100000000;
/** Pages of one directory: 4 MiB. */
const DIRECTORY = 1024;

/** A range of physical addresses that is RAM. */
export interface RamRange {
  readonly start: number;
  readonly size: number;
}

/** 4 KiB that were written once. */
class Page {
  readonly bytes = new Uint8Array(PAGE);
  readonly view = new DataView(this.bytes.buffer);
  /** A copy of the bytes that is still right. */
  #copy: Uint8Array | undefined = undefined;

  /** The bytes as they are now, in an array that never changes. */
  get copy(): Uint8Array {
    this.#copy ??= this.bytes.slice();
    return this.#copy;
  }

  /** The bytes change. */
  touch(): void {
    this.#copy = undefined;
  }
}

/** What was never written; nobody writes it. */
const NO_PAGE = new Page();

/**
 * Physical memory, little endian, sparse by pages of 4 KiB: what was never written reads as zero. Every write goes through
 * the trace. Reads outside RAM give undefined bytes in no way: callers check `holds` first, as the real mapping code does;
 * what they do not check and the real code does not check either ends in `OutsideRam`.
 */
export class Memory {
  readonly ranges: readonly RamRange[];
  readonly #recorder: Recorder;
  readonly #area: number;
  /** All pages, by number. */
  readonly #pages = new Map<number, Page>();
  /** The pages below 4 GiB once more, by directory and place in it. */
  readonly #directories: (Page | undefined)[][] = [];
  readonly #hops = new Map<number, number>();
  readonly #new = new Uint8Array(8);
  readonly #scratch: DataView;

  constructor(recorder: Recorder, program: Program, name: string, ranges: readonly RamRange[]) {
    this.#recorder = recorder;
    this.ranges = ranges;
    this.#area = recorder.memoryArea(program, name, () => this.#copies());
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
    return this.#page(address).view.getUint8(offsetOf(address));
  }

  /** 16 bits. */
  read16(address: Gpa): number {
    const offset = offsetOf(address);
    return offset <= PAGE - 2 ? this.#page(address).view.getUint16(offset, true) : this.#readSlow(address, 2);
  }

  /** 32 bits, unsigned. */
  read32(address: Gpa): number {
    const offset = offsetOf(address);
    return offset <= PAGE - 4 ? this.#page(address).view.getUint32(offset, true) : this.#readSlow(address, 4);
  }

  /** 64 bits as a number: exact below 2^53, which covers every address and length of the machine. */
  read64(address: Gpa): number {
    const offset = offsetOf(address);
    if (offset > PAGE - 8) {
      return this.read32(address) + this.read32((address + 4) as Gpa) * TWO32;
    }
    const { view } = this.#page(address);
    return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * TWO32;
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
    this.#scratch.setUint32(0, value % TWO32, true);
    this.#scratch.setUint32(4, Math.floor(value / TWO32), true);
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
    const first = offsetOf(address);
    if (first + length <= PAGE && length > 0) {
      return this.#page(address).bytes.slice(first, first + length);
    }
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const offset = offsetOf(address + done);
      const count = Math.min(PAGE - offset, length - done);
      bytes.set(this.#page(address + done).bytes.subarray(offset, offset + count), done);
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
    const offset = offsetOf(address);
    if (offset + bytes.length <= PAGE) {
      this.#put(address, offset, bytes, bytes.length);
      return;
    }
    this.#recorder.memory(this.#area, address, this.read(address, bytes.length), bytes);
    this.#poke(address, bytes);
  }

  #store(address: number, count: number): void {
    const offset = offsetOf(address);
    if (offset > PAGE - count) {
      this.write(address as Gpa, this.#new.slice(0, count));
    } else {
      this.#put(address, offset, this.#new, count);
    }
  }

  /** Stores the first `count` of `bytes` in one page. */
  #put(address: number, offset: number, bytes: Uint8Array, count: number): void {
    const page = this.#writable(address);
    if (this.#recorder.on) {
      // The recorder copies both, so the page itself can stand for the old bytes.
      this.#recorder.memoryAt(this.#area, address, page.bytes, offset, bytes, count);
    }
    page.touch();
    copy(page.bytes, offset, bytes, count);
  }

  #poke(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const offset = offsetOf(address + done);
      const count = Math.min(PAGE - offset, bytes.length - done);
      const page = this.#writable(address + done);
      page.touch();
      page.bytes.set(bytes.subarray(done, done + count), offset);
      done += count;
    }
  }

  #readSlow(address: number, count: number): number {
    let value = 0;
    for (let i = count - 1; i >= 0; i--) {
      value = value * 256 + this.read8((address + i) as Gpa);
    }
    return value;
  }

  #check(address: number, length: number): void {
    if (!this.holds(address, length)) {
      throw new OutsideRam(address, length, this.#recorder.place);
    }
  }

  #page(address: number): Page {
    const page =
      address >= 0 && address < TWO32
        ? this.#directories[address >>> 22]?.[(address >>> 12) & (DIRECTORY - 1)]
        : this.#pages.get(Math.floor(address / PAGE));
    return page ?? this.#never(address);
  }

  /** What stands for a page that was never written. */
  #never(address: number): Page {
    this.#check(address, 1);
    return NO_PAGE;
  }

  #writable(address: number): Page {
    const page = this.#page(address);
    return page === NO_PAGE ? this.#newPage(address) : page;
  }

  #newPage(address: number): Page {
    const page = new Page();
    const number = Math.floor(address / PAGE);
    this.#pages.set(number, page);
    if (address < TWO32) {
      const at = address >>> 22;
      while (this.#directories.length <= at) {
        this.#directories.push(new Array<undefined>(DIRECTORY).fill(undefined));
      }
      this.#directories[at]?.splice(number % DIRECTORY, 1, page);
    }
    return page;
  }

  /** The pages as they are now. */
  #copies(): ReadonlyMap<number, Uint8Array> {
    const copies = new Map<number, Uint8Array>();
    for (const [number, page] of this.#pages) {
      copies.set(number, page.copy);
    }
    return copies;
  }
}

/** Where in its page an address lies; the low bits of a number above 2^31 are right, too. */
const offsetOf = (address: number): number => address & (PAGE - 1);

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
