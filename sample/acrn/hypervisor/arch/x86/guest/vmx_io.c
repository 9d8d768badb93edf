/* vmx_io.c: port and memory accesses of a guest become I/O requests. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <asm/guest/vmexit.h>
#include <asm/vmx.h>
#include <errno.h>

#define LOW_BYTES(size)	((1UL << (8U * (size))) - 1UL)

/* The upcall: an interrupt for the Service VM's first virtual CPU. */
void arch_fire_hsm_interrupt(void)
{
	struct acrn_vcpu *target = vcpu_from_vid(get_service_vm(), BSP_CPU_ID);

	vlapic_set_intr(target, get_hsm_notification_vector(), LAPIC_TRIG_EDGE);
}

/* A read puts its answer into RAX; a write, such as the kick, needs nothing more. */
void emulate_pio_complete(struct acrn_vcpu *vcpu, const struct io_request *io_req)
{
	const struct acrn_pio_request *pio = &io_req->reqs.pio_request;
	uint64_t mask = LOW_BYTES(pio->size), old = vcpu_get_gpreg(vcpu, CPU_REG_RAX);

	if (pio->direction == ACRN_IOREQ_DIR_READ) {
		vcpu_set_gpreg(vcpu, CPU_REG_RAX, (old & ~mask) | (pio->value & mask));
	}
}

/* OUT or IN: port, size and direction are in the exit qualification, the value is in RAX. */
int32_t pio_instr_vmexit_handler(struct acrn_vcpu *vcpu)
{
	uint64_t why = vcpu->arch.exit_qualification;
	bool in = vm_exit_io_instruction_access_direction(why) != 0UL;
	struct acrn_pio_request *pio = &vcpu->req.reqs.pio_request;

	vcpu->req.io_type = ACRN_IOREQ_TYPE_PORTIO;
	pio->direction = in ? ACRN_IOREQ_DIR_READ : ACRN_IOREQ_DIR_WRITE;
	pio->address = vm_exit_io_instruction_port_number(why);
	pio->size = vm_exit_io_instruction_size(why) + 1UL;
	if (!in)
		pio->value = (uint32_t)(vcpu_get_gpreg(vcpu, CPU_REG_RAX) & LOW_BYTES(pio->size));
	return emulate_io(vcpu, &vcpu->req);
}

/* No page behind the address: the MSI-X table, for one. The instruction itself must be decoded to know size and value. */
int32_t ept_violation_vmexit_handler(struct acrn_vcpu *vcpu)
{
	struct acrn_mmio_request *mmio = &vcpu->req.reqs.mmio_request;
	bool write = (vcpu->arch.exit_qualification & 0x2UL) != 0UL;
	int32_t size;

	vcpu->req.io_type = ACRN_IOREQ_TYPE_MMIO;
	mmio->address = exec_vmread64(VMX_GUEST_PHYSICAL_ADDR_FULL);
	mmio->direction = write ? ACRN_IOREQ_DIR_WRITE : ACRN_IOREQ_DIR_READ;
	size = decode_instruction(vcpu, true);
	if (size <= 0) {
		return size;
	}
	mmio->size = (uint64_t)size;
	if (write && emulate_instruction(vcpu) != 0) {
		return -EFAULT;
	}
	return emulate_io(vcpu, &vcpu->req);
}
