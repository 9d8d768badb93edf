import type { Cell, CellFactory, PointerCell } from '../../cell.ts';
import type { Stage } from '../../stage.ts';
import type { Mevent } from '../mevent.ts';
import type { DmCx } from '../process.ts';
import { AcrnTimer } from '../timer.ts';
import type { Iovec } from '../virtio/queue.ts';
import { VirtioBase, type VirtioVqInfo } from '../virtio/structs.ts';

/** Entries of a queue. */
export const VIRTIO_CONSOLE_RINGSZ = 64;
/** Ports a device can have. */
export const VIRTIO_CONSOLE_MAXPORTS = 16;
/** Two queues a port and two for control. */
export const VIRTIO_CONSOLE_MAXQ = VIRTIO_CONSOLE_MAXPORTS * 2 + 2;
/**
 * Offered features as virtio_console.c has them: the bit NUMBERS of SIZE (0), MULTIPORT (1) and EMERG_WRITE (2) joined by
 * OR, which is 3: bits 0 and 1.
 */
export const VIRTIO_CONSOLE_S_HOSTCAPS = 0 | 1 | 2;

/** Control events (virtio 1.2, 5.3.6.2). */
export const VIRTIO_CONSOLE = {
  DEVICE_READY: 0,
  DEVICE_ADD: 1,
  PORT_READY: 3,
  CONSOLE_PORT: 4,
  PORT_OPEN: 6,
  PORT_NAME: 7,
} as const;

/** Kinds of backends, in the order of `enum virtio_console_be_type`. */
export const BE_TYPES = ['stdio', 'tty', 'pty', 'file', 'socket'] as const;
/** A kind of backend. */
export type BeType = (typeof BE_TYPES)[number];

/** What a port does with a buffer of the guest. */
export type PortCallback = Stage & ((cx: DmCx, port: ConsolePort, arg: ConsoleBackend | undefined, iov: Iovec) => void);

/** `struct virtio_console_port` */
export class ConsolePort {
  readonly id: Cell;
  readonly enabled: Cell;
  readonly is_console: Cell;
  readonly rx_ready: Cell;
  readonly open: Cell;
  /** Queues as the device names them: `txq` fills the guest's receive buffers. */
  readonly rxq: Cell;
  readonly txq: Cell;
  readonly cb: PointerCell<PortCallback>;
  console: VirtioConsole | undefined = undefined;
  name = '';
  arg: ConsoleBackend | undefined = undefined;

  constructor(cells: CellFactory, path: string) {
    this.id = cells.number(`${path}.id`);
    this.enabled = cells.number(`${path}.enabled`);
    this.is_console = cells.number(`${path}.is_console`);
    this.rx_ready = cells.number(`${path}.rx_ready`);
    this.open = cells.number(`${path}.open`);
    this.rxq = cells.number(`${path}.rxq`);
    this.txq = cells.number(`${path}.txq`);
    this.cb = cells.pointer(`${path}.cb`);
  }
}

/** `struct virtio_console_backend` */
export class ConsoleBackend {
  readonly be_type: BeType;
  readonly portpath: string | null;
  readonly socket_type: string | null;
  readonly fd: Cell;
  readonly server_fd: Cell;
  readonly open: Cell;
  readonly pts_fd: Cell;
  port: ConsolePort | undefined = undefined;
  evp: Mevent | undefined = undefined;
  conn_evp: Mevent | undefined = undefined;
  /** Whether the hazard of reading without a lock has been told: no state of the real process. */
  toldUnlocked = false;

  constructor(cells: CellFactory, path: string, fd: number, type: BeType, options: BackendOptions) {
    this.be_type = type;
    this.portpath = options.portpath;
    this.socket_type = options.socket_type;
    this.fd = cells.number(`${path}.fd`, fd);
    this.server_fd = cells.number(`${path}.server_fd`, fd);
    this.open = cells.number(`${path}.open`);
    this.pts_fd = cells.number(`${path}.pts_fd`);
  }

  /** A socket that waits for clients, which is also what no given type means. */
  get isServer(): boolean {
    return this.be_type === 'socket' && (this.socket_type === null || this.socket_type === 'server');
  }

  /** A socket that connects to a peer. */
  get isClient(): boolean {
    return this.be_type === 'socket' && this.socket_type === 'client';
  }
}

/** What the option string says of a backend. */
export interface BackendOptions {
  readonly portname: string;
  readonly portpath: string | null;
  readonly socket_type: string | null;
}

/** `struct virtio_console`: the device. */
export class VirtioConsole {
  readonly base: VirtioBase;
  readonly features: Cell;
  readonly nports: Cell;
  readonly ready: Cell;
  readonly ref_count: Cell;
  readonly control_port: ConsolePort;
  readonly ports: readonly ConsolePort[];
  /** `struct virtio_console_config`: cols, rows, max_nr_ports, emerg_wr. */
  readonly config: Uint8Array;
  backends = 0;

  constructor(cells: CellFactory) {
    this.base = new VirtioBase(cells, this, new AcrnTimer(cells, 'console.base.polling_timer'), VIRTIO_CONSOLE_MAXQ);
    this.features = cells.hex('console.features');
    this.nports = cells.number('console.nports');
    this.ready = cells.number('console.ready');
    this.ref_count = cells.number('console.ref_count');
    this.control_port = new ConsolePort(cells, 'console.control_port');
    this.ports = Array.from(
      { length: VIRTIO_CONSOLE_MAXPORTS },
      (_, i) => new ConsolePort(cells, `console.ports[${i}]`),
    );
    this.config = new Uint8Array(12);
    const view = new DataView(this.config.buffer);
    view.setUint32(4, VIRTIO_CONSOLE_MAXPORTS, true);
    view.setUint16(0, 80, true);
    view.setUint16(2, 25, true);
  }
}

/** A queue of the device by number; every number that the device itself computes exists. */
export function queueOf(console: VirtioConsole, number: number): VirtioVqInfo {
  const vq = console.base.queues[number];
  if (vq === undefined) {
    throw new RangeError(`queue ${number}`);
  }
  return vq;
}
