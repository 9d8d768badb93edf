/* pci_core.h: emulated PCI devices. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_PCI_CORE_H
#define SAMPLE_DM_PCI_CORE_H

#include <pthread.h>

#include "log.h"
#include "pcireg.h"
#include "types.h"

#define PCI_BARMAX		PCIR_MAX_BAR_0
#define PCI_EMUL_IOBASE		0x2000
#define PCI_EMUL_IOLIMIT	0x10000
#define PCI_EMUL_MEMBASE32	0x80000000UL
#define PCI_EMUL_MEMLIMIT32	0xE0000000UL
#define PCI_EMUL_ECFG_BASE	0xE0000000UL
#define PCI_EMUL_ECFG_SIZE	0x10000000UL
#define PCI_EMUL_MEMBASE64	0x100000000UL
#define PCI_EMUL_MEMLIMIT64	0x140000000UL
#define PI_NAMESZ		40
#define MSIX_TABLE_ENTRY_SIZE	16

struct vmctx;
struct pci_vdev;

/* What a kind of device does. */
struct pci_vdev_ops {
	const char *class_name;
	int (*vdev_init)(struct vmctx *ctx, struct pci_vdev *dev, char *opts);
	void (*vdev_deinit)(struct vmctx *ctx, struct pci_vdev *dev, char *opts);
	void (*vdev_barwrite)(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
			      uint64_t offset, int size, uint64_t value);
	uint64_t (*vdev_barread)(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
				 uint64_t offset, int size);
};

/* Makes the device known to init_pci. */
#define DEFINE_PCI_DEVTYPE(ops)	DATA_SET(pci_vdev_ops_set, ops)

enum pcibar_type {
	PCIBAR_NONE,
	PCIBAR_IO,
	PCIBAR_MEM32
};

struct pcibar {
	enum pcibar_type type;
	uint64_t size;
	uint64_t addr;
};

/* One vector: where to write, what to write, and whether to keep quiet. */
struct msix_table_entry {
	uint64_t addr;
	uint32_t msg_data;
	uint32_t vector_control;
} __attribute__((packed));

struct msicap {
	uint8_t capid;
	uint8_t nextptr;
	uint16_t msgctrl;
	uint32_t addrlo;
	uint32_t addrhi;
	uint16_t msgdata;
	uint16_t reserved;
	uint32_t mask;
	uint32_t pending;
} __attribute__((packed));

struct msixcap {
	uint8_t capid;
	uint8_t nextptr;
	uint16_t msgctrl;
	uint32_t table_info;
	uint32_t pba_info;
} __attribute__((packed));

enum lintr_stat {
	IDLE,
	ASSERTED,
	PENDING
};

struct pci_vdev {
	struct pci_vdev_ops *dev_ops;
	struct vmctx *vmctx;
	uint8_t bus, slot, func;
	char name[PI_NAMESZ];
	int prevcap;
	int capend;
	struct {
		int8_t pin;
		enum lintr_stat state;
		int pirq_pin;
		int ioapic_irq;
		pthread_mutex_t lock;
	} lintr;
	struct {
		int enabled;
		uint64_t addr;
		uint64_t msg_data;
		int capoff;
	} msi;
	struct {
		int enabled;
		int table_bar;
		int pba_bar;
		int table_count;
		uint32_t pba_offset;
		int pba_size;
		int function_mask;
		struct msix_table_entry *table;
	} msix;
	void *arg;		/* the device's own */
	uint8_t cfgdata[PCI_REGMAX + 1];
	struct pcibar bar[PCI_BARMAX + 1];
};

int init_pci(struct vmctx *ctx);
void deinit_pci(struct vmctx *ctx);
int pci_parse_slot(char *opt);
int pci_emul_alloc_bar(struct pci_vdev *pdi, int idx, enum pcibar_type type, uint64_t size);
int pci_emul_alloc_pbar(struct pci_vdev *pdi, int idx, uint64_t hostbase, enum pcibar_type type, uint64_t size);
int pci_emul_add_capability(struct pci_vdev *dev, uint8_t *capdata, int caplen);
int pci_emul_add_msicap(struct pci_vdev *dev, int msgnum);
int pci_emul_add_msixcap(struct pci_vdev *dev, int msgnum, int barnum);
int pci_emul_msix_twrite(struct pci_vdev *dev, uint64_t offset, int size, uint64_t value);
uint64_t pci_emul_msix_tread(struct pci_vdev *dev, uint64_t offset, int size);
int pci_msix_table_bar(struct pci_vdev *dev);
int pci_msix_enabled(struct pci_vdev *dev);
void pci_generate_msix(struct pci_vdev *dev, int index);
void pci_generate_msi(struct pci_vdev *dev, int index);
void pci_lintr_release(struct pci_vdev *dev);
void pci_lintr_request(struct pci_vdev *dev);
void pci_lintr_assert(struct pci_vdev *dev);
void pci_lintr_deassert(struct pci_vdev *dev);
int emulate_pci_cfgrw(struct vmctx *ctx, int vcpu, int in, int bus, int slot, int func,
		      int reg, int bytes, int *value);

static inline void pci_set_cfgdata8(struct pci_vdev *dev, int offset, uint8_t val)
{
	dev->cfgdata[offset] = val;
}

static inline void pci_set_cfgdata16(struct pci_vdev *dev, int offset, uint16_t val)
{
	dev->cfgdata[offset] = (uint8_t)val;
	dev->cfgdata[offset + 1] = (uint8_t)(val >> 8);
}

static inline void pci_set_cfgdata32(struct pci_vdev *dev, int offset, uint32_t val)
{
	pci_set_cfgdata16(dev, offset, (uint16_t)val);
	pci_set_cfgdata16(dev, offset + 2, (uint16_t)(val >> 16));
}

static inline uint16_t pci_get_cfgdata16(struct pci_vdev *dev, int offset)
{
	return (uint16_t)(dev->cfgdata[offset] | dev->cfgdata[offset + 1] << 8);
}

static inline uint32_t pci_get_cfgdata32(struct pci_vdev *dev, int offset)
{
	const uint8_t *at = dev->cfgdata + offset;

	return (uint32_t)(at[0] | at[1] << 8 | at[2] << 16) | (uint32_t)at[3] << 24;
}

#endif
