import type { Vcpu } from './vcpu_types.ts';
import type { AcrnVm } from './vm_types.ts';

/* Which virtual processors an interrupt's destination means: part of the twin of hypervisor/arch/x86/guest/vlapic.c. */

const APIC_DFR_MODEL_FLAT = 0xf;
const APIC_DFR_MODEL_CLUSTER = 0;

/** Whether a logical destination means this virtual processor, in xAPIC mode (vlapic.c, is_dest_field_matched). */
function is_dest_field_matched(vcpu: Vcpu, dest: number): boolean {
  const ldr = vcpu.vlapic.ldr.value;
  const model = vcpu.vlapic.dfr.value >>> 28;
  if (model === APIC_DFR_MODEL_FLAT) {
    return ((ldr >>> 24) & dest & 0xff) !== 0;
  }
  if (model === APIC_DFR_MODEL_CLUSTER) {
    return ldr >>> 28 === ((dest >>> 4) & 0xf) && ((ldr >>> 24) & dest & 0xf) !== 0;
  }
  return false;
}

/**
 * Mask of the virtual processors that `dest` means (vlapic.c, vlapic_calc_dest_noshort). With lowest-priority delivery
 * one of them is taken: the first, since all priorities are equal here.
 */
export function vlapic_calc_dest_noshort(vm: AcrnVm, dest: number, phys: boolean, lowprio: boolean): number {
  const created = vm.vcpus.slice(0, vm.created_vcpus.value);
  const meant = created.filter((vcpu) => (phys ? vcpu.vlapic.vapic_id === dest : is_dest_field_matched(vcpu, dest)));
  const taken = !phys && lowprio ? meant.slice(0, 1) : meant;
  return taken.reduce((mask, vcpu) => mask | (1 << vcpu.vcpu_id), 0);
}
