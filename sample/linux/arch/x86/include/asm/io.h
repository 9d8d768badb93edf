/* io.h: loads and stores to device memory. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_IO_H
#define SAMPLE_ASM_IO_H

#include <asm/shared/io.h>

#define build_mmio_read(name, size, type) \
static inline type name(const volatile void *addr) \
{ type ret; asm volatile("mov" size " %1,%0" : "=r"(ret) : "m"(*(const volatile type *)addr) : "memory"); return ret; }

#define build_mmio_write(name, size, type) \
static inline void name(type val, volatile void *addr) \
{ asm volatile("mov" size " %0,%1" : : "r"(val), "m"(*(volatile type *)addr) : "memory"); }

build_mmio_read(readb, "b", u8);
build_mmio_read(readw, "w", u16);
build_mmio_read(readl, "l", u32);

/* In a guest a store into a device's BAR has no page behind it: an EPT violation takes it to the hypervisor. */
build_mmio_write(writeb, "b", u8);
build_mmio_write(writew, "w", u16);
build_mmio_write(writel, "l", u32);

#endif
