import type { Gpa } from '../../base/brand.ts';
import { ERRNO } from '../boundaries.ts';
import { linuxFile, stage } from '../stage.ts';
import type { HsmVm } from './hsm_vm.ts';
import { hcall_set_memory_regions } from './hypercall.ts';
import { MEMMAP } from './uapi_acrn.ts';
import type { SvCx } from './world.ts';

/* Twin of drivers/virt/acrn/mm.c: memory of the Service VM becomes memory of a User VM. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/mm.c');

const PAGE = 4096;
const MAPPING_MAX = 256;
const REGION = { ADD: 0, DEL: 2 } as const;
const ATTR = { UC: 0x100, WB: 0x40, typeMask: 0x7c0, accessMask: 7 } as const;

/** `struct acrn_vm_memmap`. */
export interface Memmap {
  readonly type: number;
  readonly attr: number;
  readonly userVmPa: number;
  /** `service_vm_pa` or `vma_base`, by type. */
  readonly source: number;
  readonly len: number;
}

function put64(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value % 0x1_0000_0000, true);
  view.setUint32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
}

/** Asks the hypervisor for one region (mm.c, modify_region): a batch of one, behind it the region itself. */
const modify_region = stage(
  file,
  'modify_region',
  (cx: SvCx, vm: HsmVm, type: number, attr: number, memmap: Memmap): number => {
    const { heap, ram } = cx.world;
    const bytes = new Uint8Array(56);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, vm.vmid.value, true);
    view.setUint32(8, 1, true);
    view.setUint32(24, type, true);
    view.setUint32(28, attr, true);
    put64(view, 32, memmap.userVmPa);
    put64(view, 40, memmap.source);
    put64(view, 48, memmap.len);
    const batch = heap.duplicate(bytes);
    ram.write64((batch + 16) as Gpa, batch + 24);
    const ret = hcall_set_memory_regions(cx, batch);
    heap.release(batch, bytes.length);
    if (ret < 0) {
      cx.log('debug', 'sv-memory-region-failed', { ret });
    }
    return ret;
  },
);

/** Maps memory of the process into the VM (mm.c, acrn_vm_ram_map), as one region: it is taken to be contiguous. */
const acrn_vm_ram_map = stage(file, 'acrn_vm_ram_map', (cx: SvCx, vm: HsmVm, memmap: Memmap): number => {
  if (Math.floor(memmap.len / PAGE) === 0) {
    return -ERRNO.EINVAL;
  }
  if (vm.regions_mapping_count.value >= MAPPING_MAX) {
    return -ERRNO.ENOMEM;
  }
  vm.regions_mapping_count.value++;
  const ret = modify_region(cx, vm, REGION.ADD, ATTR.WB | (memmap.attr & ATTR.accessMask), memmap);
  if (ret < 0) {
    vm.regions_mapping_count.value--;
  }
  return ret;
});

/** ACRN_IOCTL_SET_MEMSEG (mm.c, acrn_vm_memseg_map); -EINVAL for an unknown type. */
export const acrn_vm_memseg_map = stage(file, 'acrn_vm_memseg_map', (cx: SvCx, vm: HsmVm, memmap: Memmap): number => {
  if (memmap.type === MEMMAP.RAM) {
    return acrn_vm_ram_map(cx, vm, memmap);
  }
  if (memmap.type !== MEMMAP.MMIO) {
    cx.log('debug', 'sv-memmap-type-invalid', { type: memmap.type });
    return -ERRNO.EINVAL;
  }
  return modify_region(cx, vm, REGION.ADD, ATTR.UC | (memmap.attr & ATTR.accessMask), memmap);
});

/** ACRN_IOCTL_UNSET_MEMSEG (mm.c, acrn_vm_memseg_unmap): MMIO only, -EINVAL for the rest. */
export const acrn_vm_memseg_unmap = stage(
  file,
  'acrn_vm_memseg_unmap',
  (cx: SvCx, vm: HsmVm, memmap: Memmap): number => {
    if (memmap.type !== MEMMAP.MMIO) {
      cx.log('debug', 'sv-memmap-type-invalid', { type: memmap.type });
      return -ERRNO.EINVAL;
    }
    return modify_region(cx, vm, REGION.DEL, 0, { ...memmap, source: 0 });
  },
);

/** Forgets all mappings of a VM (mm.c, acrn_vm_all_ram_unmap). */
export const acrn_vm_all_ram_unmap = stage(file, 'acrn_vm_all_ram_unmap', (_cx: SvCx, vm: HsmVm) => {
  vm.regions_mapping_count.value = 0;
});
