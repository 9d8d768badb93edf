import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../stage.ts';
import { E, IOREQ_DIR, IOREQ_TYPE } from './acrn_common.ts';
import { decode_instruction, emulate_instruction } from './instr_emul.ts';
import { emulate_io } from './io_req/emulate.ts';
import type { Vcpu } from './vcpu_types.ts';
import { vlapic_set_intr } from './vlapic.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/vmx_io.c: from an I/O exit to a request, and back to the register. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vmx_io.c');

/** Interrupts the Service VM's vCPU 0 with the upcall vector (vmx_io.c, arch_fire_hsm_interrupt). */
export const arch_fire_hsm_interrupt = stage(file, 'arch_fire_hsm_interrupt', (cx: HvCx) => {
  const hv = cx.world.hv;
  const bsp = hv.vms[0]?.vcpus[0];
  if (bsp !== undefined) {
    vlapic_set_intr(cx, bsp, hv.acrn_hsm_notification_vector.value, false);
  }
});

/** Gives the result of a read to the guest's register (vmx_io.c, emulate_pio_complete). */
export const emulate_pio_complete = stage(file, 'emulate_pio_complete', (_cx: HvCx, vcpu: Vcpu) => {
  if (vcpu.req.direction.value === IOREQ_DIR.READ) {
    const unit = 2 ** (8 * vcpu.req.size.value);
    const value = vcpu.req.pioValue % unit;
    vcpu.rax.value = vcpu.rax.value - (vcpu.rax.value % unit) + value;
    if (vcpu.cpu !== undefined) {
      vcpu.cpu.vmcs.access.value = value;
    }
  }
});

/** Exit on IN and OUT (vmx_io.c, pio_instr_vmexit_handler). Bits for REP and string instructions are not decoded. */
export const pio_instr_vmexit_handler = blockingStage(
  file,
  'pio_instr_vmexit_handler',
  function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
    const qualification = vcpu.exit_qualification.value;
    const req = vcpu.req;
    req.io_type.value = IOREQ_TYPE.PORTIO;
    req.size.value = (qualification & 7) + 1;
    req.address.value = (qualification >>> 16) & 0xffff;
    if ((qualification & 8) === 0) {
      req.direction.value = IOREQ_DIR.WRITE;
      req.setPioValue(vcpu.rax.value % 2 ** (8 * req.size.value));
    } else {
      req.direction.value = IOREQ_DIR.READ;
    }
    return yield* emulate_io(cx, vcpu);
  },
);

const EPT_READ_WRITE_MASK = 0x38;
const EPT_READ_EXECUTE = 0x28;

/** Exit on an access to memory that is not mapped (vmx_io.c, ept_violation_vmexit_handler). */
export const ept_violation_vmexit_handler = blockingStage(
  file,
  'ept_violation_vmexit_handler',
  function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
    const qualification = vcpu.exit_qualification.value;
    const req = vcpu.req;
    if ((qualification & 4) !== 0) {
      vcpu.inst_len.value = 0;
      return 0;
    }
    req.io_type.value = IOREQ_TYPE.MMIO;
    if ((qualification & 2) !== 0) {
      req.direction.value = IOREQ_DIR.WRITE;
      req.value.value = 0;
      if ((qualification & EPT_READ_WRITE_MASK) === EPT_READ_EXECUTE) {
        req.io_type.value = IOREQ_TYPE.WP;
      }
    } else {
      req.direction.value = IOREQ_DIR.READ;
    }
    req.address.value = vcpu.cpu?.vmcs.guestPhysicalAddress ?? 0;
    const size = decode_instruction(cx, vcpu);
    if (size <= 0) {
      return -E.EINVAL;
    }
    req.size.value = size;
    if (req.direction.value === IOREQ_DIR.WRITE) {
      emulate_instruction(cx, vcpu);
    }
    return yield* emulate_io(cx, vcpu);
  },
);
