/** Spans of one block, whose bounds are known: a window skips the blocks that it does not meet. */
const BLOCK = 256;

/** What a span holds beside its two ends. */
export interface SpanContent {
  readonly context: number;
  /** Depth of a call, or kind of a wait. */
  readonly detail: number;
  readonly stage: number;
  readonly expression: number;
}

/** Spans of steps by column: 14 bytes each. They may overlap and come in any order. */
export class Spans {
  start = new Uint32Array(1024);
  end = new Uint32Array(1024);
  context = new Uint8Array(1024);
  detail = new Uint8Array(1024);
  stage = new Uint16Array(1024);
  expression = new Uint16Array(1024);
  length = 0;
  #first = new Uint32Array(0);
  #last = new Uint32Array(0);

  /** Adds a span and returns its number. Its end may be set later, until `finish`. */
  add(start: number, end: number, content: SpanContent): number {
    if (this.length === this.start.length) {
      this.#grow();
    }
    const at = this.length++;
    this.start[at] = start;
    this.end[at] = end;
    this.context[at] = content.context;
    this.detail[at] = content.detail;
    this.stage[at] = content.stage;
    this.expression[at] = content.expression;
    return at;
  }

  /** No span changes any more: notes the bounds of each block. */
  finish(): this {
    const blocks = Math.ceil(this.length / BLOCK);
    this.#first = new Uint32Array(blocks).fill(0xffffffff);
    this.#last = new Uint32Array(blocks);
    for (let at = 0; at < this.length; at++) {
      const block = Math.floor(at / BLOCK);
      this.#first[block] = Math.min(this.#first[block] ?? 0, this.start[at] ?? 0);
      this.#last[block] = Math.max(this.#last[block] ?? 0, this.end[at] ?? 0);
    }
    return this;
  }

  /** Calls `take` for every span that meets steps `from` to `to` (not included). */
  meeting(from: number, to: number, take: (at: number) => void): void {
    for (let block = 0; block < this.#first.length; block++) {
      if ((this.#first[block] ?? 0) < to && (this.#last[block] ?? 0) > from) {
        this.#scan(block * BLOCK, from, to, take);
      }
    }
  }

  #scan(first: number, from: number, to: number, take: (at: number) => void): void {
    const { start, end } = this;
    const behind = Math.min(first + BLOCK, this.length);
    for (let at = first; at < behind; at++) {
      if ((start[at] ?? 0) < to && (end[at] ?? 0) > from) {
        take(at);
      }
    }
  }

  #grow(): void {
    const size = this.start.length * 2;
    this.start = larger(this.start, new Uint32Array(size));
    this.end = larger(this.end, new Uint32Array(size));
    this.context = larger(this.context, new Uint8Array(size));
    this.detail = larger(this.detail, new Uint8Array(size));
    this.stage = larger(this.stage, new Uint16Array(size));
    this.expression = larger(this.expression, new Uint16Array(size));
  }
}

function larger<T extends Uint8Array | Uint16Array | Uint32Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
