/* core.c: the PCI bus: devices, their BARs, their configuration, their interrupts. SPDX-License-Identifier: MIT */
#include "pci_core.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acrn_common.h"
#include "inout.h"
#include "ioapic.h"
#include "irq.h"
#include "mem.h"
#include "vmmapi.h"

#define MAXSLOTS		32
#define CAP_START_OFFSET	0x40
#define SMALLEST_BAR		4096
#define MSI_MASK		16	/* in the capability */
#define MSI_PENDING		20
#define PENDING_BYTES(messages)	(((messages) + 63) / 64 * 8)	/* one bit each, in words of 64 */
#define READ_ONLY_COMMAND	0xfffff880u	/* of command and status, 32 bits together */

struct funcinfo {
	char *fi_name;
	char *fi_param;
	char *fi_copy;		/* of fi_param: a device takes its options to pieces */
	struct pci_vdev *fi_devi;
};

static void pci_lintr_route(struct pci_vdev *dev);
static void pci_lintr_update(struct pci_vdev *dev);
static void pci_cfgrw(int in, int slot, int coff, int bytes, uint32_t *eax);

static struct funcinfo slots[MAXSLOTS];
/* Where the next BAR goes. */
static uint64_t pci_emul_iobase, pci_emul_membase32;

/* The table that DEFINE_PCI_DEVTYPE fills. */
extern struct pci_vdev_ops *__start_set_pci_vdev_ops_set[], *__stop_set_pci_vdev_ops_set[];

/* "3,virtio-console,@stdio:port": slot, kind, the rest is for the device. */
int pci_parse_slot(char *opt)
{
	char *number = strsep(&opt, ","), *kind = strsep(&opt, ",");
	unsigned long slot = strtoul(number, NULL, 0);

	if (!kind || slot >= MAXSLOTS)
		return -1;
	slots[slot].fi_name = kind;
	slots[slot].fi_param = opt;
	return 0;
}

/* The guest fills in its MSI-X table. */
int pci_emul_msix_twrite(struct pci_vdev *dev, uint64_t offset, int size, uint64_t value)
{
	if ((size != 4 && size != 8) || offset % (uint64_t)size != 0)
		return -1;
	if (offset / MSIX_TABLE_ENTRY_SIZE >= (uint64_t)dev->msix.table_count)
		return -1;
	memcpy((char *)dev->msix.table + offset, &value, (size_t)size);
	return 0;
}

uint64_t pci_emul_msix_tread(struct pci_vdev *dev, uint64_t offset, int size)
{
	uint64_t value = 0;

	if (offset >= dev->msix.pba_offset || size > 8)
		return 0;
	if (offset / MSIX_TABLE_ENTRY_SIZE >= (uint64_t)dev->msix.table_count)
		return ~0UL;
	memcpy(&value, (char *)dev->msix.table + offset, (size_t)size);
	return value;
}

int pci_msix_table_bar(struct pci_vdev *dev)
{
	return dev->msix.table ? dev->msix.table_bar : -1;
}

static inline uint64_t bar_value(int size, uint64_t val)
{
	return size < 8 ? val & ((1UL << (8 * size)) - 1) : val;
}

/* A port of ours: which BAR, which offset, and then it is the device's business. */
static int pci_emul_io_handler(struct vmctx *ctx, int vcpu, int in, int port, int bytes, uint32_t *eax, void *arg)
{
	struct pci_vdev *pdi = arg;
	const struct pci_vdev_ops *ops = pdi->dev_ops;
	uint64_t first = (uint64_t)port, end = first + (uint64_t)bytes;
	int i = 0;

	while (i <= PCI_BARMAX && (pdi->bar[i].type != PCIBAR_IO || first < pdi->bar[i].addr ||
				   end > pdi->bar[i].addr + pdi->bar[i].size))
		i++;
	if (i > PCI_BARMAX)
		return -1;
	first -= pdi->bar[i].addr;
	if (in)
		*eax = (uint32_t)(*ops->vdev_barread)(ctx, vcpu, pdi, i, first, bytes);
	else
		(*ops->vdev_barwrite)(ctx, vcpu, pdi, i, first, bytes, bar_value(bytes, *eax));
	return 0;
}

