import { toHex } from '../../base/bytes.ts';
import type { Recorder } from '../../trace/recorder.ts';
import type { EpollEvent, IoctlArgument, OutsideFile, ServiceVmSyscalls, ThreadBody } from '../boundaries.ts';
import { Cx } from '../cx.ts';
import { ACRN_IOCTL } from '../device-model/vmmapi.ts';
import { Descriptors } from '../outside/descriptors.ts';
import { MemoryDevice, RegularFile } from '../outside/files.ts';
import { EventFd, type Timers } from '../outside/kernel-files.ts';
import { PtyMaster, PtySlave } from '../outside/terminal.ts';
import { UnixSocket } from '../outside/unix-sockets.ts';
import { type Suspend, WaitQueue } from '../scheduler.ts';
import type { FarEnds } from './far-ends.ts';
import { IoeventfdTable } from './ioeventfds.ts';
import type { OpRecord } from './op-record.ts';

const GSI_SET_LOW = 1;
const TWO32 = 0x1_0000_0000;

/** A clock that stands still unless it is moved. */
export class ManualClock implements Timers {
  #now = 0;
  #pending: { readonly at: number; readonly expire: () => void }[] = [];

  after(nanoseconds: number, expire: () => void): () => void {
    const timer = { at: this.#now + nanoseconds, expire };
    this.#pending.push(timer);
    return () => {
      this.#pending = this.#pending.filter((one) => one !== timer);
    };
  }

  /** Lets time pass. */
  advance(nanoseconds: number): void {
    this.#now += nanoseconds;
    const due = this.#pending.filter((timer) => timer.at <= this.#now).sort((a, b) => a.at - b.at);
    this.#pending = this.#pending.filter((timer) => timer.at > this.#now);
    for (const timer of due) {
      timer.expire();
    }
  }
}

/** A thread that the process made: run by hand, one wake-up at a time. */
export interface MadeThread {
  readonly body: ThreadBody;
  readonly epfds: ReadonlySet<number>;
  started: boolean;
}

/**
 * The Service VM as a recorder replaces it: every ioctl succeeds and the three that matter are noted, ioeventfds are
 * matched as the HSM does, files are the emulated outside's, and each `epoll_wait` stops until it is let go.
 */
export class RecorderKernel implements ServiceVmSyscalls {
  readonly files: Descriptors;
  readonly clock = new ManualClock();
  readonly ioeventfds = new IoeventfdTable();
  readonly threads: MadeThread[] = [];
  /** Threads made from now on run at once, before `pthread_create` returns. */
  threadsRunFirst = false;
  readonly #recorder: Recorder;
  readonly #record: OpRecord;
  readonly #gate = new WaitQueue('epoll_wait');
  readonly #names = new Map<OutsideFile, string>();
  readonly #counts = new Map<string, number>();
  readonly #far: FarEnds;
  #context = 0;

  constructor(recorder: Recorder, record: OpRecord, far: FarEnds) {
    this.#recorder = recorder;
    this.#record = record;
    this.#far = far;
    const watch = {
      opened: (file: OutsideFile) => this.#opened(file),
      closed: (file: OutsideFile) => this.#closed(file),
    };
    this.files = new Descriptors(far.outside, this.clock, watch);
    this.#names.set(far.outside.stdin, 'stdin#0');
  }

  /** Calls without a context of their own come from this one. */
  runsIn(context: number): void {
    this.#context = context;
  }

  open(cx: Cx, path: string, flags = 0): number {
    this.#context = cx.context.id;
    const fd = this.files.open(path, flags);
    if (fd < 0) {
      this.#record.see('backend_calls', cx.context.id, { call: 'open', fd: '', ret: -1, errno: -fd });
    }
    return fd;
  }

  close(cx: Cx, fd: number): number {
    this.#context = cx.context.id;
    return this.files.close(fd);
  }

  // biome-ignore lint/correctness/useYield: no request waits here
  *ioctl(cx: Cx, _fd: number, request: number, argument: IoctlArgument): Generator<Suspend, number, unknown> {
    const context = cx.context.id;
    if (request === ACRN_IOCTL.SET_IRQLINE && typeof argument === 'number') {
      const level = Math.floor(argument / TWO32) === GSI_SET_LOW ? 'low(asserted)' : 'high(deasserted)';
      this.#record.see('irqs', context, { kind: 'intx_line', gsi: argument % TWO32, level });
    } else if (request === ACRN_IOCTL.INJECT_MSI && typeof argument !== 'number') {
      const view = new DataView(argument.buffer, argument.byteOffset);
      const addr = view.getUint32(0, true) + view.getUint32(4, true) * TWO32;
      this.#record.see('irqs', context, { kind: 'msi_delivered', addr, data: view.getUint32(8, true) });
    } else if (request === ACRN_IOCTL.IOEVENTFD && typeof argument !== 'number') {
      const { fd: _eventfd, ...shown } = this.ioeventfds.change(argument);
      this.#record.see('ioeventfd', context, shown);
    }
    return 0;
  }

