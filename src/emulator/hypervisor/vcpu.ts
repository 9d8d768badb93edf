import { EXIT_REASON } from '../boundaries.ts';
import { COST } from '../costs.ts';
import { SPIN, type Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../stage.ts';
import { E } from './acrn_common.ts';
import { reset_event } from './event.ts';
import type { Pcpu } from './pcpu.ts';
import { deliverPostedInterrupts } from './posted_interrupts.ts';
import { need_reschedule, sleep_thread, wake_thread } from './schedule.ts';
import { REQUEST, VCPU_STATE, type Vcpu } from './vcpu_types.ts';
import { vlapic_reset } from './vlapic.ts';
import type { AcrnVm } from './vm_types.ts';
import { vm_exit } from './vmx_asm.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/vcpu.c, as far as the path needs it. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vcpu.c');

/** Most vCPUs that one VM may have. */
export const MAX_VCPUS_PER_VM = 16;

/** Enters the guest and comes back with its next VM exit (vcpu.c, run_vcpu). */
export const run_vcpu = blockingStage(file, 'run_vcpu', function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
  vcpu.launched.value = 1;
  yield* exec_vmentry(cx, vcpu);
  if (vcpu.cpu !== undefined) {
    vcpu.inst_len.value = vcpu.cpu.vmcs.instructionLength;
    vcpu.exit_reason.value = vcpu.cpu.vmcs.exitReason;
  }
  return 0;
});

/** The guest's time on the processor, from VM entry to VM exit; its busy waits are turns of the machine's scheduler. */
function* exec_vmentry(cx: HvCx, vcpu: Vcpu): Generator<typeof SPIN, void, unknown> {
  const cpu = vcpu.cpu;
  if (cpu === undefined) {
    return;
  }
  const entry = cx.hop('vm_entry', 'exec_vmentry', COST.vmEntry);
  vcpu.nonRoot.value = 1;
  if (vcpu.selfNotification >= 0) {
    deliverPostedInterrupts(vcpu, cpu, vcpu.selfNotification);
    vcpu.selfNotification = -1;
  }
  let leave = cpu.enter(entry);
  while (leave === SPIN && !mustLeave(cx.world)) {
    yield SPIN;
    leave = mustLeave(cx.world) ? SPIN : cpu.enter(-1);
  }
  cx.recorder.switchTo(cx.strand);
  vcpu.nonRoot.value = 0;
  if (leave === SPIN) {
    cpu.vmcs.exitReason = EXIT_REASON.externalInterrupt;
    cpu.vmcs.instructionLength = 0;
    cx.arrive(cx.hop('vm_exit', 'kick_pcpu', COST.vmExit));
  } else {
    cx.arrive(leave.exitHop);
  }
  vm_exit(cx, vcpu);
}

/** Whether a physical interrupt ends the guest's time now: the guest is then between two turns of a busy wait. */
const mustLeave = (pcpu: Pcpu): boolean => pcpu.interrupted || need_reschedule(pcpu);

/** Stops a vCPU for good: its thread blocks at its next turn (vcpu.c, zombie_vcpu). */
export const zombie_vcpu = stage(file, 'zombie_vcpu', (cx: HvCx, vcpu: Vcpu) => {
  const before = vcpu.state.value;
  if (before === VCPU_STATE.RUNNING || before === VCPU_STATE.INIT) {
    vcpu.state.value = VCPU_STATE.ZOMBIE;
    if (before === VCPU_STATE.RUNNING) {
      sleep_thread(cx, vcpu);
    }
  }
});

/** Makes a vCPU run (vcpu.c, launch_vcpu). */
export const launch_vcpu = stage(file, 'launch_vcpu', (cx: HvCx, vcpu: Vcpu) => {
  vcpu.state.value = VCPU_STATE.RUNNING;
  wake_thread(cx, vcpu);
});

/** Makes the vCPU that is bound to a physical CPU part of the VM, with its thread (vcpu.c, prepare_vcpu and create_vcpu). */
export const prepare_vcpu = stage(file, 'prepare_vcpu', (cx: HvCx, vm: AcrnVm, pcpuId: number): number => {
  const vcpuId = vm.created_vcpus.value;
  const vcpu = vm.vcpus.find((one) => one.pcpu_id === pcpuId);
  if (vcpu === undefined || vcpuId >= MAX_VCPUS_PER_VM) {
    return -E.EINVAL;
  }
  vcpu.state.value = VCPU_STATE.INIT;
  vcpu_reset_internal(cx, vcpu);
  vm.created_vcpus.value = vcpuId + 1;
  return 0;
});

/** What power-on and reset have in common (vcpu.c, vcpu_reset_internal). */
export function vcpu_reset_internal(cx: HvCx, vcpu: Vcpu): void {
  vcpu.launched.value = 0;
  vcpu.exception.value = 0x100;
  vlapic_reset(cx, vcpu);
  reset_event(vcpu.ioreqEvent);
  reset_event(vcpu.virtualInterruptEvent);
}

/** Records a request of `mask` and makes the processor look at it (virq.c, vcpu_make_request). */
export function vcpu_make_request(vcpu: Vcpu, mask: number): void {
  vcpu.request(mask);
}

/** The request that `start_vm` makes first (vcpu.h, ACRN_REQUEST_INIT_VMCS). */
export const INIT_VMCS = REQUEST.INIT_VMCS;