/* The same for memory; eight bytes are two accesses of four. */
static int pci_emul_mem_handler(struct vmctx *ctx, int vcpu, int dir, uint64_t addr, int size, uint64_t *val,
				void *arg1, long arg2)
{
	struct pci_vdev *pdi = arg1;
	const struct pci_vdev_ops *ops = pdi->dev_ops;
	int i, which = (int)arg2, step = size == 8 ? 4 : size;
	uint64_t offset = addr - pdi->bar[which].addr, got = 0;

	if (offset + (uint64_t)size > pdi->bar[which].size)
		return -ESRCH;
	for (i = 0; i < size; i += step) {
		if (dir == MEM_F_WRITE)
			(*ops->vdev_barwrite)(ctx, vcpu, pdi, which, offset + (uint64_t)i, step,
					      bar_value(step, *val >> (8 * i)));
		else
			got |= bar_value(step, (*ops->vdev_barread)(ctx, vcpu, pdi, which, offset + (uint64_t)i, step))
				<< (8 * i);
	}
	if (dir != MEM_F_WRITE)
		*val = got;
	return 0;
}

/* BARs are as long as a power of two, lie on a multiple of that, and have a page for themselves. */
static int pci_emul_alloc_resource(uint64_t *baseptr, uint64_t limit, uint64_t size, uint64_t *addr)
{
	uint64_t room = size < SMALLEST_BAR ? SMALLEST_BAR : size;

	*addr = roundup2(*baseptr, room);
	*baseptr = *addr + room;
	return *baseptr <= limit ? 0 : -1;
}

int pci_emul_alloc_bar(struct pci_vdev *pdi, int idx, enum pcibar_type type, uint64_t size)
{
	uint64_t anywhere = 0;

	return pci_emul_alloc_pbar(pdi, idx, anywhere, type, size);
}

/* Ports go to inout.c, memory to mem.c: from then on accesses of the guest come back to the handlers above. */
static int modify_bar_registration(struct pci_vdev *dev, int idx, int registration)
{
	const struct pcibar *bar = dev->bar + idx;
	struct inout_port iop = { dev->name, (int)bar->addr, (int)bar->size, IOPORT_F_INOUT, NULL, dev };
	struct mem_range mr = { dev->name, MEM_F_RW, NULL, dev, idx, bar->addr, bar->size };

	iop.handler = pci_emul_io_handler;
	mr.handler = pci_emul_mem_handler;
	if (bar->type == PCIBAR_MEM32)
		return registration ? register_mem(&mr) : unregister_mem(&mr);
	return registration ? register_inout(&iop) : unregister_inout(&iop);
}

static void unregister_bar(struct pci_vdev *dev, int idx)
{
	modify_bar_registration(dev, idx, 0);
}

static int register_bar(struct pci_vdev *dev, int idx)
{
	int failed = modify_bar_registration(dev, idx, 1);

	if (failed)
		pr_err("%s: BAR %d overlaps\n", dev->name, idx);
	return failed;
}

/* The guest moves a BAR. */
static void update_bar_address(struct pci_vdev *dev, uint64_t addr, int idx)
{
	struct pcibar *moved = &dev->bar[idx];

	unregister_bar(dev, idx);
	moved->addr = addr;
	(void)register_bar(dev, idx);
}