  writev(cx: Cx, fd: number, parts: readonly Uint8Array[]): number {
    const bytes = parts[0] ?? new Uint8Array(0);
    const result = this.files.write(fd, bytes);
    this.#call(cx, 'writev', fd, toHex(bytes), result);
    return result;
  }

  read(cx: Cx, fd: number, max: number): Uint8Array | number {
    const got = this.files.read(fd, max);
    const hex = typeof got === 'number' ? '' : toHex(got);
    this.#call(cx, this.#lastSyscall(), fd, hex, typeof got === 'number' ? got : got.length);
    return got;
  }

  isatty(fd: number): boolean {
    return this.files.isatty(fd);
  }

  eventfd(): number {
    return this.files.eventfd();
  }

  eventfdCount(fd: number): number {
    return this.files.eventfdCount(fd);
  }

  epollCreate(): number {
    return this.files.epollCreate();
  }

  epollAdd(_cx: Cx, epfd: number, fd: number): number {
    return this.files.epollAdd(epfd, fd);
  }

  epollDelete(_cx: Cx, epfd: number, fd: number): number {
    return this.files.epollDelete(epfd, fd);
  }

  /** Stops once, then reports what is ready: whoever runs the thread resumes it only when something is. */
  *epollWait(_cx: Cx, epfd: number): Generator<Suspend, readonly EpollEvent[], unknown> {
    this.waitingOn.add(epfd);
    yield this.#gate;
    return this.files.epollReady(epfd);
  }

  /** Epoll sets that some thread has waited on: the thread that made them last is known by its set. */
  readonly waitingOn = new Set<number>();

  pthreadCreate(_cx: Cx, name: string, body: (cx: Cx) => ThreadBody): void {
    const strand = this.#recorder.strand(name);
    const bare = new Cx<unknown>(undefined, this.#recorder, strand, { id: 0, program: 'device-model', name });
    const epfds = new Set<number>();
    const thread: MadeThread = { body: body(bare), epfds, started: false };
    this.threads.push(thread);
    if (this.threadsRunFirst) {
      this.start(thread);
    }
  }

  /** Runs a made thread up to its first wait. */
  start(thread: MadeThread): void {
    const before = new Set(this.waitingOn);
    thread.started = true;
    thread.body.next();
    for (const epfd of this.waitingOn) {
      if (!before.has(epfd)) {
        (thread.epfds as Set<number>).add(epfd);
      }
    }
  }

  /** The eventfd behind a descriptor, for a signal by the HSM. */
  signal(fd: number): void {
    const file = this.files.file(fd);
    if (file instanceof EventFd) {
      file.signal();
    }
  }

  #call(cx: Cx, call: string, fd: number, hex: string, result: number): void {
    const file = this.files.file(fd);
    const name = file === undefined ? undefined : this.#names.get(file);
    if (name !== undefined) {
      const fields = { call, fd: name, hex, ret: Math.max(result, -1), errno: Math.max(-result, 0) };
      this.#record.see('backend_calls', cx.context.id, fields);
    }
  }

  /** Name of the system call under way: the hop that led here. */
  #lastSyscall(): string {
    const { trace } = this.#recorder;
    const event = trace.event(trace.length - 1);
    return event?.kind === 'hop' ? (trace.expressions[event.key >> 8] ?? 'read') : 'read';
  }

  #opened(file: OutsideFile): void {
    const kind = kindOf(file);
    if (kind === undefined) {
      return;
    }
    const count = this.#counts.get(kind) ?? 0;
    this.#counts.set(kind, count + 1);
    const fd = `${kind}#${count}`;
    this.#names.set(file, fd);
    this.#far.opened(file);
    this.#record.see('backend_calls', this.#context, { call: 'open', fd, ret: 0, errno: 0 });
  }

  #closed(file: OutsideFile): void {
    const fd = this.#names.get(file);
    if (fd !== undefined) {
      this.#record.see('backend_calls', this.#context, { call: 'close', fd });
    }
  }
}

/** Which kind of backend descriptor a file is to a recorder. */
function kindOf(file: OutsideFile): string | undefined {
  if (file instanceof RegularFile || file instanceof MemoryDevice) {
    return 'file';
  }
  if (file instanceof PtyMaster) {
    return 'ptm';
  }
  if (file instanceof PtySlave) {
    return file.endpoint.startsWith('tty') ? 'tty' : 'pts';
  }
  if (file instanceof UnixSocket) {
    return file.state === 'connected' ? 'conn' : 'sock';
  }
  return undefined;
}
