/** "None" in an unsigned column of 32 bits. */
export const NONE = 0xffffffff;
/** "No stage" in the stage column. */
export const NO_STAGE = 0xffff;

/** Events of one chunk at most. */
export const CHUNK_EVENTS = 65536;

/** State just before a chunk's first event: values by field, pages by memory. Never changed once it is there. */
export interface StateBefore {
  readonly values: readonly number[];
  readonly memory: readonly ReadonlyMap<number, Uint8Array>[];
}

/**
 * One chunk of events, stored by column: 36 bytes an event, and a heap of bytes for memory contents and output.
 *
 * | kind | key | old | value |
 * |---|---|---|---|
 * | enter | depth | - | stage of the frame below, -1 at the bottom |
 * | exit | depth | - | - |
 * | hop | hop kind, and expression << 8 | - | stage arrived at, -1 while under way |
 * | state | field | value before | value after |
 * | memory | offset of old and new bytes in `heap` | memory << 16, and length | address |
 * | hazard, log | text code | offset of its arguments in `notes` | level (log) |
 * | output | offset in `heap` | length | endpoint |
 * | spin, block | expression | turns (spin) | - |
 */
export class Chunk {
  readonly capacity: number;
  /**
   * The columns of one width lie one behind the other in one array, which the recorder writes: row r of column c stands at
   * c * capacity + r. Few arrays are much quicker to write than many. `doubles`: time, old, value; `words`: cause, key;
   * `octets`: kind, context.
   */
  readonly doubles: Float64Array;
  readonly words: Uint32Array;
  readonly octets: Uint8Array;
  readonly kind: Uint8Array;
  readonly context: Uint8Array;
  readonly stage: Uint16Array;
  readonly cause: Uint32Array;
  readonly time: Float64Array;
  readonly key: Uint32Array;
  readonly old: Float64Array;
  readonly value: Float64Array;
  length = 0;
  heap: Uint8Array = new Uint8Array(256);
  heapLength = 0;
  /** Endpoint of each output event, in order. */
  outputs: number[] = [];
  /** Where it is known; the first kept chunk begins with the trace's base. */
  before: StateBefore | undefined = undefined;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.doubles = new Float64Array(3 * capacity);
    this.words = new Uint32Array(2 * capacity);
    this.octets = new Uint8Array(2 * capacity);
    this.kind = this.octets.subarray(0, capacity);
    this.context = this.octets.subarray(capacity);
    this.stage = new Uint16Array(capacity);
    this.cause = this.words.subarray(0, capacity);
    this.key = this.words.subarray(capacity);
    this.time = this.doubles.subarray(0, capacity);
    this.old = this.doubles.subarray(capacity, 2 * capacity);
    this.value = this.doubles.subarray(2 * capacity);
  }

  /** Makes room for `count` more heap bytes and returns where they start. */
  reserve(count: number): number {
    const start = this.heapLength;
    const needed = start + count;
    if (needed > this.heap.length) {
      this.#growHeap(needed);
    }
    this.heapLength = needed;
    return start;
  }

  #growHeap(needed: number): void {
    const bigger = new Uint8Array(Math.max(needed, this.heap.length * 2));
    bigger.set(this.heap);
    this.heap = bigger;
  }

  /** Empty again, for other events. */
  clear(): this {
    this.length = 0;
    this.heapLength = 0;
    this.outputs = [];
    this.before = undefined;
    return this;
  }

  /** A chunk of twice the size with the same events. */
  grown(): Chunk {
    const next = new Chunk(Math.min(this.capacity * 2, CHUNK_EVENTS));
    for (const name of ['kind', 'context', 'stage', 'cause', 'time', 'key', 'old', 'value'] as const) {
      next[name].set(this[name]);
    }
    next.length = this.length;
    next.heap = this.heap;
    next.heapLength = this.heapLength;
    next.outputs = this.outputs;
    next.before = this.before;
    return next;
  }
}
