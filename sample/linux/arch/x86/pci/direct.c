/* direct.c: PCI configuration by the ports 0xCF8 and 0xCFC. SPDX-License-Identifier: MIT */
#include <linux/io.h>
#include <linux/pci.h>

#define CONFIG_ADDRESS(bus, devfn, reg)	(0x80000000u | ((bus) << 16) | ((devfn) << 8) | ((u32)(reg) & 0xfc))

int pci_conf1_read(unsigned int seg, unsigned int bus, unsigned int devfn, int reg, int len, u32 *value)
{
	u16 port = (u16)(0xcfc + (reg & 3));

	outl(CONFIG_ADDRESS(bus, devfn, reg), 0xcf8);
	*value = len == 1 ? inb(port) : len == 2 ? inw(port) : inl(port);
	return seg == 0 ? 0 : -EINVAL;
}

/* First which register, then the value: the HSM driver makes one request of the two. */
int pci_conf1_write(unsigned int seg, unsigned int bus, unsigned int devfn, int reg, int len, u32 value)
{
	u16 port = (u16)(0xcfc + (reg & 3));

	outl(CONFIG_ADDRESS(bus, devfn, reg), 0xcf8);
	if (len == 1)
		outb((u8)value, port);
	else if (len == 2)
		outw((u16)value, port);
	else
		outl(value, port);
	return seg == 0 ? 0 : -EINVAL;
}
