import { ERRNO, type OutsideFile, type OutsideSockets } from '../boundaries.ts';
import type { FileSystem } from './files.ts';
import { ByteQueue, EPOLL, Watched } from './watched.ts';

/** Bytes that an unread socket takes: net.core.wmem_default. Real kernels count their own overhead too. */
export const SOCKET_CAPACITY = 212_992;

type SocketState = 'new' | 'listening' | 'connected';

/** One end of a unix stream socket (net/unix/af_unix.c). */
export class UnixSocket extends Watched {
  endpoint: string;
  readonly isTty = false;
  readonly received = new ByteQueue();
  /** Connections that nobody accepted yet. */
  readonly backlog: UnixSocket[] = [];
  state: SocketState = 'new';
  peer: UnixSocket | undefined = undefined;
  #peerClosed = false;
  /** SEND_SHUTDOWN: the other end reads no more. */
  #sendShutdown = false;
  #error = 0;

  constructor(endpoint: string) {
    super();
    this.endpoint = endpoint;
  }

  /** Joins two ends. */
  join(peer: UnixSocket): void {
    this.peer = peer;
    this.state = 'connected';
  }

  write(bytes: Uint8Array): number {
    const { peer } = this;
    if (this.state !== 'connected' || peer === undefined) {
      return -ERRNO.ENOTCONN;
    }
    if (this.#peerClosed || this.#sendShutdown) {
      return -ERRNO.EPIPE;
    }
    const room = SOCKET_CAPACITY - peer.received.length;
    if (room <= 0) {
      return -ERRNO.EAGAIN;
    }
    const taken = bytes.subarray(0, room);
    peer.received.push(taken);
    peer.changed();
    return taken.length;
  }

  read(max: number): Uint8Array | number {
    if (this.state !== 'connected') {
      return -ERRNO.EINVAL;
    }
    if (this.received.length > 0) {
      return this.received.take(max);
    }
    if (this.#error !== 0) {
      const error = this.#error;
      this.#error = 0;
      return -error;
    }
    return this.#peerClosed ? new Uint8Array(0) : -ERRNO.EAGAIN;
  }

  poll(): number {
    if (this.state === 'new') {
      return EPOLL.HUP;
    }
    if (this.state === 'listening') {
      return this.backlog.length > 0 ? EPOLL.IN : 0;
    }
    const ended = this.#peerClosed ? EPOLL.IN | EPOLL.HUP : 0;
    return (this.received.length > 0 ? EPOLL.IN : 0) | (this.#error !== 0 ? EPOLL.ERR : 0) | ended;
  }

  close(): void {
    for (const waiting of this.backlog.splice(0)) {
      waiting.hangUp(true);
    }
    this.hangUp(this.received.length > 0);
  }

  /** This end is gone; the other one is told, as a reset where data was left unread. */
  hangUp(reset: boolean): void {
    const { peer } = this;
    this.peer = undefined;
    peer?.peerGone(reset);
  }

  /** `shutdown(SHUT_RD)`: the other end can write no more, and is not told (unix_shutdown, unix_poll). */
  stopReading(): void {
    if (this.peer !== undefined) {
      this.peer.#sendShutdown = true;
    }
  }

  /** The other end is gone. */
  peerGone(reset: boolean): void {
    this.#peerClosed = true;
    this.#error = reset ? ERRNO.ECONNRESET : 0;
    this.changed();
  }
}

/** Unix sockets by path, shared by acrn-dm and whoever talks to it from outside. */
export class UnixSockets implements OutsideSockets {
  readonly #bound = new Map<string, UnixSocket>();
  readonly #names: FileSystem;
  readonly #nameAccepted: () => string;

  /** `nameAccepted` names the endpoint of a connection that nobody named. */
  constructor(names: FileSystem, nameAccepted: () => string) {
    this.#names = names;
    this.#nameAccepted = nameAccepted;
  }

  socket(endpoint = 'socket'): UnixSocket {
    return new UnixSocket(endpoint);
  }

  bind(socket: OutsideFile, path: string): number {
    if (!(socket instanceof UnixSocket)) {
      return -ERRNO.EINVAL;
    }
    if (this.exists(path)) {
      return -ERRNO.EADDRINUSE;
    }
    if (!this.#names.canCreate(path)) {
      return -ERRNO.ENOENT;
    }
    this.#bound.set(path, socket);
    return 0;
  }

  listen(socket: OutsideFile): number {
    if (!(socket instanceof UnixSocket)) {
      return -ERRNO.EINVAL;
    }
    socket.state = 'listening';
    return 0;
  }

  accept(socket: OutsideFile): UnixSocket | number {
    if (!(socket instanceof UnixSocket) || socket.state !== 'listening') {
      return -ERRNO.EINVAL;
    }
    return socket.backlog.shift() ?? -ERRNO.EAGAIN;
  }

  connect(socket: OutsideFile, path: string): number {
    if (!(socket instanceof UnixSocket)) {
      return -ERRNO.EINVAL;
    }
    const listener = this.#bound.get(path);
    if (listener === undefined) {
      return this.#names.exists(path) ? -ERRNO.ECONNREFUSED : -ERRNO.ENOENT;
    }
    if (listener.state !== 'listening') {
      return -ERRNO.ECONNREFUSED;
    }
    if (socket.state === 'connected') {
      return -ERRNO.EISCONN;
    }
    const accepted = new UnixSocket(socket.endpoint === 'socket' ? this.#nameAccepted() : socket.endpoint);
    accepted.join(socket);
    socket.join(accepted);
    listener.backlog.push(accepted);
    listener.changed();
    return 0;
  }

  exists(path: string): boolean {
    return this.#bound.has(path) || this.#names.exists(path);
  }

  unlink(path: string): number {
    return this.#bound.delete(path) || this.#names.remove(path) ? 0 : -ERRNO.ENOENT;
  }
}
