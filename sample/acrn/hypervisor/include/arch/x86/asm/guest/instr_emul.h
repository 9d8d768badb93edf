/* instr_emul.h: the instruction that touched emulated memory. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_INSTR_EMUL_H
#define SAMPLE_HV_INSTR_EMUL_H

#include <types.h>

struct acrn_vcpu;

struct instr_emul_vie {
	uint8_t bytes[15];
	uint8_t opcode;
	uint8_t reg;		/* the register operand */
	uint8_t opsize;
	uint8_t decoded;
};

struct instr_emul_ctxt {
	struct instr_emul_vie vie;
};

int32_t decode_instruction(struct acrn_vcpu *vcpu, bool full_decode);
int32_t emulate_instruction(struct acrn_vcpu *vcpu);

#endif
