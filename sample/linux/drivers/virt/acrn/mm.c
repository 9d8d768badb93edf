/* mm.c: gives pages of acrn-dm to the guest as its RAM. SPDX-License-Identifier: MIT */
#include <linux/mm.h>

#include "acrn_drv.h"

#define REGION_DEL	2

struct vm_memory_region_op {
	u32 type;
	u32 attr;
	u64 user_vm_pa;
	u64 service_vm_pa;
	u64 size;
};

struct vm_memory_region_batch {
	u16 vmid;
	u16 reserved[3];
	u32 regions_num;
	u64 regions_gpa;
};

/* Have the hypervisor enter the pages into the guest's EPT. */
static int modify_region(struct acrn_vm *vm, struct vm_memory_region_op *region)
{
	struct vm_memory_region_batch batch = { .vmid = vm->vmid, .regions_num = 1 };

	batch.regions_gpa = virt_to_phys(region);
	return (int)hcall_set_memory_regions(virt_to_phys(&batch));
}

int acrn_vm_memseg_map(struct acrn_vm *vm, struct acrn_vm_memmap *memmap)
{
	return memmap->type == ACRN_MEMMAP_RAM ? acrn_vm_ram_map(vm, memmap) : -EINVAL;
}

/* RAM stays as long as the machine; only a passed-through device's memory can be taken away again. */
int acrn_vm_memseg_unmap(struct acrn_vm *vm, struct acrn_vm_memmap *memmap)
{
	struct vm_memory_region_op region = { .type = REGION_DEL, .user_vm_pa = memmap->user_vm_pa };

	region.size = memmap->len;
	return memmap->type == ACRN_MEMMAP_MMIO ? modify_region(vm, &region) : -EINVAL;
}

/* The pages must not move while the guest uses them. */
int acrn_vm_ram_map(struct acrn_vm *vm, struct acrn_vm_memmap *memmap)
{
	struct vm_memory_region_op region = { .attr = memmap->attr, .user_vm_pa = memmap->user_vm_pa };
	struct page *first;

	if (pin_user_pages_fast(memmap->vma_base, 1, FOLL_WRITE | FOLL_LONGTERM, &first) != 1)
		return -ENOMEM;
	if (vm->ram_count == ACRN_MEM_MAPPING_MAX)
		return -ENOMEM;
	vm->ram[vm->ram_count++] = first;
	region.service_vm_pa = page_to_phys(first);
	region.size = memmap->len;
	return modify_region(vm, &region);
}

void acrn_vm_all_ram_unmap(struct acrn_vm *vm)
{
	for (; vm->ram_count > 0; vm->ram_count--)
		unpin_user_page(vm->ram[vm->ram_count - 1]);
}
