import { acrnFile, stage } from '../stage.ts';
import { signal_event } from './event.ts';
import { POSTED_INTR_VECTOR, send_single_ipi } from './posted_interrupts.ts';
import { REQUEST, type Vcpu } from './vcpu_types.ts';
import { vlapic_calc_dest_noshort } from './vlapic_dest.ts';
import { type AcceptIntr, type InjectIntr, testAndClear, testAndSet } from './vlapic_types.ts';
import type { AcrnVm } from './vm_types.ts';
import type { HvCx } from './world.ts';

/*
 * Twin of hypervisor/arch/x86/guest/vlapic.c: interrupts into a virtual processor, with the apicv_advanced table of
 * operations (posted interrupts), which every processor has that ACRN supports.
 */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vlapic.c');

const APIC_SVR_ENABLE = 0x100;
const APIC_ESR_RECEIVE_ILLEGAL_VECTOR = 0x40;
const DELMODE = { FIXED: 0, LOPRI: 1, EXINT: 7 } as const;
const MSI_ADDR_BASE = 0xfee;

/** The vector that Linux gives to its local APIC timer (arch/x86/include/asm/irq_vectors.h, LOCAL_TIMER_VECTOR). */
const LOCAL_TIMER_VECTOR = 0xec;

/** Sets or clears a vector's trigger mode (vlapic.c, vlapic_set_tmr). */
function vlapic_set_tmr(vcpu: Vcpu, vector: number, level: boolean): void {
  (level ? testAndSet : testAndClear)(vcpu.vlapic.tmr, vector);
}

/** Enters the vector into PIR; true where a notification has to be sent (vlapic.c, apicv_set_intr_ready). */
function apicv_set_intr_ready(vcpu: Vcpu, vector: number): boolean {
  const { pir, on } = vcpu.vlapic;
  if (testAndSet(pir, vector) || on.value !== 0) {
    return false;
  }
  on.value = 1;
  return true;
}

/** Sends the notification vector of `vcpu` to its physical CPU (vlapic.c, apicv_trigger_pi_anv). */
const apicv_trigger_pi_anv = stage(file, 'apicv_trigger_pi_anv', (cx: HvCx, pcpuId: number, anv: number) => {
  send_single_ipi(cx, pcpuId, anv);
});

const notificationVector = (vcpu: Vcpu): number => POSTED_INTR_VECTOR + vcpu.vm.vm_id;

/** Posts a vector to a virtual processor (vlapic.c, apicv_advanced_accept_intr). */
const apicv_advanced_accept_intr: AcceptIntr = stage(
  file,
  'apicv_advanced_accept_intr',
  (cx: HvCx, vcpu: Vcpu, vector: number, level: boolean) => {
    vlapic_set_tmr(vcpu, vector, level);
    if (apicv_set_intr_ready(vcpu, vector)) {
      vcpu.request(REQUEST.EVENT);
      if (cx.world.pcpu_id !== vcpu.pcpu_id) {
        apicv_trigger_pi_anv(cx, vcpu.pcpu_id, notificationVector(vcpu));
      }
    }
  },
);

/** Notifies the own physical CPU, so that its next VM entry takes PIR over (vlapic.c, apicv_advanced_inject_intr). */
const apicv_advanced_inject_intr: InjectIntr = stage(file, 'apicv_advanced_inject_intr', (cx: HvCx, vcpu: Vcpu) => {
  if (vcpu.vlapic.on.value !== 0) {
    apicv_trigger_pi_anv(cx, vcpu.pcpu_id, notificationVector(vcpu));
  }
});

/** Hands an interrupt to a virtual processor that accepts any (vlapic.c, vlapic_accept_intr). */
const vlapic_accept_intr = stage(file, 'vlapic_accept_intr', (cx: HvCx, vcpu: Vcpu, vector: number, level: boolean) => {
  if ((vcpu.vlapic.svr.value & APIC_SVR_ENABLE) === 0) {
    cx.log('debug', 'hv-vlapic-disabled', { vector });
    return;
  }
  cx.ptr('vlapic->ops->accept_intr', vcpu.vlapic.accept_intr.value)(cx, vcpu, vector, level);
  signal_event(cx, vcpu, vcpu.virtualInterruptEvent);
});

/** Interrupt `vector` for one virtual processor; vectors below 16 are illegal (vlapic.c, vlapic_set_intr). */
export const vlapic_set_intr = stage(
  file,
  'vlapic_set_intr',
  (cx: HvCx, vcpu: Vcpu, vector: number, level: boolean) => {
    if (vector < 16) {
      vcpu.vlapic.esr_pending.value |= APIC_ESR_RECEIVE_ILLEGAL_VECTOR;
      cx.log('debug', 'hv-vector-illegal', { vector });
    } else {
      vlapic_accept_intr(cx, vcpu, vector, level);
    }
  },
);

