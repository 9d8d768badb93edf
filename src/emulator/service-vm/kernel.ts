import type { Recorder } from '../../trace/recorder.ts';
import type { Strand } from '../../trace/strand.ts';
import {
  type EpollEvent,
  ERRNO,
  type FileSyscalls,
  type HypercallGate,
  type IoctlArgument,
  type Outside,
  type OutsideFile,
  type ServiceVmCpu,
  type ServiceVmSyscalls,
  type ThreadBody,
} from '../boundaries.ts';
import { CellFactory } from '../cell.ts';
import { Cx } from '../cx.ts';
import type { Memory } from '../memory.ts';
import { type Scheduler, type Suspend, Thread } from '../scheduler.ts';
import { linuxFile, stage } from '../stage.ts';
import { acrn_init_platform } from './acrn.ts';
import { EventfdCtx, eventfd_write, type WaitEntry } from './eventfd.ts';
import { Eventpoll, ep_insert, epollWait } from './eventpoll.ts';
import type { ServiceVmFaults } from './faults.ts';
import { ServiceVmFiles } from './file_syscalls.ts';
import { FileTable, type KernelFile, pollable } from './files.ts';
import { Heap } from './heap.ts';
import { acrn_dev_ioctl, acrn_dev_open, acrn_dev_release } from './hsm/ioctl.ts';
import { hsm_init } from './hsm/module.ts';
import { InterruptLine } from './interrupts.ts';
import { Outsiders } from './outsiders.ts';
import { Work, Workqueue } from './workqueue.ts';
import type { ServiceVm, SvCx } from './world.ts';

/** What the Service VM's kernel is made of and stands between. */
export interface ServiceVmKernelOptions {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  /** The Service VM's physical memory. */
  readonly ram: Memory;
  readonly gate: HypercallGate;
  readonly outside: Outside;
  readonly faults?: ServiceVmFaults;
  /**
   * What if the Service VM ran ACRN's own kernel (projectacrn/acrn-kernel), which has asyncio? Mainline Linux 6.12, which
   * this program stands for, has not.
   */
  readonly acrnKernel?: boolean;
}

/** Bytes of `struct eventfd_ctx`, rounded up. */
const EVENTFD_CTX_LENGTH = 64;

const NOTHING = new Uint8Array(0);

/** All parts in one piece. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const fsRead = linuxFile('service-vm-kernel', 'fs/read_write.c');

/** write(2) and writev(2) of a file that the machine itself holds; files outside are written without a stage. */
const vfs_writev = stage(fsRead, 'vfs_writev', (cx: SvCx, ctx: EventfdCtx, count: number) =>
  eventfd_write(cx, ctx, count),
);

/** The Service VM's Linux, with acrn-dm's system calls and the processor that takes upcalls. */
export class ServiceVmKernel implements ServiceVmSyscalls, ServiceVmCpu {
  readonly #world: ServiceVm;
  readonly #files: FileTable;
  readonly #irq: InterruptLine;
  readonly #outsiders: Outsiders;
  readonly #endpoints = new Map<string, number>();
  readonly #callers = new WeakMap<Cx, Map<string, SvCx>>();
  #opened = 0;
  /** System calls on terminals, sockets, pipes and timers. */
  readonly files: FileSyscalls;

  constructor(options: ServiceVmKernelOptions) {
    const { recorder } = options;
    const cells = new CellFactory(recorder, 'service-vm-kernel');
    this.#world = {
      recorder,
      scheduler: options.scheduler,
      cells,
      ram: options.ram,
      gate: options.gate,
      outside: options.outside,
      heap: new Heap(options.ram),
      faults: options.faults ?? {},
      acrnKernel: options.acrnKernel ?? false,
      eventfds: new Map(),
      idtHypervisorCallback: cells.pointer('idt_table[0xf3]'),
      acrn_intr_handler: cells.pointer('acrn_intr_handler'),
      irq_hv_callback_count: cells.number('irq_stat.irq_hv_callback_count'),
      acrnDevRegistered: cells.number('acrn_dev.registered'),
      acrn_vm_list: [],
      ioreq_wq: new Workqueue('ioreq_wq'),
      ioreq_work: new Work(cells, 'ioreq_work'),
      ioreqWqAllocated: cells.number('ioreq_wq'),
    };
    this.#files = new FileTable(this.#world);
    this.#irq = new InterruptLine(this.#world);
    this.#outsiders = new Outsiders(this.#world);
    this.files = new ServiceVmFiles(this.#world, this.#files);
  }

