import type { InEveryLanguage } from '../texts/language.ts';

/** The routes by name, in the order of the study: the stock one first, then its variations, its preparation and its legs. */
export const ROUTES = [
  'stock',
  'port-write',
  'ioeventfd',
  'poll',
  'asyncio',
  'polling-completion',
  'modern-mmio',
  'modern-pio',
  'set-up',
  'control-handshake',
  'receive',
  'completion',
  'msi-x',
  'intx',
] as const;

/** A route. */
export type Route = (typeof ROUTES)[number];

/** Kinds of backend of virtio-console, in acrn-dm's words (`virtio_console_be_table`, virtio_console.c). */
export const BACKENDS = ['stdio', 'tty', 'pty', 'file', 'socket'] as const;

/** A backend of virtio-console. */
export type Backend = (typeof BACKENDS)[number];

/**
 * Conditions that stock software never sets, each under a name: the machine is made to fulfil them, and every view of the
 * run says so. See `FORCED` for the line that decides each.
 */
export const FORCINGS = ['base.iothread', 'base.iothread-alone', 'modern-mmio', 'modern-pio', 'acrn-kernel'] as const;

/** A forced condition. */
export type Forcing = (typeof FORCINGS)[number];

/** Bytes as text in UTF-8, or as hex digits behind `hex:`. */
export type Data = string;

/** A guest process opens `path` if it has not yet, and writes with write(2), `times` times (1 where left out). */
export interface WriteAction {
  readonly do: 'write';
  readonly vcpu: number;
  readonly path: string;
  readonly data: Data;
  readonly times?: number;
}

/** A guest process reads at most `size` bytes with read(2); it blocks until there are some. */
export interface ReadAction {
  readonly do: 'read';
  readonly vcpu: number;
  readonly path: string;
  readonly size: number;
}

/** A guest process opens a file, or closes it again. */
export interface OpenAction {
  readonly do: 'open' | 'close';
  readonly vcpu: number;
  readonly path: string;
}

/** A guest process moves pages of a pipe to a port with splice(2): one chain of descriptors. */
export interface SpliceAction {
  readonly do: 'splice';
  readonly vcpu: number;
  readonly path: string;
  readonly pages: readonly Data[];
}

/** A careless kernel module writes a register of the console: `offset` in BAR 0, `size` in bytes. */
export interface RegisterAction {
  readonly do: 'register';
  readonly vcpu: number;
  readonly offset: number;
  readonly size: 1 | 2 | 4;
  readonly value: number;
}

/** One descriptor as a careless kernel module lays it out (virtio 1.2, 2.7.5). */
export interface Descriptor {
  /** What the buffer holds; its length where `length` is left out. */
  readonly data?: Data;
  readonly length?: number;
  /** Guest-physical address; a fresh page where left out. */
  readonly address?: number;
  /** Any of VRING_DESC_F_NEXT (1), WRITE (2), INDIRECT (4); with NEXT the following descriptor goes on the chain. */
  readonly flags?: number;
  /** Index of the next descriptor; the following one where left out. */
  readonly next?: number;
}

/** A careless kernel module puts descriptors into a queue and notifies the device. */
export interface PostAction {
  readonly do: 'post';
  readonly vcpu: number;
  /** Queue number of the device: 0 and 1 are port 0's, 2 and 3 the control queues, 4 and 5 port 1's. */
  readonly queue: number;
  readonly descriptors: readonly Descriptor[];
  /** Index put into the available ring instead of the first descriptor's. */
  readonly head?: number;
  /** How far the available index moves; by one for each chain where left out. */
  readonly advance?: number;
}

/** A careless kernel module changes all descriptors that lie in a queue. */
export interface ShrinkAction {
  readonly do: 'shrink';
  readonly vcpu: number;
  readonly queue: number;
  /** Length that every descriptor gets, in bytes. */
  readonly length: number;
}

/** A careless kernel module masks an entry of the console's MSI-X table, or unmasks it. */
export interface MaskAction {
  readonly do: 'mask';
  readonly vcpu: number;
  /** Entry of the table: 0 is for configuration changes, 1 and on are the queues'. */
  readonly entry: number;
  readonly masked: boolean;
}

/**
 * The guest's kernel panics: with interrupts off it prints a last message (to hvc0 with `console=hvc0` on its command line),
 * and restarts the machine where the command line has `panic=-1`. `reboot=warm` makes that a system reset (port 0xCF9).
 */
export interface PanicAction {
  readonly do: 'panic';
  readonly vcpu: number;
  readonly message: string;
}

/** What the guest does. Actions on one vCPU happen one after the other, those on several at the same time. */
export type GuestAction =
  | WriteAction
  | ReadAction
  | OpenAction
  | SpliceAction
  | RegisterAction
  | PostAction
  | ShrinkAction
  | MaskAction
  | PanicAction;

