/* vpci.c: the guest's way to PCI configuration space: address to port 0xCF8, data at 0xCFC. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <asm/pci_dev.h>
#include <errno.h>
#include <vpci.h>

/* Of a machine that the Service VM has made, acrn-dm has all devices: `false` lets the access go there. */

static bool vpci_pio_cfgaddr_read(struct acrn_vcpu *vcpu, uint16_t addr, size_t bytes)
{
	struct acrn_pio_request *pio = &vcpu->req.reqs.pio_request;
	bool whole = addr == PCI_CONFIG_ADDR && bytes == 4U;

	pio->value = whole ? vcpu->vm->vpci.addr : 0xffffffffU;
	return true;
}

/* Kept for the access to the data that comes next. */
static bool vpci_pio_cfgaddr_write(struct acrn_vcpu *vcpu, uint16_t addr, size_t bytes, uint32_t val)
{
	if (addr == PCI_CONFIG_ADDR && bytes == 4U) {
		vcpu->vm->vpci.addr = val & ~0x7f000003U;
	}
	return !is_postlaunched_vm(vcpu->vm);
}

static bool vpci_pio_cfgdata_read(struct acrn_vcpu *vcpu, uint16_t addr, size_t bytes)
{
	struct acrn_pio_request *pio = &vcpu->req.reqs.pio_request;
	uint32_t where = vcpu->vm->vpci.addr & ~PCI_CFG_ENABLE;
	bool ours = !is_postlaunched_vm(vcpu->vm);

	if (ours)
		pio->value = pci_config_read(where, addr - PCI_CONFIG_DATA, bytes);
	return ours;
}

static bool vpci_pio_cfgdata_write(struct acrn_vcpu *vcpu, uint16_t addr, size_t bytes, uint32_t val)
{
	uint32_t where = vcpu->vm->vpci.addr & ~PCI_CFG_ENABLE;
	bool ours = !is_postlaunched_vm(vcpu->vm);

	if (ours)
		pci_config_write(where, addr - PCI_CONFIG_DATA, bytes, val);
	return ours;
}

/* The same space as memory, for machines that are configured so. */
static int32_t vpci_mmio_cfg_access(struct io_request *io_req, void *private_data)
{
	struct acrn_mmio_request *access = &io_req->reqs.mmio_request;
	const struct acrn_vpci *self = private_data;
	uint32_t where = (uint32_t)(access->address - self->window) >> 12U << 8U;
	uint32_t offset = (uint32_t)access->address & 0xfffU;

	if (access->direction == ACRN_IOREQ_DIR_WRITE)
		pci_config_write(where, offset, access->size, (uint32_t)access->value);
	else
		access->value = pci_config_read(where, offset, access->size);
	return 0;
}

/* From now on these ports are ours. */
int32_t init_vpci(struct acrn_vm *vm)
{
	const struct vm_io_range address = { PCI_CONFIG_ADDR, 1U }, data = { PCI_CONFIG_DATA, 4U };

	vm->vpci.addr = 0U;
	if (!is_postlaunched_vm(vm))
		register_mmio_emulation_handler(vm, vpci_mmio_cfg_access, vm->vpci.window, vm->vpci.window + PCI_WINDOW,
						&vm->vpci);
	register_pio_emulation_handler(vm, PCI_CFGADDR_PIO_IDX, &address, vpci_pio_cfgaddr_read, vpci_pio_cfgaddr_write);
	register_pio_emulation_handler(vm, PCI_CFGDATA_PIO_IDX, &data, vpci_pio_cfgdata_read, vpci_pio_cfgdata_write);
	return 0;
}
