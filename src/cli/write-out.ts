import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ProblemError, problem } from '../base/problem.ts';
import { messageOf } from '../host-node/real-file.ts';

const BLOCK = 1 << 16;

/** Where a document goes: standard output, or the file of `-o`. */
export class OutFile {
  readonly #descriptor: number;
  readonly #path: string | undefined;
  #waiting: string[] = [];
  #size = 0;

  /** @throws ProblemError `cannot-write` where the file cannot be created */
  constructor(file: string | undefined) {
    this.#path = file;
    this.#descriptor = file === undefined ? 1 : this.#try(() => create(file));
  }

  /** Writes a piece; pieces are gathered into larger blocks. */
  write(text: string): void {
    this.#waiting.push(text);
    this.#size += text.length;
    if (this.#size >= BLOCK) {
      this.#flush();
    }
  }

  /** Writes all pieces and closes the file. */
  end(pieces: Iterable<string>): void {
    for (const piece of pieces) {
      this.write(piece);
    }
    this.#flush();
    if (this.#path !== undefined) {
      closeSync(this.#descriptor);
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#size = 0;
    for (let done = 0; done < bytes.length; ) {
      done += this.#try(() => this.#writeOnce(bytes, done));
    }
  }

  /** A pipe whose reader is slow answers EAGAIN: wait a moment and go on. */
  #writeOnce(bytes: Buffer, from: number): number {
    try {
      return writeSync(this.#descriptor, bytes, from);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        return 0;
      }
      throw error;
    }
  }

  #try<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EPIPE') {
        process.exit(0);
      }
      throw new ProblemError(
        problem('cannot-write', { path: this.#path ?? 'standard output', reason: messageOf(error) }),
      );
    }
  }
}

function create(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  return openSync(file, 'w');
}