int pci_emul_alloc_pbar(struct pci_vdev *pdi, int idx, uint64_t hostbase, enum pcibar_type type, uint64_t size)
{
	bool ports = type == PCIBAR_IO;
	uint64_t room = 16, where = hostbase;
	int failed;

	while (room < size)
		room *= 2;
	failed = pci_emul_alloc_resource(ports ? &pci_emul_iobase : &pci_emul_membase32,
					 ports ? PCI_EMUL_IOLIMIT : PCI_EMUL_MEMLIMIT32, room, &where);
	if (failed)
		return failed;
	pdi->bar[idx] = (struct pcibar){ type, room, where };
	pci_set_cfgdata32(pdi, PCIR_BAR(idx), (uint32_t)where | (ports ? PCIM_BAR_IO_SPACE : 0));
	return register_bar(pdi, idx);
}

static void pci_emul_free_bar(struct pci_vdev *pdi, int idx)
{
	struct pcibar *bar = &pdi->bar[idx];
	uint16_t bit = bar->type == PCIBAR_IO ? PCIM_CMD_PORTEN : PCIM_CMD_MEMEN;

	/* Switched off by the guest means not registered. */
	if (bar->type != PCIBAR_NONE && (pci_get_cfgdata16(pdi, PCIR_COMMAND) & bit) != 0)
		unregister_bar(pdi, idx);
	bar->type = PCIBAR_NONE;
}

static void pci_emul_free_bars(struct pci_vdev *pdi)
{
	int idx = PCI_BARMAX + 1;

	while (idx-- > 0)
		pci_emul_free_bar(pdi, idx);
}

/* Each capability points to the next one. */
int pci_emul_add_capability(struct pci_vdev *dev, uint8_t *capdata, int caplen)
{
	int where = dev->capend ? dev->capend + 1 : CAP_START_OFFSET;

	pci_set_cfgdata8(dev, dev->capend ? dev->prevcap + 1 : PCIR_CAP_PTR, (uint8_t)where);
	pci_set_cfgdata16(dev, PCIR_STATUS, PCIM_STATUS_CAPPRESENT);
	memcpy(&dev->cfgdata[where], capdata, (size_t)caplen);
	dev->prevcap = where;
	dev->capend = where + roundup2(caplen, 4) - 1;
	return 0;
}

static struct pci_vdev_ops *pci_emul_finddev(const char *name)
{
	struct pci_vdev_ops **some = __start_set_pci_vdev_ops_set;

	for (; some < __stop_set_pci_vdev_ops_set; some++)
		if (strcmp((*some)->class_name, name) == 0)
			return *some;
	return NULL;
}

/* A new device of this kind; the rest is up to its own init function. */
static int pci_emul_init(struct vmctx *ctx, struct pci_vdev_ops *ops, int slot, struct funcinfo *fi)
{
	struct pci_vdev *pdi = calloc(1, sizeof(*pdi));
	int failed;

	if (!pdi)
		return -1;
	pdi->vmctx = ctx;
	pdi->slot = (uint8_t)slot;
	pdi->dev_ops = ops;
	snprintf(pdi->name, PI_NAMESZ, "%s-%d", ops->class_name, slot);
	pci_set_cfgdata8(pdi, PCIR_COMMAND, PCIM_CMD_PORTEN | PCIM_CMD_MEMEN | PCIM_CMD_BUSHOSTEN);
	fi->fi_copy = fi->fi_param ? strdup(fi->fi_param) : NULL;
	failed = (*ops->vdev_init)(ctx, pdi, fi->fi_copy);
	if (failed)
		free(pdi);
	else
		fi->fi_devi = pdi;
	return failed;
}

static void pci_emul_deinit(struct vmctx *ctx, struct pci_vdev_ops *ops, struct funcinfo *fi)
{
	struct pci_vdev *gone = fi->fi_devi;

	if (!gone)
		return;
	if (ops->vdev_deinit)
		(*ops->vdev_deinit)(ctx, gone, fi->fi_copy);
	pci_lintr_release(gone);
	pci_emul_free_bars(gone);
	free(gone->msix.table);
	free(gone);
	free(fi->fi_copy);
	fi->fi_devi = NULL;
}

