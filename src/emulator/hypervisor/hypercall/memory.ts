import { acrnFile, stage } from '../../stage.ts';
import { E } from '../acrn_common.ts';
import { copy_from_gpa, get32, get64 } from '../guest_memory.ts';
import { type AcrnVm, is_severity_pass, VM_STATE } from '../vm_types.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/common/hypercall.c, part 4: a User VM's memory. */

const file = acrnFile('hypervisor', 'hypervisor/common/hypercall.c');

const PAGE = 4096;
const MR_ADD = 0;

/** Offsets in `struct set_regions` and `struct vm_memory_region` (acrn_hv_defs.h). */
const REGIONS = { mrNum: 8, regionsGpa: 16, length: 24 } as const;
const REGION = { type: 0, prot: 4, gpa: 8, servicePa: 16, size: 24, length: 32 } as const;

/**
 * Maps or unmaps one region (hypercall.c, set_vm_memory_region); -EINVAL unless its size is whole pages. The Service VM
 * owns all memory that a region may name, so the check of its address always holds.
 */
const set_vm_memory_region = stage(file, 'set_vm_memory_region', (cx: HvCx, target: AcrnVm, region: number): number => {
  const size = get64(cx, region + REGION.size);
  if (size % PAGE !== 0) {
    return -E.EINVAL;
  }
  const adds = get32(cx, region + REGION.type) === MR_ADD;
  target.eptRegions.value += adds ? 1 : -1;
  target.eptBytes.value += adds ? size : -size;
  return 0;
});

/** Maps the regions of the list at `param1` (hypercall.c, hcall_set_vm_memory_regions). */
export const hcall_set_vm_memory_regions = stage(
  file,
  'hcall_set_vm_memory_regions',
  (cx: HvCx, target: AcrnVm, regions: number): number => {
    if (!copy_from_gpa(cx, regions, REGIONS.length)) {
      return -1;
    }
    if (target.isPoweredOff || (!is_severity_pass(target) && target.state.value === VM_STATE.RUNNING)) {
      cx.log('error', 'hv-memory-region-target-invalid', { vm: target.vm_id });
      return -1;
    }
    const count = get32(cx, regions + REGIONS.mrNum);
    const first = get64(cx, regions + REGIONS.regionsGpa);
    let ret = -1;
    for (let index = 0; index < count; index++) {
      if (!copy_from_gpa(cx, first + index * REGION.length, REGION.length)) {
        cx.log('error', 'hv-memory-region-copy-failed', { index });
        break;
      }
      ret = set_vm_memory_region(cx, target, first + index * REGION.length);
      if (ret < 0) {
        break;
      }
    }
    return ret;
  },
);
