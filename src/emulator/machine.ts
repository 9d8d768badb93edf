import { Recorder } from '../trace/recorder.ts';
import type { Trace } from '../trace/trace.ts';
import { type Outside, SERVICE_VM_LAYOUT, USER_VM_LAYOUT } from './boundaries.ts';
import { DeviceModel } from './device-model/device-model.ts';
import { GuestKernel } from './guest/kernel.ts';
import { Hypervisor } from './hypervisor/hypervisor.ts';
import { Memory } from './memory.ts';
import { type RunEnd, Scheduler, seededChoice } from './scheduler.ts';
import { ServiceVmKernel } from './service-vm/kernel.ts';
import { declaredStages } from './stage.ts';

/** What a machine is built of. */
export interface MachineOptions {
  /** Virtual processors of the User VM, 1..16: one slot of the I/O request page each. */
  readonly vcpus: number;
  /** acrn-dm's own option text after `-s N,virtio-console,`, for instance `@stdio:stdio_port`. */
  readonly consoleOptions: string;
  /** Seed of the scheduler's choices; 0 is first come, first served. */
  readonly seed: number;
  /** Files and terminals outside the machine. */
  readonly outside: Outside;
  /** Events kept at most (rounded up to whole chunks). */
  readonly window?: number;
}

/** A user process of the guest: it opens `path` and writes `bytes` with one write(2). */
export interface GuestWrite {
  readonly vcpu: number;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Turns of the scheduler that a run may take: a stock write takes about ten, set-up a few thousand. */
const MAX_TURNS = 10_000_000;

/**
 * The whole machine: the User VM's kernel, the hypervisor, the Service VM's kernel and acrn-dm, joined by nothing but
 * memory and the interfaces of `boundaries.ts`. Everything it does stands in its trace.
 */
export class Machine {
  readonly recorder: Recorder;
  readonly guest: GuestKernel;
  readonly hypervisor: Hypervisor;
  readonly serviceVm: ServiceVmKernel;
  readonly deviceModel: DeviceModel;
  readonly guestRam: Memory;
  readonly serviceRam: Memory;
  readonly #scheduler: Scheduler;
  #on = false;

  constructor(options: MachineOptions) {
    const recorder = new Recorder(declaredStages(), options.window);
    const scheduler = new Scheduler(recorder, seededChoice(options.seed));
    this.recorder = recorder;
    this.#scheduler = scheduler;
    this.guestRam = new Memory(recorder, 'guest-kernel', 'User VM RAM', [{ start: 0, size: USER_VM_LAYOUT.lowMemory }]);
    this.serviceRam = new Memory(recorder, 'service-vm-kernel', 'Service VM RAM', [
      { start: 0, size: SERVICE_VM_LAYOUT.size },
    ]);
    this.guest = new GuestKernel({
      recorder,
      ram: this.guestRam,
      vcpus: options.vcpus,
      onUserSpace: () => recorder.beginRun(),
    });
    this.serviceVm = new ServiceVmKernel({
      recorder,
      scheduler,
      ram: this.serviceRam,
      gate: { vmcall: (...call) => this.hypervisor.vmcall(...call) },
      outside: options.outside,
    });
    this.hypervisor = new Hypervisor({
      recorder,
      scheduler,
      serviceRam: this.serviceRam,
      cpus: this.guest.cpus,
      serviceCpu: this.serviceVm,
    });
    this.deviceModel = new DeviceModel({
      recorder,
      scheduler,
      guestRam: this.guestRam,
      serviceRam: this.serviceRam,
      sys: this.serviceVm,
      consoleOptions: options.consoleOptions,
      vcpus: options.vcpus,
    });
  }

  /** The trace so far. */
  get trace(): Trace {
    return this.recorder.trace;
  }

  /**
   * Queues the writes and lets the machine run until it is quiet: the first call powers it on (phase `set-up`), then the
   * guest's processes run (phase `run`). A halted guest is woken by its timer, as a sleeping process would be.
   */
  run(writes: readonly GuestWrite[]): RunEnd {
    for (const write of writes) {
      this.guest.execute(write.vcpu, write);
    }
    if (this.#on) {
      for (const vcpu of new Set(writes.map((write) => write.vcpu))) {
        this.hypervisor.timerExpired(vcpu);
      }
    } else {
      this.#on = true;
      this.serviceVm.boot();
      this.deviceModel.start();
    }
    return this.#scheduler.run(MAX_TURNS);
  }
}