/* The guest has masked the message: remember that it was wanted. */
static void pci_set_msi_pending(struct pci_vdev *dev, uint32_t index, bool set)
{
	int where = dev->msi.capoff + MSI_PENDING;
	uint32_t before = pci_get_cfgdata32(dev, where), bit = 1u << index;

	pci_set_cfgdata32(dev, where, set ? before | bit : before & ~bit);
}

/* Plain MSI, for guests that do not know MSI-X. */
int pci_emul_add_msicap(struct pci_vdev *dev, int msgnum)
{
	struct msicap capability = { .capid = PCIY_MSI, .msgctrl = PCIM_MSICTRL_64BIT | PCIM_MSICTRL_PVMC };
	int failed = msgnum == 1 ? pci_emul_add_capability(dev, (uint8_t *)&capability, sizeof(capability)) : -1;

	dev->msi.capoff = dev->prevcap;
	return failed;
}

static void pci_populate_msixcap(struct msixcap *msixcap, int msgnum, int barnum, uint32_t msix_tab_size)
{
	*msixcap = (struct msixcap){ .capid = PCIY_MSIX, .msgctrl = (uint16_t)(msgnum - 1) };
	msixcap->table_info = (uint32_t)barnum & PCIM_MSIX_BIR_MASK;
	msixcap->pba_info = msix_tab_size | msixcap->table_info;
}

/* At first every vector is masked. */
static int pci_msix_table_init(struct pci_vdev *dev, int table_entries)
{
	int i;

	dev->msix.table = calloc((size_t)table_entries, MSIX_TABLE_ENTRY_SIZE);
	for (i = 0; dev->msix.table && i < table_entries; i++)
		dev->msix.table[i].vector_control = PCIM_MSIX_VCTRL_MASK;
	return dev->msix.table ? 0 : -1;
}

/* A BAR for the table and a capability that says where it is. */
int pci_emul_add_msixcap(struct pci_vdev *dev, int msgnum, int barnum)
{
	uint32_t table = roundup2((uint32_t)msgnum * MSIX_TABLE_ENTRY_SIZE, 4096u);
	struct msixcap capability;

	dev->msix.table_bar = dev->msix.pba_bar = barnum;
	dev->msix.table_count = msgnum;
	dev->msix.pba_offset = table;
	dev->msix.pba_size = PENDING_BYTES(msgnum);
	if (pci_msix_table_init(dev, msgnum) < 0)
		return -1;
	pci_populate_msixcap(&capability, msgnum, barnum, table);
	pci_emul_alloc_bar(dev, barnum, PCIBAR_MEM32, table + (uint32_t)dev->msix.pba_size);
	return pci_emul_add_capability(dev, (uint8_t *)&capability, sizeof(capability));
}

/* The guest switches MSI-X on, or masks all of it. */
static void msixcap_cfgwrite(struct pci_vdev *dev, int capoff, int offset, int bytes, uint32_t val)
{
	if (offset != capoff + 2 || bytes != 2)
		return;
	dev->msix.enabled = (val & PCIM_MSIXCTRL_MSIX_ENABLE) != 0;
	dev->msix.function_mask = (val & PCIM_MSIXCTRL_FUNCTION_MASK) != 0;
	pci_set_cfgdata16(dev, offset, (uint16_t)((val & 0xc000u) | (uint32_t)(dev->msix.table_count - 1)));
	pci_lintr_update(dev);	/* with MSI-X on, the line must be quiet */
}

