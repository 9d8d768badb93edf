import { closeSync, openSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import { ERRNO, type Outside, type OutsideFile } from '../emulator/boundaries.ts';

/** A real file that the user chose for this run; acrn-dm's file backend appends to it (O_APPEND, virtio_console.c). */
export class RealFile implements OutsideFile {
  readonly endpoint = 'file';
  readonly isTty = false;
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Opens or creates the file; `cannot-write` where that fails. */
  static open(path: string): Result<RealFile, Problem> {
    try {
      return ok(new RealFile(openSync(path, 'a')));
    } catch (error) {
      return err(problem('cannot-write', { path, reason: messageOf(error) }));
    }
  }

  write(bytes: Uint8Array): number {
    return systemCall(() => writeSync(this.#descriptor, bytes));
  }

  /** The console never reads a file backend. */
  read(): number {
    return -ERRNO.EBADF;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** The user's own terminal as acrn-dm's standard input, to which its stdio backend also writes. */
export class RealTerminal implements OutsideFile {
  readonly endpoint = 'stdio';
  readonly isTty = true;

  write(bytes: Uint8Array): number {
    return systemCall(() => writeSync(1, bytes));
  }

  /** acrn-dm asks for raw mode; the user's own terminal keeps its settings. */
  makeRaw(): void {}

  /** Nothing is typed while a trace runs. */
  read(): number {
    return -ERRNO.EAGAIN;
  }

  /** Never readable: epoll takes it, as it takes a terminal, and reports nothing. */
  poll(): number {
    return 0;
  }

  watch(): () => void {
    return () => undefined;
  }
}

/** `emulated`, with `stdin` replaced and one path leading to a real file. */
export function withRealFiles(
  emulated: Outside,
  real: { readonly stdin?: OutsideFile; readonly path?: string; readonly file?: OutsideFile },
): Outside {
  const outside: Outside = {
    stdin: real.stdin ?? emulated.stdin,
    open: (path) => (path === real.path && real.file !== undefined ? real.file : emulated.open(path)),
    ...(emulated.sockets === undefined ? {} : { sockets: emulated.sockets }),
  };
  const openpt = emulated.openpt?.bind(emulated);
  return openpt === undefined ? outside : { ...outside, openpt };
}

/** The reason of a failed file operation, without the path that the message repeats. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/, \w+ '.*'$/, '') : String(error);

function systemCall(call: () => number): number {
  try {
    return call();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const numbers: Readonly<Record<string, number>> = constants.errno;
    return -(numbers[code] ?? ERRNO.EIO);
  }
}
