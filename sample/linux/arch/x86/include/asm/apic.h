/* apic.h: telling the interrupt controller that we are done. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_APIC_H
#define SAMPLE_ASM_APIC_H

void apic_eoi(void);

#endif
