import type { Recorder } from '../../trace/recorder.ts';
import type { NonRootCpu } from '../boundaries.ts';
import { CellFactory } from '../cell.ts';
import type { Memory } from '../memory.ts';
import { GuestCpu } from './cpu.ts';
import { cpu_startup_entry } from './kernel/idle.ts';
import { Kernel } from './kernel-state.ts';
import { type ActionResult, Outcomes } from './outcomes.ts';
import { pci_scan_bus } from './pci/probe.ts';
import type { GuestCx, Steps, Task } from './task.ts';
import { type UserAction, UserProcess } from './user.ts';
import { VIRTIO_VENDOR, virtio_pci_probe } from './virtio/virtio_pci_common/probe.ts';

/** What a guest is made from. */
export interface GuestOptions {
  readonly recorder: Recorder;
  readonly ram: Memory;
  /** Number of virtual processors. */
  readonly vcpus: number;
  /** Called once, just before user space's first write(2) or read(2). */
  readonly onUserSpace: () => void;
  /** Kernel command line: `pci=nomsi` makes the drivers use interrupt lines; see `KernelParts`. */
  readonly cmdline?: string;
}

/** Finds the PCI devices and gives the virtio ones to their driver. */
function* probeDevices(cx: GuestCx): Steps<void> {
  for (const dev of yield* pci_scan_bus(cx)) {
    if (dev.vendor === VIRTIO_VENDOR) {
      yield* virtio_pci_probe(cx, dev);
    }
  }
}

/**
 * Linux in the User VM. Its processors run only when the hypervisor enters them; processor 0 probes the devices, and when
 * that is done and the kernel has nothing else to do, user processes run what `execute` asked for.
 */
export class GuestKernel {
  readonly cpus: readonly NonRootCpu[];
  /** How the last actions ended, in the order of their ends. */
  readonly results: readonly ActionResult[];
  readonly #options: GuestOptions;
  readonly #cells: CellFactory;
  readonly #cpus: readonly GuestCpu[];
  readonly #outcomes = new Outcomes();
  #kernel: Kernel;
  #processes: readonly UserProcess[];
  #probe: Task | undefined;
  #asked = 0;
  #told = false;

  constructor(options: GuestOptions) {
    const { recorder, vcpus } = options;
    const oops = (task: Task, fault: Error): void =>
      recorder.log('error', 'guest-oops', { task: task.name, reason: fault.message });
    this.#options = options;
    this.#cells = new CellFactory(recorder, 'guest-kernel');
    this.#cpus = Array.from({ length: vcpus }, (_, id) => new GuestCpu(recorder, id, oops));
    this.cpus = this.#cpus;
    this.results = this.#outcomes.kept;
    this.#kernel = this.#newKernel();
    this.#processes = this.#newProcesses([]);
    this.#start();
    for (const cpu of this.#cpus) {
      cpu.onReset = () => this.#reset(cpu);
    }
  }

  /** Queues an action for the user process on a processor; a halted one looks at it at its next interrupt. */
  execute(vcpu: number, action: UserAction): void {
    const process = this.#processes[vcpu];
    if (process === undefined) {
      throw new RangeError(`no vCPU ${vcpu}`);
    }
    this.#asked++;
    process.queue.push(action);
  }

  /** Whether an action that was asked for has not ended. */
  get hung(): boolean {
    return this.#outcomes.ended < this.#asked;
  }

  /** How many outcomes are no longer in `results`. */
  get droppedResults(): number {
    return this.#outcomes.ended - this.results.length;
  }

  #newKernel(): Kernel {
    const { recorder, ram, cmdline = '' } = this.#options;
    return new Kernel({ recorder, cells: this.#cells, ram, cpus: this.#cpus, cmdline });
  }

  /** One process on each processor; it goes on with the actions of the one before. */
  #newProcesses(before: readonly UserProcess[]): readonly UserProcess[] {
    return this.#cpus.map((cpu) => {
      const process = new UserProcess(this.#kernel, cpu, this.#outcomes, () => this.#beforeWrite());
      process.queue.push(...(before[cpu.id]?.queue ?? []));
      return process;
    });
  }

  #beforeWrite(): void {
    if (!this.#told) {
      this.#told = true;
      this.#options.onUserSpace();
    }
  }

  #start(): void {
    this.#kernel.hasActions = (cpu) => (this.#processes[cpu]?.queue.length ?? 0) > 0;
    this.#kernel.settle = (cx) => this.#settle(cx);
    this.#startIdleTasks();
    const boot = this.#cpus[0];
    this.#probe = boot && this.#kernel.spawn('init', 'User VM vCPU 0, probe (process context)', boot, probeDevices);
  }

  /** A new kernel boots once the last processor is reset; actions that were under way are gone, the others come after it. */
  #reset(cpu: GuestCpu): void {
    if (cpu.id === 0) {
      this.#kernel.powerOff();
    }
    if (cpu.id === this.#cpus.length - 1) {
      this.#asked = this.#outcomes.ended + this.#processes.reduce((sum, { queue }) => sum + queue.length, 0);
      this.#cells.renew();
      this.#kernel = this.#newKernel();
      this.#processes = this.#newProcesses(this.#processes);
      this.#start();
    }
  }

  #startIdleTasks(): void {
    for (const cpu of this.#cpus) {
      const name = `swapper/${cpu.id}`;
      const task = this.#kernel.taskOn(name, this.#kernel.recorder.strand(name), cpu);
      const context = this.#kernel.context('guest-kernel', `User VM vCPU ${cpu.id}, idle task`);
      task.body = cpu_startup_entry(this.#kernel.cxOf(task, context));
      task.state = 'runnable';
      cpu.idle = task;
    }
  }

  /**
   * An idle processor looks for something to do: user space starts once the kernel's own tasks are done. True where only
   * another processor, which still has to take an interrupt, is in the way: whoever asks must look again.
   */
  #settle(cx: GuestCx): boolean {
    const { userSpace } = this.#kernel;
    const done = this.#probe?.state === 'dead';
    const quiet = this.#cpus.every((cpu) => cpu.runQueue.length === 0 && !cpu.interruptPending);
    if (userSpace.value === 0 && done && quiet) {
      userSpace.value = 1;
    }
    if (userSpace.value !== 0) {
      this.#processes[cx.world.cpu.id]?.start();
    }
    return userSpace.value === 0 && done;
  }
}