  /** Boots: installs the upcall's gate, loads the HSM, lets the processor take interrupts. */
  boot(): void {
    const { recorder } = this.#world;
    const strand = recorder.strand('Service VM boot');
    const context = (name: string): SvCx =>
      new Cx(this.#world, recorder, strand, recorder.context('service-vm-kernel', name));
    recorder.switchTo(strand);
    acrn_init_platform(context('Service VM early boot'));
    hsm_init(context('Service VM boot / module init'));
    this.#irq.start();
  }

  /** See `ServiceVmCpu`. */
  raise(vector: number, hop: number): void {
    this.#irq.raise(vector, hop);
  }

  /** See `ServiceVmSyscalls`. */
  open(cx: Cx, path: string, flags?: number): number {
    if (path === '/dev/acrn_hsm') {
      if (this.#world.acrnDevRegistered.value === 0) {
        return -ERRNO.ENOENT;
      }
      cx.via('syscall', 'open');
      const vm = acrn_dev_open(this.#inside(cx, 'open'), `acrn_hsm${this.#opened++}`);
      return this.#files.install({ kind: 'hsm', vm });
    }
    const file = this.#world.outside.open(path, flags);
    return file === undefined ? -ERRNO.ENOENT : this.#files.install({ kind: 'outside', file });
  }

  /** See `ServiceVmSyscalls`. */
  close(cx: Cx, fd: number): number {
    const file = this.#files.remove(fd);
    if (file === undefined) {
      return -ERRNO.EBADF;
    }
    if (file.kind === 'hsm') {
      cx.via('syscall', 'close');
      acrn_dev_release(this.#inside(cx, 'close'), file.vm);
    } else if (file.kind === 'internal') {
      file.file.close();
    } else if (file.kind === 'outside' && !this.#files.isShared(file)) {
      file.file.close?.();
    }
    return 0;
  }

  /** See `ServiceVmSyscalls`. */
  *ioctl(
    cx: Cx,
    fd: number,
    request: number,
    argument: IoctlArgument,
    hop: number,
  ): Generator<Suspend, number, unknown> {
    const file = this.#files.get(fd);
    if (file?.kind !== 'hsm') {
      return -(file === undefined ? ERRNO.EBADF : ERRNO.ENOTTY);
    }
    const kernel = this.#inside(cx, 'ioctl');
    kernel.arrive(hop);
    return yield* acrn_dev_ioctl(kernel, { vm: file.vm, files: this.#files }, request, argument);
  }

  /** See `ServiceVmSyscalls`. */
  writev(cx: Cx, fd: number, parts: readonly Uint8Array[]): number {
    const file = this.#files.get(fd);
    switch (file?.kind) {
      case undefined:
        return -ERRNO.EBADF;
      case 'eventfd':
        return this.#writeEventfd(cx, file.ctx, parts);
      case 'outside':
        return this.#writeOutside(file.file, parts);
      case 'internal':
        return file.file.write(this.#inside(cx, 'write'), joined(parts));
      default:
        return -ERRNO.EINVAL;
    }
  }

  #writeEventfd(cx: Cx, ctx: EventfdCtx, parts: readonly Uint8Array[]): number {
    const bytes = parts[0];
    if (bytes === undefined || bytes.length < 8) {
      return -ERRNO.EINVAL;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    const count = view.getUint32(0, true) + view.getUint32(4, true) * 0x1_0000_0000;
    vfs_writev(this.#inside(cx, 'write'), ctx, count);
    return 8;
  }

  /** Each part in turn, as far as the file takes them; what it took is output of the machine. */
  #writeOutside(file: OutsideFile, parts: readonly Uint8Array[]): number {
    if (parts.every((part) => part.length === 0)) {
      // Nothing to write ends before anybody looks at the file, but for one that was opened to read only.
      return file.write(NOTHING) === -ERRNO.EBADF ? -ERRNO.EBADF : 0;
    }
    let total = 0;
    for (const part of parts) {
      const taken = file.write(part);
      if (taken < 0) {
        return total > 0 ? total : taken;
      }
      if (taken > 0) {
        this.#world.recorder.output(this.#endpoint(file.endpoint), part.subarray(0, taken));
      }
      total += taken;
      if (taken < part.length) {
        break;
      }
    }
    return total;
  }

  #endpoint(name: string): number {
    let endpoint = this.#endpoints.get(name);
    if (endpoint === undefined) {
      endpoint = this.#world.recorder.endpoint(name);
      this.#endpoints.set(name, endpoint);
    }
    return endpoint;
  }

  /** See `ServiceVmSyscalls`. */
  read(_cx: Cx, fd: number, max: number): Uint8Array | number {
    const file = this.#files.get(fd);
    switch (file?.kind) {
      case undefined:
        return -ERRNO.EBADF;
      case 'eventfd':
        return readEventfd(file.ctx, max);
      case 'outside':
      case 'internal':
        return file.file.read(max);
      default:
        return -ERRNO.EINVAL;
    }
  }

  /** See `ServiceVmSyscalls`. */
  isatty(fd: number): boolean {
    const file = this.#files.get(fd);
    return file?.kind === 'outside' && file.file.isTty;
  }

  /** See `ServiceVmSyscalls`. */
  eventfd(_cx: Cx): number {
    const address = this.#world.heap.allocate(EVENTFD_CTX_LENGTH);
    const ctx = new EventfdCtx(this.#world.cells, `eventfd${this.#opened++}`, address);
    this.#world.eventfds.set(address, ctx);
    return this.#files.install({ kind: 'eventfd', ctx });
  }

  /** See `ServiceVmSyscalls`. */
  eventfdCount(fd: number): number {
    const file = this.#files.get(fd);
    return file?.kind === 'eventfd' ? file.ctx.count.value : 0;
  }

  /** See `ServiceVmSyscalls`. */
  epollCreate(_cx: Cx): number {
    const ep = new Eventpoll(this.#world.cells, `eventpoll${this.#opened++}`);
    return this.#files.install({ kind: 'epoll', ep });
  }

  /** See `ServiceVmSyscalls`. */
  epollAdd(cx: Cx, epfd: number, fd: number): number {
    const ep = this.#epoll(epfd);
    if (typeof ep === 'number') {
      return ep;
    }
    const file = this.#files.get(fd);
    const target = pollable(file, (entry) => this.#outsideChanged(file, entry));
    if (typeof target === 'number') {
      return target;
    }
    if (ep.items.some((item) => item.fd === fd)) {
      return -ERRNO.EEXIST;
    }
    ep_insert(this.#inside(cx, 'epoll_ctl'), ep, target, fd);
    return 0;
  }

  #outsideChanged(file: KernelFile | undefined, entry: WaitEntry): void {
    const key = file?.kind === 'outside' ? (file.file.poll?.() ?? 0) : 0;
    if (key !== 0) {
      this.#outsiders.wake(entry, key);
    }
  }

  /** See `ServiceVmSyscalls`. */
  epollDelete(_cx: Cx, epfd: number, fd: number): number {
    const ep = this.#epoll(epfd);
    if (typeof ep === 'number') {
      return ep;
    }
    const item = ep.items.find((one) => one.fd === fd);
    item?.remove();
    return item === undefined ? -ERRNO.ENOENT : 0;
  }

  /** See `ServiceVmSyscalls`. An invalid descriptor reports nothing. */
  *epollWait(cx: Cx, epfd: number): Generator<Suspend, readonly EpollEvent[], unknown> {
    const ep = this.#epoll(epfd);
    return typeof ep === 'number' ? [] : yield* epollWait(cx, ep);
  }

  #epoll(epfd: number): Eventpoll | number {
    const file = this.#files.get(epfd);
    return file?.kind === 'epoll' ? file.ep : -(file === undefined ? ERRNO.EBADF : ERRNO.EINVAL);
  }

  /** See `ServiceVmSyscalls`. The thread starts in the caller's context and chooses its own. */
  pthreadCreate(cx: Cx, name: string, body: (cx: Cx) => ThreadBody, hop: number): void {
    const { recorder, scheduler } = this.#world;
    const strand: Strand = recorder.strand(name);
    const thread = new Cx(cx.world, recorder, strand, cx.context);
    scheduler.spawnBeside(new Thread(name, strand, body(thread)), hop);
  }

  /** The same flow of control inside the kernel, in a system call. */
  #inside(cx: Cx, call: string): SvCx {
    let calls = this.#callers.get(cx);
    if (calls === undefined) {
      calls = new Map();
      this.#callers.set(cx, calls);
    }
    let kernel = calls.get(call);
    if (kernel === undefined) {
      const name = `${cx.context.name}, inside ${call} (kernel)`;
      const known = this.#world.recorder.trace.contexts.find((one) => one.name === name);
      kernel = cx.as(this.#world, known ?? this.#world.recorder.context('service-vm-kernel', name));
      calls.set(call, kernel);
    }
    return kernel;
  }
}

/** read(2) on an eventfd: its counter, which goes to 0; -EAGAIN where it is 0 (fs/eventfd.c, eventfd_read, non-blocking). */
function readEventfd(ctx: EventfdCtx, max: number): Uint8Array | number {
  if (max < 8) {
    return -ERRNO.EINVAL;
  }
  if (ctx.count.value === 0) {
    return -ERRNO.EAGAIN;
  }
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, ctx.count.value % 0x1_0000_0000, true);
  view.setUint32(4, Math.floor(ctx.count.value / 0x1_0000_0000), true);
  ctx.count.value = 0;
  return bytes;
}
