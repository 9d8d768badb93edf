/* vmx.h: VMCS fields and exit reasons, as Intel numbers them. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VMX_H
#define SAMPLE_HV_VMX_H

#include <types.h>

#define VMX_IO_BITMAP_A_FULL		0x00002000U
#define VMX_IO_BITMAP_B_FULL		0x00002002U
#define VMX_GUEST_PHYSICAL_ADDR_FULL	0x00002400U
#define VMX_PROC_VM_EXEC_CONTROLS	0x00004002U
#define VMX_ENTRY_INT_INFO_FIELD	0x00004016U
#define VMX_EXIT_REASON			0x00004402U
#define VMX_EXIT_INT_INFO		0x00004404U
#define VMX_EXIT_INSTR_LEN		0x0000440cU
#define VMX_EXIT_QUALIFICATION		0x00006400U
#define VMX_GUEST_RIP			0x0000681eU
#define VMX_GUEST_RFLAGS		0x00006820U
#define VMX_HOST_RIP			0x00006c16U

#define VMX_EXIT_REASON_EXTERNAL_INTERRUPT	0x00000001U
#define VMX_EXIT_REASON_TRIPLE_FAULT	0x00000002U
#define VMX_EXIT_REASON_HLT		0x0000000CU
#define VMX_EXIT_REASON_VMCALL		0x00000012U
#define VMX_EXIT_REASON_IO_INSTRUCTION	0x0000001EU
#define VMX_EXIT_REASON_PAUSE		0x00000028U
#define VMX_EXIT_REASON_VIRTUALIZED_EOI	0x0000002DU
#define VMX_EXIT_REASON_EPT_VIOLATION	0x00000030U

#define VM_RESUME	0
#define VM_LAUNCH	1

uint64_t exec_vmread(uint32_t field);
uint32_t exec_vmread32(uint32_t field);
uint64_t exec_vmread64(uint32_t field);
void exec_vmwrite(uint32_t field, uint64_t value);
void exec_vmwrite64(uint32_t field, uint64_t value);

#endif
