import { COST } from '../costs.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { HvCx } from './world.ts';

/*
 * What hardware does with posted interrupts (Intel SDM vol. 3, 30.6): a notification clears ON, moves PIR to the virtual
 * IRR, and the virtual processor takes the vectors, the highest first. No C file stands behind it.
 */

/** Vector of the first activation notification; the VM's id is added (irq.h, POSTED_INTR_VECTOR). */
export const POSTED_INTR_VECTOR = 0xe4;

/** Who takes virtual interrupts: a User VM's processor, or the Service VM's. */
export interface InterruptSink {
  raise(vector: number, hop: number): void;
}

/** Clears ON and hands every vector of PIR to `sink`. */
export function deliverPostedInterrupts(vcpu: Vcpu, sink: InterruptSink, hop: number): void {
  const { pir, on } = vcpu.vlapic;
  on.value = 0;
  for (let word = 7; word >= 0; word--) {
    const cell = pir[word];
    const bits = cell?.value ?? 0;
    if (cell === undefined || bits === 0) {
      continue;
    }
    cell.value = 0;
    for (let bit = 31; bit >= 0; bit--) {
      if ((bits >>> bit) & 1) {
        sink.raise(word * 32 + bit, hop);
      }
    }
  }
}

/** Sends the notification `anv` to a physical CPU (lapic.c, send_single_ipi), and lets the hardware there act on it. */
export function send_single_ipi(cx: HvCx, pcpuId: number, anv: number): void {
  const hv = cx.world.hv;
  const vm = hv.vms[anv - POSTED_INTR_VECTOR];
  const vcpu = vm?.vcpus.find((one) => one.pcpu_id === pcpuId);
  const hop = cx.hop('interrupt_vector', 'send_single_ipi', COST.interrupt);
  if (vcpu === undefined || isDropped(cx, vcpu)) {
    return;
  }
  if (vcpu.cpu === undefined) {
    deliverPostedInterrupts(vcpu, hv.serviceCpu, hop);
  } else if (vcpu.nonRoot.value !== 0) {
    deliverPostedInterrupts(vcpu, vcpu.cpu, hop);
  } else if (cx.world.pcpu_id === pcpuId) {
    vcpu.selfNotification = hop;
  } else {
    vcpu.notification = hop;
  }
}

/** Whether the scenario drops this notification on its way. */
function isDropped(cx: HvCx, vcpu: Vcpu): boolean {
  const hv = cx.world.hv;
  const toService = vcpu.cpu === undefined;
  const counter = toService ? hv.upcalls : hv.guestNotifications;
  const dropped = toService ? hv.faults.dropUpcalls : hv.faults.dropGuestInterrupts;
  if (dropped === undefined) {
    return false;
  }
  const drop = dropped.includes(counter.value);
  counter.value++;
  if (drop) {
    cx.hazard('hv-upcall-lost', { vm: vcpu.vm.vm_id, vcpu: vcpu.vcpu_id });
  }
  return drop;
}
