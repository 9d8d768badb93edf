import { ERRNO, type Outside } from '../emulator/boundaries.ts';
import { EmulatedOutside } from '../emulator/outside/outside.ts';
import type { PtySlave } from '../emulator/outside/terminal.ts';
import type { UnixSocket } from '../emulator/outside/unix-sockets.ts';

/** The other end of a backend, as a person or program outside uses it. */
interface FarEnd {
  write(bytes: Uint8Array): number;
  close(): void;
}

/** The other ends of all backends of an emulated outside, by the names that a scenario uses. */
export class FarEnds {
  readonly #outside: EmulatedOutside | undefined;
  readonly #connections = new Map<string, UnixSocket>();
  readonly #terminals = new Map<string, PtySlave>();

  /** Real ends have no other end that a scenario could use. */
  constructor(outside: Outside) {
    this.#outside = outside instanceof EmulatedOutside ? outside : undefined;
  }

  /** Whether somebody could type there now. */
  has(name: string): boolean {
    return this.#end(name) !== undefined;
  }

  /** Bytes taken, or a negative errno; -ENODEV where there is no such end. */
  input(name: string, bytes: Uint8Array): number {
    return this.#end(name)?.write(bytes) ?? -ERRNO.ENODEV;
  }

  /** Whether there was such an end to close. */
  hangUp(name: string): boolean {
    const end = this.#end(name);
    end?.close();
    return end !== undefined;
  }

  /** Whether there was such a connection. */
  stopReading(name: string): boolean {
    const connection = this.#connections.get(name);
    connection?.stopReading();
    return connection !== undefined;
  }

  /** 0, or a negative errno; undefined where nothing can be connected to. */
  connect(path: string, name: string): number | undefined {
    const sockets = this.#outside?.sockets;
    const socket = sockets?.socket(name);
    if (sockets === undefined || socket === undefined) {
      return undefined;
    }
    const result = sockets.connect(socket, path);
    if (result === 0) {
      this.#connections.set(name, socket);
    }
    return result;
  }

  #end(name: string): FarEnd | undefined {
    const outside = this.#outside;
    if (outside === undefined) {
      return undefined;
    }
    const pty = /^pty(\d+)$/.exec(name)?.[1];
    return (
      this.#connections.get(name) ??
      (name === 'stdio' ? outside.console : outside.terminals.get(name)) ??
      (pty === undefined ? undefined : this.#terminal(outside, name, Number(pty)))
    );
  }

  /** A pseudo terminal's other end is opened once. */
  #terminal(outside: EmulatedOutside, name: string, index: number): PtySlave | undefined {
    const terminal = this.#terminals.get(name) ?? outside.ptys[index]?.openSlave();
    if (terminal !== undefined) {
      this.#terminals.set(name, terminal);
    }
    return terminal;
  }
}
