/* instr_emul.c: plain moves between a register and emulated memory. SPDX-License-Identifier: MIT */
#include <asm/guest/guest_memory.h>
#include <asm/vmx.h>
#include <errno.h>
#include <rtl.h>

#define MOV_BYTE_TO_MEMORY	0x88U
#define MOV_TO_MEMORY		0x89U
#define MOV_BYTE_TO_REGISTER	0x8AU
#define MOV_TO_REGISTER		0x8BU

static inline void vie_mmio_write(struct acrn_vcpu *vcpu, uint64_t wval)
{
	vcpu->req.reqs.mmio_request.value = wval;
}

/* To memory: note the value for the request. From memory: the answer goes into the register. */
static int32_t emulate_mov(struct acrn_vcpu *vcpu, const struct instr_emul_vie *vie)
{
	if (vie->opcode == MOV_TO_MEMORY || vie->opcode == MOV_BYTE_TO_MEMORY) {
		vie_mmio_write(vcpu, vcpu_get_gpreg(vcpu, vie->reg));
	} else {
		vcpu_set_gpreg(vcpu, vie->reg, vcpu->req.reqs.mmio_request.value);
	}
	return 0;
}

/* Copies the instruction out of the guest; step over the prefixes, then opcode and operands. */
static int32_t vie_init(struct instr_emul_vie *vie, struct acrn_vcpu *vcpu)
{
	(void)memset(vie, 0U, sizeof(*vie));
	return copy_from_gva(vcpu, vie->bytes, exec_vmread(VMX_GUEST_RIP), sizeof(vie->bytes));
}

/* The answer is the size of the access in bytes. */
int32_t decode_instruction(struct acrn_vcpu *vcpu, bool full_decode)
{
	struct instr_emul_ctxt *found = &vcpu->inst_ctxt;
	struct instr_emul_vie *vie = &found->vie;
	const uint8_t *at = vie->bytes;
	uint8_t rex;

	if (vie_init(vie, vcpu) < 0 || !full_decode) {
		return -EFAULT;
	}
	vie->opsize = *at == 0x66U ? 2U : 4U;
	at += *at == 0x66U ? 1 : 0;
	rex = (*at & 0xF0U) == 0x40U ? *at++ : 0U;
	vie->opcode = *at;
	vie->reg = (uint8_t)(((at[1] >> 3U) & 7U) | ((rex & 4U) << 1U));
	if ((rex & 8U) != 0U) {
		vie->opsize = 8U;
	} else if (vie->opcode == MOV_BYTE_TO_MEMORY || vie->opcode == MOV_BYTE_TO_REGISTER) {
		vie->opsize = 1U;
	}
	vie->decoded = vie->opcode >= MOV_BYTE_TO_MEMORY && vie->opcode <= MOV_TO_REGISTER;
	return vie->decoded != 0U ? (int32_t)vie->opsize : -EFAULT;
}

int32_t emulate_instruction(struct acrn_vcpu *vcpu)
{
	const struct instr_emul_vie *vie = &vcpu->inst_ctxt.vie;

	return vie->decoded != 0U ? emulate_mov(vcpu, vie) : -EINVAL;
}
