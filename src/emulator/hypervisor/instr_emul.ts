import { acrnFile, stage } from '../stage.ts';
import { E, IOREQ_DIR } from './acrn_common.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/instr_emul.c: the guest's processor shows the decoded access, so decoding is a look. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/instr_emul.c');

/** Bytes that the instruction accesses, found by decoding it (instr_emul.c, decode_instruction). */
export const decode_instruction = stage(file, 'decode_instruction', (_cx: HvCx, vcpu: Vcpu): number => {
  return vcpu.cpu?.vmcs.access.size ?? 0;
});

/** Moves data between the request and the instruction's register (instr_emul.c, emulate_instruction). */
export const emulate_instruction = stage(file, 'emulate_instruction', (_cx: HvCx, vcpu: Vcpu): number => {
  const access = vcpu.cpu?.vmcs.access;
  if (access === undefined) {
    return -E.EINVAL;
  }
  if (vcpu.req.direction.value === IOREQ_DIR.WRITE) {
    vcpu.req.value.value = access.value;
  } else {
    access.value = vcpu.req.value.value % 2 ** (8 * access.size);
  }
  return 0;
});
