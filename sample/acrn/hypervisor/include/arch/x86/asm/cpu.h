/* cpu.h: physical CPUs and the registers of virtual ones. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_CPU_H
#define SAMPLE_HV_CPU_H

#include <types.h>

#define BSP_CPU_ID	0U
#define MAX_PCPU_NUM	16U

/* The order is that of the register numbers in x86 instructions. */
enum cpu_reg_name {
	CPU_REG_RAX,
	CPU_REG_RCX,
	CPU_REG_RDX,
	CPU_REG_RBX,
	CPU_REG_RSP,
	CPU_REG_RBP,
	CPU_REG_RSI,
	CPU_REG_RDI,
	CPU_REG_R8,
	CPU_REG_COUNT = 16
};

uint16_t get_pcpu_id(void);
uint64_t cpu_ticks(void);
void cpu_do_idle(void);
uint64_t msr_read(uint32_t msr);
void msr_write(uint32_t msr, uint64_t value);
void cpu_write_memory_barrier(void);
void asm_pause(void);
void cpu_irq_disable(void);
void cpu_irq_enable(void);
void stac(void);	/* the hypervisor may touch the Service VM's pages */
void clac(void);	/* and no longer */

#endif