/* Address and value first; with the enable bit they count. A message that waited behind its mask goes out now. */
static void msicap_cfgwrite(struct pci_vdev *dev, int capoff, int offset, int bytes, uint32_t val)
{
	memcpy(&dev->cfgdata[offset], &val, (size_t)bytes);
	if (offset == capoff + 2) {
		dev->msi.enabled = (val & PCIM_MSICTRL_MSI_ENABLE) != 0;
		dev->msi.addr = pci_get_cfgdata32(dev, capoff + 4);
		dev->msi.msg_data = pci_get_cfgdata16(dev, capoff + 12);
		pci_lintr_update(dev);
	}
	if (pci_get_cfgdata32(dev, capoff + MSI_PENDING) & ~pci_get_cfgdata32(dev, capoff + MSI_MASK))
		pci_generate_msi(dev, 0);
}

static void pci_emul_capwrite(struct pci_vdev *dev, int offset, int bytes, uint32_t val)
{
	int at = dev->cfgdata[PCIR_CAP_PTR], next = dev->cfgdata[at + 1];

	while (next && offset >= next) {
		at = next;
		next = dev->cfgdata[at + 1];
	}
	if (dev->cfgdata[at] == PCIY_MSIX)
		msixcap_cfgwrite(dev, at, offset, bytes, val);
	else if (dev->cfgdata[at] == PCIY_MSI)
		msicap_cfgwrite(dev, at, offset, bytes, val);
}

static int pci_emul_iscap(struct pci_vdev *dev, int offset)
{
	return offset >= CAP_START_OFFSET && offset <= dev->capend;
}

/* A hole between the devices: all ones. */
static int pci_emul_fallback_handler(struct vmctx *ctx, int vcpu, int dir, uint64_t addr, int size, uint64_t *val,
				     void *arg1, long arg2)
{
	(void)ctx; (void)vcpu; (void)addr; (void)arg1; (void)arg2;
	if (dir == MEM_F_READ)
		*val = bar_value(size, UINT64_MAX);
	return 0;
}

/* The same configuration space, seen as memory: bus, slot, function and register are the address. */
static int pci_emul_ecfg_handler(struct vmctx *ctx, int vcpu, int dir, uint64_t addr, int bytes, uint64_t *val,
				 void *arg1, long arg2)
{
	uint64_t at = addr - PCI_EMUL_ECFG_BASE;
	int slot = (at >> 12 & 7) == 0 ? (int)(at >> 15) : MAXSLOTS;
	uint32_t word = (uint32_t)*val;

	(void)ctx; (void)vcpu; (void)arg1; (void)arg2;
	pci_cfgrw(dir == MEM_F_READ, slot, (int)(at & 0xfff), bytes, &word);
	*val = dir == MEM_F_READ ? word : *val;
	return 0;
}

/* Make the devices that the command line asks for. */
int init_pci(struct vmctx *ctx)
{
	struct mem_range hole = { .name = "hole", .flags = MEM_F_RW, .handler = pci_emul_fallback_handler };
	struct mem_range window = { .name = "configuration", .flags = MEM_F_RW, .handler = pci_emul_ecfg_handler };
	struct pci_vdev_ops *kind;
	int slot;

	pci_emul_iobase = PCI_EMUL_IOBASE;
	pci_emul_membase32 = PCI_EMUL_MEMBASE32;
	for (slot = 0; slot != MAXSLOTS; slot++) {
		if (slots[slot].fi_name) {
			kind = pci_emul_finddev(slots[slot].fi_name);
			if (!kind || pci_emul_init(ctx, kind, slot, &slots[slot]) < 0)
				return -1;
		}
	}
	for (slot = 0; slot != MAXSLOTS; slot++)
		if (slots[slot].fi_devi)
			pci_lintr_route(slots[slot].fi_devi);
	hole.base = PCI_EMUL_MEMBASE32;
	hole.size = PCI_EMUL_MEMLIMIT32 - hole.base;
	if (register_mem_fallback(&hole) < 0)
		return -1;
	hole.base = PCI_EMUL_MEMBASE64;
	hole.size = PCI_EMUL_MEMLIMIT64 - hole.base;
	if (register_mem_fallback(&hole) < 0)
		return -1;
	window.base = PCI_EMUL_ECFG_BASE;
	window.size = PCI_EMUL_ECFG_SIZE;
	return register_mem(&window);
}

