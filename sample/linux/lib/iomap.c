/* iomap.c: one accessor for both kinds of register, ports and memory. SPDX-License-Identifier: MIT */
#include <linux/io.h>
#include <linux/kernel.h>

/* pci_iomap returns port numbers moved up by 64 KiB: no memory address is that low. */
#define FIRST_PORT_COOKIE	0x10000ul
#define FIRST_MEMORY_COOKIE	0x40000ul

/* `port` is there for the statement in is_pio to use. */
#define IO_COND(cookie, is_pio, is_mmio) \
	do { \
		unsigned long port = (unsigned long)(cookie); \
		if (port >= FIRST_MEMORY_COOKIE) { \
			is_mmio; \
		} else if (port >= FIRST_PORT_COOKIE) { \
			port -= FIRST_PORT_COOKIE; \
			is_pio; \
		} \
	} while (0)

unsigned int ioread8(const void *addr)
{
	unsigned int value = 0xff;

	IO_COND(addr, value = inb((u16)port), value = readb(addr));
	return value;
}

unsigned int ioread16(const void *addr)
{
	unsigned int value = 0xffff;

	IO_COND(addr, value = inw((u16)port), value = readw(addr));
	return value;
}

unsigned int ioread32(const void *addr)
{
	unsigned int value = 0xffffffff;

	IO_COND(addr, value = inl((u16)port), value = readl(addr));
	return value;
}

void iowrite8(u8 val, void *addr)
{
	IO_COND(addr, outb(val, (u16)port), writeb(val, addr));
}

/* The kick: the console's notify register is a port, so this becomes OUT, which leaves the guest. */
void iowrite16(u16 val, void *addr)
{
	IO_COND(addr, outw(val, (u16)port), writew(val, addr));
}

void iowrite32(u32 val, void *addr)
{
	IO_COND(addr, outl(val, (u16)port), writel(val, addr));
}
