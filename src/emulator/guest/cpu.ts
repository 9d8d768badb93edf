import { gpa } from '../../base/brand.ts';
import type { Recorder } from '../../trace/recorder.ts';
import type { Context, Strand } from '../../trace/strand.ts';
import type { GuestLeave, NonRootCpu, Vmcs } from '../boundaries.ts';
import { type Cell, CellFactory } from '../cell.ts';
import { EmulatedFault } from '../cx.ts';
import { OutsideRam } from '../memory.ts';
import { SCHEDULE, type Task } from './task.ts';

/** An interrupt that the virtual local APIC hands over and the guest has not taken yet. */
interface PendingInterrupt {
  readonly vector: number;
  readonly hop: number;
}

/** What a task's end by a fault looks like from outside: which task, and the fault. */
export type Oops = (task: Task, fault: EmulatedFault | OutsideRam) => void;

/**
 * A processor of the User VM in non-root mode. It runs one task at a time, each a generator that yields where the real
 * processor leaves the guest; the tasks of a processor share it by a first-come run queue (no preemption).
 */
export class GuestCpu implements NonRootCpu {
  readonly id: number;
  readonly vmcs: Vmcs = {
    exitReason: 0,
    exitQualification: 0,
    guestPhysicalAddress: gpa(0),
    instructionLength: 0,
    access: { write: false, size: 0, value: 0 },
  };
  /** RFLAGS.IF: 1 lets interrupts in. */
  readonly interruptFlag: Cell;
  /** Vector of the most urgent pending interrupt (RVI of the guest interrupt status), 0 for none. */
  readonly requestingVector: Cell;
  /** VMCS guest activity state: 0 active, 1 HLT (Intel SDM vol. 3, 25.4.2). */
  readonly activity: Cell;
  /** Vector of an injected exception that the next instruction boundary takes, 0 for none. */
  readonly exception: Cell;
  readonly irqContext: Context;
  /** The leave of a VM exit, refilled at each: one object per processor, so that an exit allocates nothing. */
  readonly exit: { exitHop: number } = { exitHop: -1 };
  readonly runQueue: Task[] = [];
  current: Task | undefined;
  idle: Task | undefined;
  /** Told of every reset. */
  onReset: (cpu: GuestCpu) => void = () => undefined;
  readonly #recorder: Recorder;
  readonly #pending: PendingInterrupt[] = [];
  readonly #oops: Oops;

  constructor(recorder: Recorder, id: number, oops: Oops) {
    const cells = new CellFactory(recorder, 'guest-kernel');
    this.id = id;
    this.#recorder = recorder;
    this.#oops = oops;
    this.interruptFlag = cells.number(`vcpu${id}.rflags.IF`, 1);
    this.requestingVector = cells.hex(`vcpu${id}.RVI`);
    this.activity = cells.number(`vcpu${id}.activity_state`);
    this.exception = cells.hex(`vcpu${id}.injected_exception`);
    this.irqContext = recorder.context('guest-kernel', `User VM vCPU ${id} targeted by the MSI, hard IRQ`);
  }

  /** See `NonRootCpu`. */
  enter(entryHop: number): GuestLeave {
    const outside = this.#recorder.running;
    let task = this.#running();
    this.activity.value = 0;
    this.#goOn(task, entryHop);
    for (;;) {
      const left = this.#step(task);
      if (left !== SCHEDULE) {
        this.#recorder.switchTo(outside);
        return left;
      }
      task = this.#pickNext(task);
    }
  }

  /** See `NonRootCpu`. A vector that is already pending stays pending once. */
  raise(vector: number, hop: number): void {
    if (!this.#pending.some((one) => one.vector === vector)) {
      this.#pending.push({ vector, hop });
      this.#pending.sort((a, b) => b.vector - a.vector);
      this.requestingVector.value = this.#pending[0]?.vector ?? 0;
    }
  }

  /** See `NonRootCpu`: the exception is taken by the instruction that left last. */
  inject(vector: number, hop: number): void {
    this.exception.value = vector;
    if (hop >= 0) {
      this.#recorder.arriveAtTop(this.#running().strand, hop);
    }
  }

  /** See `NonRootCpu`. Whoever owns the tasks ends them; processor 0 boots the next kernel. */
  reset(): void {
    this.runQueue.length = 0;
    this.#pending.length = 0;
    this.current = undefined;
    this.idle = undefined;
    this.interruptFlag.value = 1;
    this.requestingVector.value = 0;
    this.activity.value = 0;
    this.exception.value = 0;
    this.onReset(this);
  }

  /** Whether an interrupt waits. */
  get interruptPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Takes the most urgent pending interrupt off the list. */
  acceptInterrupt(): PendingInterrupt | undefined {
    const taken = this.#pending.shift();
    this.requestingVector.value = this.#pending[0]?.vector ?? 0;
    return taken;
  }

  /** Makes a task runnable here (`try_to_wake_up`); `hop` is why, -1 for none. */
  makeRunnable(task: Task, hop: number): void {
    if (task.state === 'asleep') {
      task.state = 'runnable';
      task.wokenBy = hop;
      task.cpu = this;
      this.runQueue.push(task);
    }
  }

  #running(): Task {
    const task = this.current ?? this.idle;
    if (task === undefined) {
      throw new Error(`vCPU ${this.id} has no task`);
    }
    this.current = task;
    return task;
  }

  #step(task: Task): GuestLeave | typeof SCHEDULE {
    try {
      const step = task.body?.next();
      if (step === undefined || step.done === true) {
        task.state = 'dead';
        return SCHEDULE;
      }
      return step.value;
    } catch (fault) {
      if (!(fault instanceof EmulatedFault || fault instanceof OutsideRam)) {
        throw fault;
      }
      task.state = 'dead';
      this.interruptFlag.value = 1;
      this.#oops(task, fault);
      return SCHEDULE;
    }
  }

  #pickNext(previous: Task): Task {
    if (previous.state === 'runnable' && previous !== this.idle) {
      this.runQueue.push(previous);
    }
    const next = this.runQueue.shift() ?? this.idle;
    if (next === undefined) {
      throw new Error(`vCPU ${this.id} has no idle task`);
    }
    this.current = next;
    this.#goOn(next, next.wokenBy);
    next.wokenBy = -1;
    return next;
  }

  #goOn(task: Task, hop: number): void {
    const strand: Strand = task.strand;
    this.#recorder.switchTo(strand);
    if (hop < 0) {
      return;
    }
    if (strand.depth > 0) {
      this.#recorder.arriveAtTop(strand, hop);
      this.#recorder.resume(strand, hop);
    } else {
      this.#recorder.arrive(strand, hop);
    }
  }
}
