import { gpa } from '../../../src/base/brand.ts';
import type {
  GuestLeave,
  IoctlArgument,
  NonRootCpu,
  Outside,
  OutsideFile,
  Vmcs,
} from '../../../src/emulator/boundaries.ts';
import { SERVICE_VM_LAYOUT } from '../../../src/emulator/boundaries.ts';
import { Cx } from '../../../src/emulator/cx.ts';
import type { HypervisorFaults } from '../../../src/emulator/hypervisor/faults.ts';
import { Hypervisor } from '../../../src/emulator/hypervisor/hypervisor.ts';
import { Memory } from '../../../src/emulator/memory.ts';
import { firstRunnable, Scheduler, Sleep, SPIN, type Suspend, Thread } from '../../../src/emulator/scheduler.ts';
import type { ServiceVmFaults } from '../../../src/emulator/service-vm/faults.ts';
import { ServiceVmKernel } from '../../../src/emulator/service-vm/kernel.ts';
import { declaredStages } from '../../../src/emulator/stage.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import type { Trace } from '../../../src/trace/trace.ts';

/** Exit reasons and what they carry, as the tests write them. */
export type GuestStep =
  | { readonly out: number; readonly size: number; readonly value: number }
  | { readonly in: number; readonly size: number }
  | { readonly store: number; readonly size: number; readonly value: number }
  | { readonly load: number; readonly size: number }
  | { readonly eoi: number }
  | 'hlt'
  | 'spin';

/** A processor whose guest takes the given steps, then halts for good. */
export class FakeCpu implements NonRootCpu {
  readonly id: number;
  readonly vmcs: Vmcs = {
    exitReason: 0,
    exitQualification: 0,
    guestPhysicalAddress: gpa(0),
    instructionLength: 1,
    access: { write: false, size: 0, value: 0 },
  };
  /** What each IN or load read. */
  readonly reads: number[] = [];
  readonly interrupts: number[] = [];
  readonly exceptions: number[] = [];
  entries = 0;
  resets = 0;
  #reading = false;
  readonly #steps: GuestStep[];
  readonly #recorder: Recorder;

  constructor(recorder: Recorder, id: number, steps: readonly GuestStep[]) {
    this.id = id;
    this.#recorder = recorder;
    this.#steps = [...steps];
  }

  enter(_entryHop: number): GuestLeave {
    this.entries++;
    if (this.#reading) {
      this.reads.push(this.vmcs.access.value);
      this.#reading = false;
    }
    const step = this.#steps.shift() ?? 'hlt';
    if (step === 'spin') {
      return SPIN;
    }
    this.#show(step);
    return { exitHop: this.#recorder.hop('vm_exit', 'test') };
  }

  #show(step: Exclude<GuestStep, 'spin'>): void {
    if (step === 'hlt') {
      this.vmcs.exitReason = 12;
    } else if ('eoi' in step) {
      this.vmcs.exitReason = 45;
      this.vmcs.exitQualification = step.eoi;
    } else if ('out' in step || 'in' in step) {
      const write = 'out' in step;
      const port = write ? step.out : step.in;
      this.#access(write, step.size, write ? step.value : 0);
      this.vmcs.exitReason = 30;
      this.vmcs.exitQualification = port * 0x10000 + (write ? 0 : 8) + (step.size - 1);
    } else {
      const write = 'store' in step;
      this.#access(write, step.size, write ? step.value : 0);
      this.vmcs.exitReason = 48;
      this.vmcs.exitQualification = write ? 2 : 1;
      this.vmcs.guestPhysicalAddress = gpa(write ? step.store : step.load);
    }
  }

  #access(write: boolean, size: number, value: number): void {
    this.vmcs.access = { write, size, value };
    this.#reading = !write;
  }

  raise(vector: number, _hop: number): void {
    this.interrupts.push(vector);
  }

  inject(vector: number, _hop: number): void {
    this.exceptions.push(vector);
  }

  reset(): void {
    this.resets++;
  }
}

/** A backend that keeps what it gets. */
export class Sink implements OutsideFile {
  readonly endpoint = 'test';
  readonly isTty = false;
  readonly written: number[] = [];
  readonly input: Uint8Array[] = [];
  ready = 0;
  #wake: () => void = () => undefined;

  write(bytes: Uint8Array): number {
    this.written.push(...bytes);
    return bytes.length;
  }

  read(_max: number): Uint8Array | number {
    return this.input.shift() ?? -11;
  }

  poll(): number {
    return this.ready;
  }

  watch(wake: () => void): () => void {
    this.#wake = wake;
    return () => undefined;
  }

  /** The other end sends something. */
  send(bytes: Uint8Array): void {
    this.input.push(bytes);
    this.ready = 1;
    this.#wake();
  }
}

