import type { Gpa } from '../base/brand.ts';
import type { Cx } from './cx.ts';
import type { SPIN, Suspend } from './scheduler.ts';

/*
 * Everything that one program of the machine knows of another: processor state at a VM exit, interrupts, hypercalls,
 * system calls, and what lies outside. The folders of the programs import this file, never each other.
 */

/** VMX basic exit reasons that the machine takes (Intel SDM vol. 3, appendix C; hypervisor/include/arch/x86/asm/vmx.h). */
export const EXIT_REASON = {
  externalInterrupt: 1,
  hlt: 12,
  vmcall: 18,
  ioInstruction: 30,
  virtualizedEoi: 45,
  eptViolation: 48,
} as const;

/** An access that a guest instruction makes, as hardware and the instruction decoder show it. */
export interface GuestAccess {
  readonly write: boolean;
  /** Bytes: 1, 2, 4 or 8. */
  readonly size: number;
  /** What is written; for a read, what the exit handler puts into the register. Unsigned, exact below 2^53. */
  value: number;
}

/** The VM-exit part of a virtual processor's VMCS, and the registers that exit handlers read and write. */
export interface Vmcs {
  exitReason: number;
  /** Port I/O: bits 2:0 size-1, bit 3 IN, bits 31:16 port. EPT violation: bit 0 read, bit 1 write. */
  exitQualification: number;
  guestPhysicalAddress: Gpa;
  /** Bytes of the instruction that left, added to RIP before the next entry. */
  instructionLength: number;
  /** The access behind an I/O or EPT exit. */
  access: GuestAccess;
}

/** Why guest code stopped for the moment: a VM exit (with the hop that leaves the guest), or a busy wait's turn. */
export type GuestLeave = { readonly exitHop: number } | typeof SPIN;

/** A User VM's processor in non-root mode, as its hypervisor sees it. */
export interface NonRootCpu {
  readonly id: number;
  readonly vmcs: Vmcs;
  /** VM entry: guest code goes on until it leaves. `entryHop` is the vm_entry hop, -1 after a mere SPIN. */
  enter(entryHop: number): GuestLeave;
  /** Virtual-interrupt delivery: the guest takes `vector` as soon as its interrupt flag allows. `hop` as cause. */
  raise(vector: number, hop: number): void;
  /** VM-entry event injection: the guest takes exception `vector` (13 is #GP) as the result of its last instruction. */
  inject?(vector: number, hop: number): void;
  /** The processor is reset: its next entry starts from the beginning (HC_RESET_VM). */
  reset?(): void;
}

/** The Service VM's virtual processor 0, where upcalls arrive. */
export interface ServiceVmCpu {
  raise(vector: number, hop: number): void;
}

/** VMCALL by the Service VM (id in r8d, rdi, rsi; result rax). Addresses are Service VM physical. */
export interface HypercallGate {
  vmcall(caller: Cx, id: number, rdi: number, rsi: number, hop: number): number;
}

/** What an ioctl passes: a value, or the bytes that the pointer points to (written back in place). */
export type IoctlArgument = number | Uint8Array;

/** A thread's body: what a program hands to `pthread_create`. */
export type ThreadBody = Generator<Suspend, void, unknown>;

/** An event that epoll_wait reports: the descriptor it was registered for, and EPOLLIN (1) / EPOLLHUP (0x10). */
export interface EpollEvent {
  readonly fd: number;
  readonly events: number;
}

/** System calls of the Service VM that acrn-dm makes. Results below zero are negative errno values. */
export interface ServiceVmSyscalls {
  /** /dev/acrn_hsm, and whatever the outside offers by path. `flags`: O_NONBLOCK (0x800) and the like, 0 where left out. */
  open(cx: Cx, path: string, flags?: number): number;
  close(cx: Cx, fd: number): number;
  /** `hop` is the ioctl hop that the caller recorded. */
  ioctl(cx: Cx, fd: number, request: number, argument: IoctlArgument, hop: number): Generator<Suspend, number, unknown>;
  writev(cx: Cx, fd: number, parts: readonly Uint8Array[]): number;
  /** At most `max` bytes; a negative errno instead of bytes. */
  read(cx: Cx, fd: number, max: number): Uint8Array | number;
  isatty(fd: number): boolean;
  eventfd(cx: Cx): number;
  /** Signals of an eventfd that nobody has read: for whoever watches, the process never asks. */
  eventfdCount?(fd: number): number;
  epollCreate(cx: Cx): number;
  epollAdd(cx: Cx, epfd: number, fd: number): number;
  epollDelete(cx: Cx, epfd: number, fd: number): number;
  epollWait(cx: Cx, epfd: number): Generator<Suspend, readonly EpollEvent[], unknown>;
  /** A new thread of the calling process; its body starts with the thread_create hop as its cause. */
  pthreadCreate(cx: Cx, name: string, body: (cx: Cx) => ThreadBody, hop: number): void;
  /** What only terminals, sockets, timers and mevent's pipe need; where it is missing those calls fail with ENOSYS. */
  readonly files?: FileSyscalls;
}

