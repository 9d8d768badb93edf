/* idt.c: which code runs for which vector. SPDX-License-Identifier: MIT */
#include <asm/idtentry.h>

static const void *idt_table[NR_VECTORS];

void idt_install_sysvec(unsigned int n, const void *function)
{
	if (n < NR_VECTORS)
		idt_table[n] = function;
}
