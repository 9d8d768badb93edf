/* lapic.c: interrupts to other physical CPUs. SPDX-License-Identifier: MIT */
#include <asm/irq.h>
#include <asm/lapic.h>
#include <asm/per_cpu.h>

/* One write to the interrupt command register: target above, vector below. */
void send_single_ipi(uint16_t pcpu_id, uint32_t vector)
{
	msr_write(MSR_IA32_EXT_APIC_ICR, ((uint64_t)per_cpu(lapic_id, pcpu_id) << 32U) | vector);
}

/* Takes the CPU out of its guest, or out of its sleep. */
void kick_pcpu(uint16_t pcpu_id)
{
	send_single_ipi(pcpu_id, NOTIFY_VCPU_VECTOR);
}
