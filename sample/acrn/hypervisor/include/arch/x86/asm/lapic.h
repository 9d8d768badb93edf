/* lapic.h: interrupts from one physical CPU to another. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_LAPIC_H
#define SAMPLE_HV_LAPIC_H

#include <types.h>

#define MSR_IA32_EXT_APIC_ICR	0x830U

void send_single_ipi(uint16_t pcpu_id, uint32_t vector);
void kick_pcpu(uint16_t pcpu_id);

#endif
