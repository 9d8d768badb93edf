/* io.h: port input and output, one instruction each. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_SHARED_IO_H
#define SAMPLE_ASM_SHARED_IO_H

#include <linux/types.h>

/* In a guest of ACRN every OUT and IN exits to the hypervisor: all bits of the I/O bitmap are set. */
#define BUILDIO(bwl, bw, type) \
static inline void __out##bwl(type value, u16 port) \
{ asm volatile("out" #bwl " %" #bw "0, %w1" : : "a"(value), "Nd"(port)); } \
static inline type __in##bwl(u16 port) \
{ type value; asm volatile("in" #bwl " %w1, %" #bw "0" : "=a"(value) : "Nd"(port)); return value; }

BUILDIO(b, b, u8);
BUILDIO(w, w, u16);
BUILDIO(l, k, u32);
#undef BUILDIO

#define inb	__inb
#define inw	__inw
#define inl	__inl
#define outb	__outb
#define outw	__outw
#define outl	__outl

#endif
