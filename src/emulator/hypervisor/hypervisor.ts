import type { Recorder } from '../../trace/recorder.ts';
import type { Context, Strand } from '../../trace/strand.ts';
import type { HypercallGate, NonRootCpu, ServiceVmCpu } from '../boundaries.ts';
import { CellFactory } from '../cell.ts';
import { Cx } from '../cx.ts';
import type { Memory } from '../memory.ts';
import type { Scheduler } from '../scheduler.ts';
import type { HypervisorFaults } from './faults.ts';
import { Pcpu } from './pcpu.ts';
import { deliverPostedInterrupts } from './posted_interrupts.ts';
import { makeVcpuThread } from './vcpu_threads.ts';
import { REQUEST, VCPU_STATE, Vcpu } from './vcpu_types.ts';
import { Vioapic } from './vioapic.ts';
import { vlapic_reset, vlapic_timer_expired } from './vlapic.ts';
import { AcrnVm, VM_STATE } from './vm_types.ts';
import { vmcall_vmexit_handler } from './vmcall.ts';
import type { Hv, HvCx } from './world.ts';

/** What the hypervisor is made of and stands between. */
export interface HypervisorOptions {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  /** The Service VM's physical memory. */
  readonly serviceRam: Memory;
  /** The User VM's processors. */
  readonly cpus: readonly NonRootCpu[];
  readonly serviceCpu: ServiceVmCpu;
  readonly faults?: HypervisorFaults;
}

/** Upcall vector until the Service VM chooses another (irq.h, HYPERVISOR_CALLBACK_HSM_VECTOR). */
const HYPERVISOR_CALLBACK_HSM_VECTOR = 0xf3;

/**
 * ACRN, powered on: the Service VM runs on physical CPU 0, a User VM with one vCPU on each of the others waits to be
 * created. Each vCPU's local APIC id is its number.
 */
export class Hypervisor implements HypercallGate {
  readonly #hv: Hv;
  readonly #servicePcpu: Pcpu;
  readonly #serviceContext: Context;
  readonly #timerStrand: Strand;
  /** One context object for each strand that ever called. */
  readonly #callers = new Map<Strand, HvCx>();

  constructor(options: HypervisorOptions) {
    const { recorder, cpus } = options;
    const cells = new CellFactory(recorder, 'hypervisor');
    this.#serviceContext = recorder.context(
      'hypervisor',
      'pCPU running the Service VM vCPU that issued VMCALL, VMX root',
    );
    this.#hv = {
      recorder,
      scheduler: options.scheduler,
      cells,
      ram: options.serviceRam,
      cpus,
      serviceCpu: options.serviceCpu,
      faults: options.faults ?? {},
      pcpus: [],
      vms: [],
      acrn_hsm_notification_vector: cells.hex('acrn_hsm_notification_vector', HYPERVISOR_CALLBACK_HSM_VECTOR),
      upcalls: cells.number('upcalls'),
      guestNotifications: cells.number('guest_notifications'),
      refusals: cells.number('refused_hypercalls'),
      sharedBufferPuts: options.faults?.fullSharedBuffer === undefined ? undefined : cells.number('sbuf_puts'),
    };
    for (let pcpuId = 0; pcpuId <= cpus.length; pcpuId++) {
      this.#hv.pcpus.push(new Pcpu(this.#hv, pcpuId));
    }
    this.#servicePcpu = this.#hv.pcpus[0] ?? new Pcpu(this.#hv, 0);
    this.#timerStrand = recorder.strand('vlapic timers');
    this.#addServiceVm();
    this.#addUserVm();
  }

  #addServiceVm(): void {
    const hv = this.#hv;
    const vm = new AcrnVm(hv, 0, 'SERVICE_VM', 1);
    const vcpu = new Vcpu(hv, vm, 0, 0, undefined, this.#serviceContext);
    vm.vcpus.push(vcpu);
    vm.created_vcpus.value = 1;
    vm.state.value = VM_STATE.RUNNING;
    vcpu.state.value = VCPU_STATE.RUNNING;
    hv.vms.push(vm);
    vlapic_reset(this.#caller(this.#timerStrand), vcpu);
  }

  #addUserVm(): void {
    const hv = this.#hv;
    const vm = new AcrnVm(hv, 1, 'POST_LAUNCHED_VM', ((1 << hv.cpus.length) - 1) << 1);
    vm.vioapic = new Vioapic(hv, 1);
    hv.vms.push(vm);
    for (const cpu of hv.cpus) {
      const name = `pCPU running User VM vCPU ${cpu.id}, VMX root, thread vcpu_thread of that vCPU`;
      const vcpu = new Vcpu(hv, vm, cpu.id, cpu.id + 1, cpu, hv.recorder.context('hypervisor', name));
      vm.vcpus.push(vcpu);
      makeVcpuThread(hv, vcpu);
    }
  }

  /** VMCALL by a thread of the Service VM: `hop` is its hypercall hop. Returns RAX. */
  vmcall(caller: Cx, id: number, rdi: number, rsi: number, hop: number): number {
    const cx = this.#caller(caller.strand);
    cx.arrive(hop);
    const ret = vmcall_vmexit_handler(cx, id, rdi, rsi);
    this.#enterServiceVm();
    return ret;
  }

  /** The timer of a vCPU's local APIC runs out; a halted guest wakes up. */
  timerExpired(vcpuId: number): void {
    const vcpu = this.#hv.vms[1]?.vcpus[vcpuId];
    const pcpu = vcpu === undefined ? undefined : this.#hv.pcpus[vcpu.pcpu_id];
    if (vcpu === undefined || pcpu === undefined || vcpu.state.value !== VCPU_STATE.RUNNING) {
      return;
    }
    const running = this.#hv.recorder.running;
    pcpu.interrupted = vcpu.nonRoot.value !== 0;
    vlapic_timer_expired(new Cx(pcpu, this.#hv.recorder, this.#timerStrand, vcpu.context), vcpu);
    this.#hv.recorder.switchTo(running);
  }

  #caller(strand: Strand): HvCx {
    let cx = this.#callers.get(strand);
    if (cx === undefined) {
      cx = new Cx(this.#servicePcpu, this.#hv.recorder, strand, this.#serviceContext);
      this.#callers.set(strand, cx);
    }
    return cx;
  }

  /** The Service VM's own VM entry after a hypercall: what was posted and not notified reaches it now. */
  #enterServiceVm(): void {
    const vcpu = this.#hv.vms[0]?.vcpus[0];
    if (vcpu?.takeRequest(REQUEST.EVENT) === true && vcpu.vlapic.on.value !== 0) {
      deliverPostedInterrupts(vcpu, this.#hv.serviceCpu, -1);
    }
  }
}
