/* io.h: accessors for registers that may be ports or memory. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_IO_H
#define SAMPLE_IO_H

#include <asm/io.h>

unsigned int ioread8(const void *addr);
unsigned int ioread16(const void *addr);
unsigned int ioread32(const void *addr);
void iowrite8(u8 val, void *addr);
void iowrite16(u16 val, void *addr);
void iowrite32(u32 val, void *addr);

#endif