/* In the opposite order. */
void deinit_pci(struct vmctx *ctx)
{
	struct mem_range window = { .base = PCI_EMUL_ECFG_BASE }, hole = { .base = PCI_EMUL_MEMBASE32 };
	int slot;

	unregister_mem(&window);
	unregister_mem_fallback(&hole);
	hole.base = PCI_EMUL_MEMBASE64;
	unregister_mem_fallback(&hole);
	for (slot = MAXSLOTS - 1; slot >= 0; slot--)
		if (slots[slot].fi_devi)
			pci_emul_deinit(ctx, slots[slot].fi_devi->dev_ops, &slots[slot]);
}

int pci_msix_enabled(struct pci_vdev *dev)
{
	return dev->msix.enabled && !dev->msi.enabled;
}

/* Send what the guest has put into the table; a masked vector sends nothing, and nothing remembers it. */
void pci_generate_msix(struct pci_vdev *dev, int index)
{
	struct msix_table_entry *vector;

	if (!pci_msix_enabled(dev) || dev->msix.function_mask || index >= dev->msix.table_count)
		return;
	vector = &dev->msix.table[index];
	if ((vector->vector_control & PCIM_MSIX_VCTRL_MASK) == 0)
		vm_lapic_msi(dev->vmctx, vector->addr, vector->msg_data);
}

/* The same with plain MSI. */
void pci_generate_msi(struct pci_vdev *dev, int index)
{
	bool masked = (pci_get_cfgdata32(dev, dev->msi.capoff + MSI_MASK) >> index & 1) != 0;

	if (!dev->msi.enabled || index != 0)
		return;
	pci_set_msi_pending(dev, (uint32_t)index, masked);
	if (!masked)
		vm_lapic_msi(dev->vmctx, dev->msi.addr, dev->msi.msg_data);
}

static bool pci_lintr_permitted(struct pci_vdev *dev)
{
	uint16_t command = pci_get_cfgdata16(dev, PCIR_COMMAND);
	bool messages = dev->msi.enabled || dev->msix.enabled;

	return !messages && (command & PCIM_CMD_INTxDIS) == 0;
}

/* Every device has a slot of its own, so pin A will do. */
void pci_lintr_request(struct pci_vdev *dev)
{
	dev->lintr.pin = 1;
	pthread_mutex_init(&dev->lintr.lock, NULL);
	pci_set_cfgdata8(dev, PCIR_INTPIN, (uint8_t)dev->lintr.pin);
}

void pci_lintr_release(struct pci_vdev *dev)
{
	dev->lintr.pin = 0;
	pthread_mutex_destroy(&dev->lintr.lock);
}

/* Which interrupt the pin is, for both kinds of guest; then set the line high, that is: quiet. */
static void pci_lintr_route(struct pci_vdev *dev)
{
	if (dev->lintr.pin > 0) {
		dev->lintr.ioapic_irq = ioapic_pci_alloc_irq(dev);
		dev->lintr.pirq_pin = pirq_alloc_pin(dev);
		vm_set_gsi_irq(dev->vmctx, dev->lintr.ioapic_irq, GSI_SET_HIGH);
	}
}

/* If the line must be quiet, the interrupt stays pending. */
void pci_lintr_assert(struct pci_vdev *dev)
{
	bool now;

	pthread_mutex_lock(&dev->lintr.lock);
	now = dev->lintr.state == IDLE && pci_lintr_permitted(dev);
	if (dev->lintr.state == IDLE)
		dev->lintr.state = now ? ASSERTED : PENDING;
	if (now)
		pci_irq_assert(dev);
	pthread_mutex_unlock(&dev->lintr.lock);
}