/** The machine goes on until nothing can happen any more without the next action. */
export interface RestAction {
  readonly do: 'rest';
}

/**
 * Somebody types into the other end of a backend: `stdio`, the terminal of a tty port (`tty`), a pseudo terminal (`pty0`,
 * `pty1`, ... in the order of the ports), or a connection by the name that `connect` gave it.
 */
export interface InputAction {
  readonly do: 'input';
  readonly to: string;
  readonly data: Data;
}

/** A client connects to the unix socket at `path`; the connection is called `as`. */
export interface ConnectAction {
  readonly do: 'connect';
  readonly path: string;
  readonly as: string;
}

/** The other end of a backend goes away: the connection is closed, the terminal hangs up. */
export interface HangUpAction {
  readonly do: 'hang-up';
  readonly to: string;
}

/** A connected client reads no more (`shutdown(SHUT_RD)`): whoever writes to it gets EPIPE. */
export interface StopReadingAction {
  readonly do: 'stop-reading';
  readonly to: string;
}

/** acrn-dm is killed with SIGKILL. */
export interface KillAction {
  readonly do: 'kill';
}

/** What happens outside the guest: at once, before the machine goes on. */
export type OutsideAction = InputAction | ConnectAction | HangUpAction | StopReadingAction | KillAction;

/** One action. Guest actions run when the next action of another kind comes, or at the end. */
export type Action = GuestAction | RestAction | OutsideAction;

/** What stands under the machine's control: options of acrn-dm and of the guest's kernel. */
export interface MachineConditions {
  /** Virtual processors of the User VM. */
  readonly vcpus: number;
  /** acrn-dm's own option text after `-s N,virtio-console,`, for instance `@stdio:stdio_port`. */
  readonly console: string;
  /** Seed of the scheduler's choices; 0 is first come, first served. */
  readonly seed: number;
  /** `--rtvm`: a real-time VM, whose requests are completed by polling. */
  readonly rtvm?: boolean;
  /** `--virtio_poll`: nanoseconds between two looks at the queues. */
  readonly virtioPoll?: number;
  /** `--virtio_msi`: devices offer plain MSI instead of MSI-X. */
  readonly virtioMsi?: boolean;
  /** Kernel command line of the guest; `pci=nomsi` takes MSI and MSI-X away. */
  readonly guestCommandLine?: string;
  /** Turns of the scheduler that one action may take: where a busy loop is ended. */
  readonly turns?: number;
}

/** What acrn-dm finds around it. */
export interface Surroundings {
  /** What its descriptor 0 is; a terminal where left out. */
  readonly stdin?: 'terminal' | 'pipe';
  /** Nobody reads the far ends of terminals: they fill up. */
  readonly unread?: boolean;
}

/** Faults of hardware and software around the path; each list counts from 0. */
export interface Faults {
  /** Upcalls (vector 0xF3) whose notification never arrives. */
  readonly dropUpcalls?: readonly number[];
  /** Upcalls that the Service VM's processor loses before its handler runs. */
  readonly loseUpcalls?: readonly number[];
  /** Interrupts of the guest whose notification never arrives. */
  readonly dropGuestInterrupts?: readonly number[];
  /** Hypercalls that are refused: low byte of the id, how many times, and what they return. */
  readonly refuseHypercalls?: readonly { readonly index: number; readonly times: number; readonly result: number }[];
  /** Nanoseconds that each run of `ioreq_work` is late. */
  readonly delayIoreqWork?: number;
  /** Asyncio kicks that find the shared buffer full. */
  readonly fullSharedBuffer?: readonly number[];
}

/** How a run ends: see `Run.end`. */
export const ENDS = ['quiet', 'polling', 'stuck', 'turns-used-up'] as const;

/** How a run ends. */
export type End = (typeof ENDS)[number];

/** What the author of a scenario expects of its run; a test holds the named ones to it. */
export interface Expected {
  readonly end: End;
  /** Hazards that are among those of the run. */
  readonly hazards?: readonly string[];
  /** An action of the guest never ends. */
  readonly hangs?: boolean;
}

/**
 * What to run. The route that the machine takes follows from these conditions; `route` only names what is expected, and
 * `forced` lists the conditions that stock software would not set.
 */
export interface Scenario {
  readonly format: 1;
  readonly name: string;
  readonly route: Route;
  readonly title: InEveryLanguage<string>;
  readonly summary: InEveryLanguage<string>;
  readonly machine: MachineConditions;
  readonly forced: readonly Forcing[];
  readonly surroundings?: Surroundings;
  readonly faults?: Faults;
  readonly actions: readonly Action[];
  readonly expected?: Expected;
}

/** What the guest does, told from what happens outside it. */
export const isGuestAction = (action: Action): action is GuestAction => 'vcpu' in action;
