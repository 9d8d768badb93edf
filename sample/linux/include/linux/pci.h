/* pci.h: a PCI function as a driver sees it. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_PCI_H
#define SAMPLE_PCI_H

#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/module.h>

#define PCI_IRQ_MSIX			(1u << 2)
#define PCI_MSIX_FLAGS			2
#define PCI_MSIX_FLAGS_MASKALL		0x4000
#define PCI_MSIX_FLAGS_ENABLE		0x8000
#define PCI_MSIX_ENTRY_SIZE		16
#define PCI_MSIX_ENTRY_LOWER_ADDR	0x0
#define PCI_MSIX_ENTRY_UPPER_ADDR	0x4
#define PCI_MSIX_ENTRY_DATA		0x8
#define PCI_MSIX_ENTRY_VECTOR_CTRL	0xc
#define PCI_MSIX_ENTRY_CTRL_MASKBIT	0x1

struct irq_affinity;
struct pci_dev;

struct pci_device_id {
	u32 vendor, device;
};

struct pci_dev {
	unsigned short vendor, device;
	unsigned short subsystem_vendor, subsystem_device;
	u8 revision;
	unsigned int bus_number, devfn;
	unsigned int irq;
	u8 msix_cap;
	void *msix_base;
	unsigned int first_irq;
	struct device dev;
};

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;
	int (*probe)(struct pci_dev *dev, const struct pci_device_id *id);
	struct device_driver driver;
};

int pci_enable_device(struct pci_dev *dev);
void pci_set_master(struct pci_dev *dev);
void *pci_iomap(struct pci_dev *dev, int bar, unsigned long maxlen);
int pci_register_driver(struct pci_driver *drv);

/* Registers the driver when it is loaded. */
#define module_pci_driver(driver) \
	static int driver##_init(void) { return pci_register_driver(&(driver)); } \
	module_init(driver##_init)

int pci_alloc_irq_vectors_affinity(struct pci_dev *dev, unsigned int min_vecs, unsigned int max_vecs,
				   unsigned int flags, struct irq_affinity *affd);
void pci_free_irq_vectors(struct pci_dev *dev);
int pci_irq_vector(struct pci_dev *dev, unsigned int nr);
int pci_conf1_read(unsigned int seg, unsigned int bus, unsigned int devfn, int reg, int len, u32 *value);
int pci_conf1_write(unsigned int seg, unsigned int bus, unsigned int devfn, int reg, int len, u32 value);

#endif
