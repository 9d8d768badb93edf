import { acrnFile, stage } from '../../stage.ts';
import { E } from '../acrn_common.ts';
import { copy_from_gpa, get32, get64 } from '../guest_memory.ts';
import { get_vm_gsicount, vioapic_set_irqline_lock } from '../vioapic.ts';
import { vlapic_inject_msi } from '../vlapic.ts';
import { type AcrnVm, is_severity_pass } from '../vm_types.ts';
import { vpic_pincount, vpic_set_irqline } from '../vpic.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/common/hypercall.c, part 2: interrupts into a User VM. */

const file = acrnFile('hypervisor', 'hypervisor/common/hypercall.c');

/** Entries that a monitor's buffer holds at most (MAX_PTDEV_NUM, 24, twice). */
const MONITOR_ENTRIES = 48;

/** Injects the MSI at `param2` (hypercall.c, hcall_inject_msi); -1 where VM, address or memory do not fit. */
export const hcall_inject_msi = stage(
  file,
  'hcall_inject_msi',
  (cx: HvCx, target: AcrnVm, _vmId: number, entry: number): number => {
    if (!is_severity_pass(target) || target.isPoweredOff || !copy_from_gpa(cx, entry, 16)) {
      return -1;
    }
    return vlapic_inject_msi(cx, target, get64(cx, entry), get32(cx, entry + 8));
  },
);

/** Drives an interrupt line: GSI in bits 31:0 of `param2`, operation above (hypercall.c, hcall_set_irqline). */
export const hcall_set_irqline = stage(
  file,
  'hcall_set_irqline',
  (cx: HvCx, target: AcrnVm, _vmId: number, ops: number): number => {
    const gsi = ops % 0x1_0000_0000;
    const operation = Math.floor(ops / 0x1_0000_0000);
    if (!is_severity_pass(target) || target.isPoweredOff || gsi >= get_vm_gsicount(target)) {
      return -1;
    }
    if (gsi < vpic_pincount) {
      vpic_set_irqline(cx, target, gsi === 2 ? 0 : gsi, operation);
    }
    vioapic_set_irqline_lock(cx, target, gsi, operation);
    return 0;
  },
);

const INTR_CMD_GET_DATA = 0;
const INTR_CMD_DELAY_INT = 1;

/** Interrupt statistics of passed-through devices: there are none (hypercall.c, hcall_vm_intr_monitor). */
export const hcall_vm_intr_monitor = stage(
  file,
  'hcall_vm_intr_monitor',
  (cx: HvCx, target: AcrnVm, _vmId: number, header: number): number => {
    if (target.isPoweredOff || !copy_from_gpa(cx, header, 8) || get32(cx, header + 4) > MONITOR_ENTRIES) {
      return -E.EINVAL;
    }
    const command = get32(cx, header);
    return command === INTR_CMD_GET_DATA || command === INTR_CMD_DELAY_INT ? 0 : -E.EINVAL;
  },
);