void pci_lintr_deassert(struct pci_vdev *dev)
{
	enum lintr_stat before;

	pthread_mutex_lock(&dev->lintr.lock);
	before = dev->lintr.state;
	dev->lintr.state = IDLE;
	if (before == ASSERTED)
		pci_irq_deassert(dev);
	pthread_mutex_unlock(&dev->lintr.lock);
}

/* Line allowed or not has changed: catch up. */
static void pci_lintr_update(struct pci_vdev *dev)
{
	bool may;

	pthread_mutex_lock(&dev->lintr.lock);
	may = pci_lintr_permitted(dev);
	if (may && dev->lintr.state == PENDING) {
		pci_irq_assert(dev);
		dev->lintr.state = ASSERTED;
	}
	if (!may && dev->lintr.state == ASSERTED) {
		pci_irq_deassert(dev);
		dev->lintr.state = PENDING;
	}
	pthread_mutex_unlock(&dev->lintr.lock);
}

/* The guest switches the device's ports and memory on or off; while a BAR is being moved it is off. */
static void pci_emul_cmdsts_write(struct pci_vdev *dev, int coff, uint32_t new, int bytes)
{
	uint16_t before = pci_get_cfgdata16(dev, PCIR_COMMAND), after, bit;
	uint32_t fixed = READ_ONLY_COMMAND >> 8 * (coff & 3), old = 0;
	int i;

	memcpy(&old, &dev->cfgdata[coff], (size_t)bytes);
	new = (old & fixed) | (new & ~fixed);
	memcpy(&dev->cfgdata[coff], &new, (size_t)bytes);
	after = pci_get_cfgdata16(dev, PCIR_COMMAND);
	for (i = 0; i < PCI_BARMAX + 1; i++) {
		bit = dev->bar[i].type == PCIBAR_IO ? PCIM_CMD_PORTEN : PCIM_CMD_MEMEN;
		if (dev->bar[i].type == PCIBAR_NONE || ((before ^ after) & bit) == 0)
			continue;
		if (after & bit)
			register_bar(dev, i);
		else
			unregister_bar(dev, i);
	}
	pci_lintr_update(dev);
}

/* One access to the configuration space of a device. All ones into a BAR ask how long it is. */
static void pci_cfgrw(int in, int slot, int coff, int bytes, uint32_t *eax)
{
	struct pci_vdev *dev = slot < MAXSLOTS && coff + bytes <= PCI_REGMAX + 1 ? slots[slot].fi_devi : NULL;
	int bar = (coff - PCIR_BAR(0)) / 4;

	if (in) {
		*eax = dev ? 0 : UINT32_MAX;
		if (dev)
			memcpy(eax, &dev->cfgdata[coff], (size_t)bytes);
	} else if (dev && coff >= PCIR_BAR(0) && bar <= PCI_BARMAX) {
		if (*eax != UINT32_MAX && (*eax & ~0xfu) != dev->bar[bar].addr)
			update_bar_address(dev, *eax & ~0xfu, bar);
		*eax &= ~((uint32_t)dev->bar[bar].size - 1);
		pci_set_cfgdata32(dev, coff, *eax | (dev->bar[bar].type == PCIBAR_IO ? PCIM_BAR_IO_SPACE : 0));
	} else if (dev && coff >= PCIR_COMMAND && coff < PCIR_REVID) {
		pci_emul_cmdsts_write(dev, coff, *eax, bytes);
	} else if (dev && pci_emul_iscap(dev, coff) != 0) {
		pci_emul_capwrite(dev, coff, bytes, *eax);
	} else if (dev) {
		memcpy(&dev->cfgdata[coff], eax, (size_t)bytes);
	}
}

int emulate_pci_cfgrw(struct vmctx *ctx, int vcpu, int in, int bus, int slot, int func,
		      int reg, int bytes, int *value)
{
	(void)ctx; (void)vcpu;
	if (bus != 0 || func != 0)
		return -1;
	pci_cfgrw(in, slot, reg, bytes, (uint32_t *)value);
	return 0;
}
