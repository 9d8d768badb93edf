import { Recorder } from '../trace/recorder.ts';
import type { Trace } from '../trace/trace.ts';
import { type NonRootCpu, type Outside, SERVICE_VM_LAYOUT, USER_VM_LAYOUT } from './boundaries.ts';
import { DeviceModel } from './device-model/device-model.ts';
import type { Forced } from './device-model/forced.ts';
import type { DmOptions } from './device-model/process.ts';
import { GuestKernel } from './guest/kernel.ts';
import type { UserAction } from './guest/user.ts';
import type { HypervisorFaults } from './hypervisor/faults.ts';
import { Hypervisor } from './hypervisor/hypervisor.ts';
import { Memory } from './memory.ts';
import { BackendPeer } from './outside/peer.ts';
import { type Choice, type RunEnd, Scheduler, seededChoice } from './scheduler.ts';
import type { ServiceVmFaults } from './service-vm/faults.ts';
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
  /** The scheduler's choices where they are no seed's. */
  readonly choice?: Choice;
  /** Files and terminals outside the machine. */
  readonly outside: Outside;
  /** Events kept at most (rounded up to whole chunks). */
  readonly window?: number;
  /** Other options of acrn-dm; the stock ones where left out. */
  readonly deviceModel?: Partial<Pick<DmOptions, 'msix' | 'poll' | 'rtvm'>>;
  /** What the console is made to do that a stock one never does. */
  readonly forced?: Forced;
  /** The Service VM runs ACRN's own kernel, which has asyncio. */
  readonly acrnKernel?: boolean;
  /** Kernel command line of the guest. */
  readonly guestCommandLine?: string;
  readonly hypervisorFaults?: HypervisorFaults;
  readonly serviceVmFaults?: ServiceVmFaults;
}

/** What a process of the guest does on a processor. */
export interface GuestAct extends UserAction {
  readonly vcpu: number;
}

/** A user process of the guest: it opens `path` and writes `bytes` with one write(2). */
export type GuestWrite = GuestAct;

/** Turns of the scheduler that a run may take: a stock write takes about ten, set-up a few thousand. */
const MAX_TURNS = 10_000_000;

/** Looks at its queues that a polling device takes in vain before the machine counts as being at rest. */
const IDLE_POLLS = 3;

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
  readonly #polls: boolean;
  /** VM entries so far, counted only where the device polls: a guest that runs is not at rest. */
  #entries = 0;
  #on = false;
  #peer: BackendPeer | undefined = undefined;

  constructor(options: MachineOptions) {
    const recorder = new Recorder(declaredStages(), options.window);
    const scheduler = new Scheduler(recorder, options.choice ?? seededChoice(options.seed));
    this.recorder = recorder;
    this.#scheduler = scheduler;
    this.#polls = (options.deviceModel?.poll ?? null) !== null;
    this.guestRam = new Memory(recorder, 'guest-kernel', 'User VM RAM', [{ start: 0, size: USER_VM_LAYOUT.lowMemory }]);
    this.serviceRam = new Memory(recorder, 'service-vm-kernel', 'Service VM RAM', [
      { start: 0, size: SERVICE_VM_LAYOUT.size },
    ]);
    this.guest = new GuestKernel({
      recorder,
      ram: this.guestRam,
      vcpus: options.vcpus,
      onUserSpace: () => recorder.beginRun(),
      ...given('cmdline', options.guestCommandLine),
    });
    this.serviceVm = this.#newServiceVm(options);
    this.hypervisor = new Hypervisor({
      recorder,
      scheduler,
      serviceRam: this.serviceRam,
      cpus: this.#polls ? this.guest.cpus.map((cpu) => this.#counted(cpu)) : this.guest.cpus,
      serviceCpu: this.serviceVm,
      ...given('faults', options.hypervisorFaults),
    });
    this.deviceModel = this.#newDeviceModel(options);
  }

  #newServiceVm(options: MachineOptions): ServiceVmKernel {
    return new ServiceVmKernel({
      recorder: this.recorder,
      scheduler: this.#scheduler,
      ram: this.serviceRam,
      gate: { vmcall: (...call) => this.hypervisor.vmcall(...call) },
      outside: options.outside,
      ...given('acrnKernel', options.acrnKernel),
      ...given('faults', options.serviceVmFaults),
    });
  }

  #newDeviceModel(options: MachineOptions): DeviceModel {
    return new DeviceModel({
      recorder: this.recorder,
      scheduler: this.#scheduler,
      guestRam: this.guestRam,
      serviceRam: this.serviceRam,
      sys: this.serviceVm,
      consoleOptions: options.consoleOptions,
      vcpus: options.vcpus,
      ...given('options', options.deviceModel),
      ...given('forced', options.forced),
    });
  }

  /** The same processor, its VM entries counted. */
  #counted(cpu: NonRootCpu): NonRootCpu {
    return {
      id: cpu.id,
      vmcs: cpu.vmcs,
      enter: (hop) => {
        this.#entries++;
        return cpu.enter(hop);
      },
      raise: (vector, hop) => cpu.raise(vector, hop),
      ...(cpu.inject === undefined ? {} : { inject: cpu.inject.bind(cpu) }),
      ...(cpu.reset === undefined ? {} : { reset: cpu.reset.bind(cpu) }),
    };
  }

  /** Whoever uses the other ends of the backends. */
  get peer(): BackendPeer {
    this.#peer ??= new BackendPeer(this.recorder);
    return this.#peer;
  }

  /** The trace so far. */
  get trace(): Trace {
    return this.recorder.trace;
  }

  /**
   * Queues the actions and lets the machine run until it is quiet: the first call powers it on (phase `set-up`), then the
   * guest's processes run (phase `run`). A halted guest is woken by its timer, as a sleeping process would be. A device
   * that polls never lets the machine become quiet: it then ends as `stopped` once several polls in a row found nothing.
   */
  run(actions: readonly GuestAct[], turns = MAX_TURNS): RunEnd {
    for (const action of actions) {
      this.guest.execute(action.vcpu, action);
    }
    if (this.#on) {
      for (const vcpu of new Set(actions.map((action) => action.vcpu))) {
        this.hypervisor.timerExpired(vcpu);
      }
    } else {
      this.#on = true;
      this.serviceVm.boot();
      this.deviceModel.start();
    }
    return this.#scheduler.run(turns, this.#polls ? this.#restDetector() : undefined);
  }

  /** Tells whether the device has looked several times while the guest did nothing. */
  #restDetector(): () => boolean {
    let entries = -1;
    let from = 0;
    return () => {
      if (entries !== this.#entries) {
        entries = this.#entries;
        from = this.#scheduler.naps;
      }
      return this.#scheduler.naps - from > IDLE_POLLS;
    };
  }
}

/** `{ [key]: value }`, or nothing where there is no value. */
const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