/** A device model as a test writes it: its body gets its context and the kernel. */
export type DmBody = (dm: Dm) => Generator<Suspend, void, unknown>;

/** What a test's device model sees. */
export interface Dm {
  readonly cx: Cx;
  readonly sys: ServiceVmKernel;
  readonly ram: Memory;
  /** Descriptor of /dev/acrn_hsm. */
  readonly hsm: number;
}

/** What a bench is made with. */
export interface BenchOptions {
  readonly guests: readonly (readonly GuestStep[])[];
  readonly vmFlags?: number;
  readonly hypervisorFaults?: HypervisorFaults;
  readonly serviceFaults?: ServiceVmFaults;
  readonly acrnKernel?: boolean;
}

const PAGE = SERVICE_VM_LAYOUT.ioRequestPage;

/** `struct acrn_vm_creation` for a VM whose vCPUs run on physical CPUs 1 and up. */
export function creation(vcpus: number, flags: number): Uint8Array {
  const bytes = new Uint8Array(48);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('vm'), 8);
  view.setUint32(24, flags, true);
  view.setUint32(32, PAGE, true);
  view.setUint32(40, ((1 << vcpus) - 1) << 1, true);
  return bytes;
}

/** `struct acrn_ioreq_notify` for VM 1. */
export function notify(vcpu: number): Uint8Array {
  return new Uint8Array([1, 0, 0, 0, vcpu, 0, 0, 0]);
}

/** Hypervisor and Service VM with everything around them faked. */
export class Bench {
  readonly recorder = new Recorder(declaredStages());
  readonly scheduler = new Scheduler(this.recorder, firstRunnable);
  readonly ram = new Memory(this.recorder, 'service-vm-kernel', 'Service VM RAM', [
    { start: 0, size: SERVICE_VM_LAYOUT.size },
  ]);
  readonly cpus: readonly FakeCpu[];
  readonly hypervisor: Hypervisor;
  readonly kernel: ServiceVmKernel;
  readonly stdin = new Sink();
  readonly #options: BenchOptions;

  constructor(options: BenchOptions) {
    this.#options = options;
    this.cpus = options.guests.map((steps, id) => new FakeCpu(this.recorder, id, steps));
    const outside: Outside = { stdin: this.stdin, open: () => undefined };
    const gate = { vmcall: (...call: Parameters<Hypervisor['vmcall']>) => this.hypervisor.vmcall(...call) };
    const { recorder, scheduler, ram } = this;
    const faults = options.serviceFaults ?? {};
    this.kernel = new ServiceVmKernel({
      recorder,
      scheduler,
      ram,
      gate,
      outside,
      faults,
      acrnKernel: options.acrnKernel ?? false,
    });
    this.hypervisor = new Hypervisor({
      recorder,
      scheduler,
      serviceRam: ram,
      cpus: this.cpus,
      serviceCpu: this.kernel,
      faults: options.hypervisorFaults ?? {},
    });
  }

  /** A thread of the device model, named as acrn-dm's. */
  dmThread(name: string, body: (cx: Cx) => Generator<Suspend, void, unknown>): void {
    const strand = this.recorder.strand(name);
    const cx = new Cx(undefined, this.recorder, strand, this.recorder.context('device-model', name));
    this.scheduler.spawn(new Thread(name, strand, body(cx)));
  }

  /** Boots, creates and starts the VM, and runs `body` as acrn-dm's vm_loop; until nothing moves any more. */
  run(body: DmBody): string {
    this.kernel.boot();
    const { kernel, ram } = this;
    const flags = this.#options.vmFlags ?? 0;
    const vcpus = this.cpus.length;
    this.dmThread(VM_LOOP, function* (cx) {
      const hsm = kernel.open(cx, '/dev/acrn_hsm');
      const created = creation(vcpus, flags);
      yield* kernel.ioctl(cx, hsm, IOCTL.CREATE_VM, created, -1);
      yield* kernel.ioctl(cx, hsm, IOCTL.CREATE_IOREQ_CLIENT, 0, -1);
      yield* kernel.ioctl(cx, hsm, IOCTL.START_VM, 0, -1);
      yield* body({ cx, sys: kernel, ram, hsm });
    });
    return this.scheduler.run(100_000);
  }

  /** The trace so far. */
  get trace(): Trace {
    return this.recorder.trace;
  }

  /** Functions entered on the context of that name, in order. */
  entered(context: string): string[] {
    const { trace } = this;
    return [...trace.events()]
      .filter((event) => event.kind === 'enter' && trace.contexts[event.context]?.name === context)
      .map((event) => trace.stages[event.stage]?.function ?? '');
  }

