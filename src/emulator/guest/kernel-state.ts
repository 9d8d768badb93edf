import { gpa } from '../../base/brand.ts';
import { utf8 } from '../../base/bytes.ts';
import type { Program } from '../../trace/kinds.ts';
import type { Recorder } from '../../trace/recorder.ts';
import type { Context, Strand } from '../../trace/strand.ts';
import type { Cell, CellFactory } from '../cell.ts';
import { Cx } from '../cx.ts';
import type { Memory } from '../memory.ts';
import { Timers } from './arch/apic.ts';
import { PortBuffers, type PortsDriverData } from './char/virtio_console/port.ts';
import { virtio_console } from './char/virtio_console/probe.ts';
import type { GuestCpu } from './cpu.ts';
import type { DeviceNode, GuestFile } from './fs/file.ts';
import { IrqTable } from './kernel/irqdesc.ts';
import { kmsg_fops } from './kernel/printk.ts';
import { type Worker, worker_thread } from './kernel/workqueue.ts';
import { SpinLock, wakeUp } from './locks.ts';
import { KernelMemory, PAGE_SIZE } from './mm.ts';
import { type GuestCx, GuestWaitQueue, Running, type Steps, Task } from './task.ts';
import { newHvcDriver } from './tty/hvc_console/console.ts';
import type { HvcDriver, HvcStruct } from './tty/hvc_console/hvc_struct.ts';
import type { VirtioDriver } from './virtio/device.ts';

/** What a kernel is made from. */
export interface KernelParts {
  readonly recorder: Recorder;
  readonly cells: CellFactory;
  readonly ram: Memory;
  readonly cpus: readonly GuestCpu[];
  /** Kernel command line; `pci=nomsi`, `console=hvc0`, `panic=` and `reboot=` are understood. */
  readonly cmdline: string;
}

/** Constants and scratch bytes that functions pass by address: string literals, and characters on the stack. */
export interface Rodata {
  readonly crlf: number;
  readonly spaces: number;
  readonly character: number;
  readonly inbuf: number;
  /** `c[]` of `hvc_console_print`. */
  readonly conbuf: number;
}

/** Workers that exist: name of the work, and the context they run in. */
const WORKERS = [
  ['control_work', 'User VM, system_wq worker (control_work)'],
  ['flush_to_ldisc', 'User VM, system_unbound_wq worker (flush_to_ldisc)'],
] as const;

/** The guest kernel's global state. */
export class Kernel {
  readonly recorder: Recorder;
  readonly ram: Memory;
  readonly cells: CellFactory;
  readonly cpus: readonly GuestCpu[];
  readonly mm: KernelMemory;
  readonly irqs: IrqTable;
  readonly timers = new Timers();
  readonly pciConfigLock: SpinLock;
  readonly portBuffers: PortBuffers;
  readonly hvc: HvcDriver;
  readonly pdrvdata: PortsDriverData = { portdevs: [], consoles: [], nextVtermno: 1 };
  readonly workers = new Map<string, Worker>();
  readonly virtioDrivers: readonly VirtioDriver[] = [virtio_console];
  nextVirtioIndex = 0;
  /** No MSI and no MSI-X. */
  readonly nomsi: boolean;
  /** `reboot=warm` or `reboot=w`, alone or with others. */
  readonly warmReboot: boolean;
  /** `panic=`: seconds to the restart, negative for at once, 0 for none. */
  readonly panicTimeout: number;
  readonly #printsToHvc: boolean;
  /** 1 from the moment user space runs. */
  readonly userSpace: Cell;
  readonly rodata: Rodata;
  /** Open files by descriptor. */
  readonly files: (GuestFile | undefined)[] = [];
  readonly nodes = new Map<string, DeviceNode>([['/dev/kmsg', { f_op: kmsg_fops, node: undefined }]]);
  readonly #tasks: Task[] = [];
  /** Processes wait here for a node of devtmpfs. */
  readonly nodeAdded = new GuestWaitQueue();
  /** Starts what user space has to do on an idle processor, true where it cannot yet; set by whoever holds the actions. */
  settle: (cx: GuestCx) => boolean = () => false;
  /** Whether user space has something to do on a processor. */
  hasActions: (cpu: number) => boolean = () => false;