/** Interrupt `vec` for all virtual processors of `vm` that `dest` means (vlapic.c, vlapic_receive_intr). */
export const vlapic_receive_intr = stage(
  file,
  'vlapic_receive_intr',
  (cx: HvCx, vm: AcrnVm, level: boolean, dest: number, phys: boolean, delmode: number, vec: number, rh: boolean) => {
    if (delmode !== DELMODE.FIXED && delmode !== DELMODE.LOPRI && delmode !== DELMODE.EXINT) {
      cx.log('debug', 'hv-delivery-mode-invalid', { delmode });
      return;
    }
    const mask = vlapic_calc_dest_noshort(vm, dest, phys, delmode === DELMODE.LOPRI || rh);
    for (let id = 0; id < vm.created_vcpus.value; id++) {
      const vcpu = vm.vcpus[id];
      if (vcpu === undefined || ((mask >>> id) & 1) === 0 || (vcpu.vlapic.svr.value & APIC_SVR_ENABLE) === 0) {
        continue;
      }
      if (delmode === DELMODE.EXINT) {
        vcpu.request(REQUEST.EXTINT);
        signal_event(cx, vcpu, vcpu.virtualInterruptEvent);
      } else {
        vlapic_set_intr(cx, vcpu, vec, level);
      }
    }
  },
);

/** Decodes an MSI and delivers it through the virtual local APICs (vlapic.c, inject_msi_for_non_lapic_pt). */
const inject_msi_for_non_lapic_pt = stage(
  file,
  'inject_msi_for_non_lapic_pt',
  (cx: HvCx, vm: AcrnVm, address: number, data: number): number => {
    const low = address % 0x1_0000_0000;
    if (low >>> 20 !== MSI_ADDR_BASE) {
      cx.log('debug', 'hv-msi-address-invalid', { address });
      return -1;
    }
    const dest = (low >>> 12) & 0xff;
    const rh = (low & 0x8) !== 0;
    const phys = (low & 0x4) === 0;
    vlapic_receive_intr(cx, vm, false, dest, phys, (data >>> 8) & 7, data & 0xff, rh);
    return 0;
  },
);

/** Injects an MSI into a VM (vlapic.c, vlapic_inject_msi). VMs with a passed-through local APIC are not modelled. */
export const vlapic_inject_msi = stage(
  file,
  'vlapic_inject_msi',
  (cx: HvCx, vm: AcrnVm, address: number, data: number): number => inject_msi_for_non_lapic_pt(cx, vm, address, data),
);

/** Makes what was posted visible at the next VM entry (vlapic.c, vlapic_inject_intr). */
export const vlapic_inject_intr = stage(
  file,
  'vlapic_inject_intr',
  (cx: HvCx, vcpu: Vcpu, guestIrqEnabled: boolean, injected: boolean) => {
    cx.ptr('vlapic->ops->inject_intr', vcpu.vlapic.inject_intr.value)(cx, vcpu, guestIrqEnabled, injected);
  },
);

/** The timer of a virtual local APIC ran out (vlapic.c, vlapic_timer_expired). */
export const vlapic_timer_expired = stage(file, 'vlapic_timer_expired', (cx: HvCx, vcpu: Vcpu) => {
  vlapic_set_intr(cx, vcpu, vcpu.vlapic.lvtTimer.value & 0xff, false);
});

/**
 * Power-on state of a virtual local APIC (vlapic.c, vlapic_reset and vlapic_create), followed at once by what the guest's
 * boot code, which is not modelled, writes: software enable, flat logical id, timer vector.
 */
export function vlapic_reset(_cx: HvCx, vcpu: Vcpu): void {
  const lapic = vcpu.vlapic;
  lapic.accept_intr.value = apicv_advanced_accept_intr;
  lapic.inject_intr.value = apicv_advanced_inject_intr;
  lapic.svr.value = 0xff | APIC_SVR_ENABLE;
  lapic.dfr.value = 0xffff_ffff;
  lapic.ldr.value = ((1 << (lapic.vapic_id & 7)) << 24) >>> 0;
  lapic.lvtTimer.value = LOCAL_TIMER_VECTOR;
  lapic.on.value = 0;
  for (const cell of [...lapic.pir, ...lapic.tmr]) {
    cell.value = 0;
  }
}