  /** Hops of that kind: stages from and to, and the expression. */
  hops(kind: number): string[] {
    const { trace } = this;
    return [...trace.events()]
      .filter((event) => event.kind === 'hop' && (event.key & 0xff) === kind)
      .map((event) => {
        const from = trace.stages[event.stage]?.function ?? '-';
        const to = trace.stages[event.value]?.function ?? '-';
        return `${from} ${trace.expressions[event.key >>> 8]} ${to}`;
      });
  }

  /** Values that the slot's state took, in order (offset 136 of the slot). */
  slotStates(vcpu: number): number[] {
    const states: number[] = [];
    for (const chunk of this.trace.chunks) {
      for (let row = 0; row < chunk.length; row++) {
        const packed = chunk.old[row] ?? 0;
        const count = packed % 0x1_0000_0000;
        if (chunk.kind[row] === 6 && chunk.value[row] === PAGE + 256 * vcpu + 136) {
          states.push(chunk.heap[(chunk.key[row] ?? 0) + count] ?? 0);
        }
      }
    }
    return states;
  }

  /** Hazard and log codes, in order. */
  notes(): string[] {
    return [...this.trace.events()]
      .filter((event) => event.kind === 'hazard' || event.kind === 'log')
      .map((event) => this.trace.expressions[event.key] ?? '');
  }
}

/** Context of acrn-dm's only vCPU thread. */
export const VM_LOOP = 'Service VM, acrn-dm thread "vcpu 0" (vm_loop; the only such thread)';

/** ioctl requests by number (facts: constants, section 3). */
export const IOCTL = {
  CREATE_VM: 0xc030a210,
  DESTROY_VM: 0xa211,
  START_VM: 0xa212,
  PAUSE_VM: 0xa213,
  RESET_VM: 0xa215,
  SET_VCPU_REGS: 0x4128a216,
  INJECT_MSI: 0x4010a223,
  VM_INTR_MONITOR: 0x4008a224,
  SET_IRQLINE: 0x4008a225,
  NOTIFY_REQUEST_FINISH: 0x4008a231,
  CREATE_IOREQ_CLIENT: 0xa232,
  ATTACH_IOREQ_CLIENT: 0xa233,
  DESTROY_IOREQ_CLIENT: 0xa234,
  CLEAR_VM_IOREQ: 0xa235,
  SET_MEMSEG: 0x4020a241,
  UNSET_MEMSEG: 0x4020a242,
  IOEVENTFD: 0x4020a270,
  IRQFD: 0x4018a271,
  SETUP_ASYNCIO: 0x4008a290,
} as const;

/** One ioctl on /dev/acrn_hsm. */
export function* ioctl(dm: Dm, request: number, argument: IoctlArgument = 0): Generator<Suspend, number, unknown> {
  return yield* dm.sys.ioctl(dm.cx, dm.hsm, request, argument, -1);
}

/** Little-endian fields of a structure: offset, bytes (1, 2, 4, 8), value. */
export function struct(length: number, ...fields: readonly (readonly [number, number, number])[]): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const [offset, size, value] of fields) {
    for (let i = 0; i < size; i++) {
      bytes[offset + i] = Math.floor(value / 256 ** i) % 256;
    }
  }
  return bytes;
}

/** `struct acrn_ioeventfd`. */
export const ioeventfd = (fd: number, flags: number, addr: number, len: number, data: number): Uint8Array =>
  struct(32, [0, 4, fd], [4, 4, flags], [8, 8, addr], [16, 4, len], [24, 8, data]);

/** Lets the others go on for a while: a guest that only spins takes a few turns. */
export const nap = (dm: Dm): Sleep => new Sleep(dm.cx.recorder.now + 1);

/** Waits until the default client has something to do. */
export function* attach(dm: Dm): Generator<Suspend, number, unknown> {
  return yield* dm.sys.ioctl(dm.cx, dm.hsm, IOCTL.ATTACH_IOREQ_CLIENT, 1, -1);
}

/** Serves requests as vm_loop does, `count` times: `handle` gets the slot's address. */
export function* serve(dm: Dm, count: number, handle: (slot: number) => void): Generator<Suspend, void, unknown> {
  for (let served = 0; served < count; ) {
    yield* attach(dm);
    for (let vcpu = 0; vcpu < 16; vcpu++) {
      const slot = PAGE + 256 * vcpu;
      if (dm.ram.read32(gpa(slot + 136)) === 2 && dm.ram.read32(gpa(slot + 132)) === 0) {
        handle(slot);
        served++;
        yield* dm.sys.ioctl(dm.cx, dm.hsm, IOCTL.NOTIFY_REQUEST_FINISH, notify(vcpu), -1);
      }
    }
  }
}