  constructor(parts: KernelParts) {
    this.recorder = parts.recorder;
    this.ram = parts.ram;
    this.cpus = parts.cpus;
    this.cells = parts.cells;
    this.mm = new KernelMemory(parts.ram, this.cells);
    this.irqs = new IrqTable(this.cells, parts.cpus.length);
    this.pciConfigLock = new SpinLock(this.cells, 'pci_config_lock');
    this.portBuffers = new PortBuffers(parts.ram);
    this.hvc = newHvcDriver(this.cells.number('hvc_kicked'));
    const options = parts.cmdline.split(' ');
    this.nomsi = options.includes('pci=nomsi');
    this.warmReboot = options.some((one) => /^reboot=(?:.*,)?w/.test(one));
    this.panicTimeout = Number(options.find((one) => /^panic=-?\d+$/.test(one))?.slice(6) ?? 0);
    this.#printsToHvc = options.includes('console=hvc0');
    this.userSpace = this.cells.number('user_space');
    this.rodata = this.#layRodata();
    this.#startWorkers();
  }

  /** 64 bits of guest RAM. */
  load64(address: number): number {
    return this.ram.read64(gpa(address));
  }

  /** Stores 16 bits. */
  store16(address: number, value: number): void {
    this.ram.write16(gpa(address), value);
  }

  /** Stores 32 bits. */
  store32(address: number, value: number): void {
    this.ram.write32(gpa(address), value);
  }

  /** A task that can run at once; `hop` is what its first stage ends. */
  spawn(name: string, contextName: string, cpu: GuestCpu, body: (cx: GuestCx) => Steps<void>, hop = -1): Task {
    const context = this.context('guest-kernel', contextName);
    const task = this.taskOn(name, this.recorder.strand(name), cpu);
    task.body = body(this.cxOf(task, context));
    cpu.makeRunnable(task, hop);
    return task;
  }

  /** A task on an existing strand, asleep and without a body. */
  taskOn(name: string, strand: Strand, cpu: GuestCpu): Task {
    const task = new Task(name, strand, cpu);
    this.#tasks.push(task);
    return task;
  }

  /** The context of that name: the same one for every boot. */
  context(program: Program, name: string): Context {
    const known = this.recorder.trace.contexts.find((one) => one.program === program && one.name === name);
    return known ?? this.recorder.context(program, name);
  }

  /** The terminal that takes the kernel's messages: hvc0 with `console=hvc0`, once it is there. */
  get console(): HvcStruct | undefined {
    return this.#printsToHvc ? this.hvc.structs[0] : undefined;
  }

  /** The machine is reset: what every task was doing ends here. */
  powerOff(): void {
    const { running } = this.recorder;
    for (const task of this.#tasks.splice(0)) {
      task.state = 'dead';
      task.body?.return();
    }
    this.recorder.switchTo(running);
  }

  /** Where a task runs, at one level. */
  cxOf(task: Task, context: Context): GuestCx {
    return new Cx(new Running(this, task), this.recorder, task.strand, context);
  }

  /** A node appears in devtmpfs. */
  addNode(cx: GuestCx, path: string, node: DeviceNode): void {
    this.nodes.set(path, node);
    if (this.nodeAdded.waiting.length > 0) {
      wakeUp(cx, this.nodeAdded, 'wake_up');
    }
  }

  #layRodata(): Rodata {
    const page = this.mm.allocPages(PAGE_SIZE);
    this.ram.write(gpa(page), utf8('\r\n'));
    this.ram.write(gpa(page + 16), utf8('        '));
    return { crlf: page, spaces: page + 16, character: page + 32, inbuf: page + 64, conbuf: page + 128 };
  }

  #startWorkers(): void {
    const cpu = this.cpus[0];
    for (const [name, context] of cpu === undefined ? [] : WORKERS) {
      const list: Worker['list'] = [];
      if (cpu !== undefined) {
        const task = this.spawn(`kworker (${name})`, context, cpu, (cx) => worker_thread(cx, list));
        this.workers.set(name, { task, list });
      }
    }
  }
}