/**
 * System calls on descriptors that the stock path (stdio, file) does not need. They share the descriptors of
 * `ServiceVmSyscalls`: `outside/descriptors.ts` implements them for any kernel model. Negative results are -errno.
 */
export interface FileSyscalls {
  /** `posix_openpt` with `grantpt` and `unlockpt`: a new pseudo terminal's master. */
  openpt(): number;
  /** Path of the terminal behind a master. */
  ptsname(fd: number): string | number;
  /** `cfmakeraw` and `tcsetattr`; with `opost` output processing stays on (NL becomes CR NL). */
  makeRaw(fd: number, opost: boolean): number;
  /** `fcntl(F_SETFL)` with O_NONBLOCK. */
  setNonBlocking(fd: number): number;
  /** `socket(AF_UNIX, SOCK_STREAM)`. */
  socket(): number;
  bind(fd: number, path: string): number;
  listen(fd: number): number;
  accept(fd: number): number;
  connect(fd: number, path: string): number;
  /** Whether a path exists (`access(path, F_OK)`). */
  exists(path: string): boolean;
  unlink(path: string): number;
  /** `pipe2(O_NONBLOCK)`: read end and write end. */
  pipe(): readonly [number, number] | number;
  timerfd(): number;
  /** Arms a timer to expire once after `nanoseconds`. */
  timerfdSettime(fd: number, nanoseconds: number): number;
}

/** A file, terminal or socket outside the machine, seen from the Service VM's kernel. Hosts and the outside models implement it. */
export interface OutsideFile {
  /** Name under which output is reported: `stdio`, `file`, ... */
  readonly endpoint: string;
  readonly isTty: boolean;
  /** Bytes accepted, or a negative errno. */
  write(bytes: Uint8Array): number;
  /** At most `max` bytes, empty at end of file, or a negative errno (-11 EAGAIN). */
  read(max: number): Uint8Array | number;
  /** What epoll would report now: EPOLLIN (1), EPOLLHUP (0x10). Never ready where it is missing. */
  poll?(): number;
  /** `wake` is called whenever `poll` may have changed; returns what ends that. */
  watch?(wake: () => void): () => void;
  /** The last descriptor of the file was closed. */
  close?(): void;
  /** Terminals: raw mode, with or without output processing. */
  makeRaw?(opost: boolean): void;
}

/** What the outside offers to the Service VM: descriptor 0 of acrn-dm, and files by path (undefined: cannot be opened). */
export interface Outside {
  readonly stdin: OutsideFile;
  open(path: string, flags?: number): OutsideFile | undefined;
  /** A new pseudo terminal: its master, and the path under which `open` finds the terminal. */
  openpt?(): { readonly master: OutsideFile; readonly path: string };
  /** Unix sockets, by path. */
  readonly sockets?: OutsideSockets;
}

/** Unix stream sockets of the outside (net/unix/af_unix.c). Negative results are -errno. */
export interface OutsideSockets {
  socket(): OutsideFile;
  bind(socket: OutsideFile, path: string): number;
  listen(socket: OutsideFile): number;
  accept(socket: OutsideFile): OutsideFile | number;
  connect(socket: OutsideFile, path: string): number;
  exists(path: string): boolean;
  unlink(path: string): number;
}

/** Linux errno values that cross a boundary (include/uapi/asm-generic/errno-base.h). */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ENOTTY: 25,
  ENOSPC: 28,
  EPIPE: 32,
  ENOSYS: 38,
  EADDRINUSE: 98,
  ECONNRESET: 104,
  EISCONN: 106,
  ENOTCONN: 107,
  ECONNREFUSED: 111,
} as const;

/** Where the pieces of the Service VM's physical memory lie: chosen by us, so that programs that share a page agree on it. */
export const SERVICE_VM_LAYOUT = {
  /** acrn-dm's static `io_request_page` (devicemodel/core/main.c): 16 slots of 256 bytes. */
  ioRequestPage: 0x0100_0000,
  /** acrn-dm's static `asyncio_page`: a `struct shared_buf` and its elements. */
  asyncioPage: 0x0100_1000,
  /** Kernel heap of the Service VM, for what hypercalls take by address. */
  kernelHeap: 0x0200_0000,
  size: 0x0400_0000,
} as const;

/** The User VM's memory as acrn-dm lays it out: low memory from 0, none above 4 GiB by default. */
export const USER_VM_LAYOUT = { lowMemory: 0x0400_0000 } as const;
