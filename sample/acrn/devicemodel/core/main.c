/* main.c: acrn-dm; sets a machine up and answers its I/O requests. SPDX-License-Identifier: MIT */
#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "atomic.h"
#include "dm.h"
#include "inout.h"
#include "ioapic.h"
#include "irq.h"
#include "log.h"
#include "mem.h"
#include "mevent.h"
#include "pci_core.h"
#include "virtio.h"
#include "vmmapi.h"

#define VM_MAXCPU		16
#define IOREQ_PIO_INVAL		(~0U)

typedef void (*vmexit_handler_t)(struct vmctx *ctx, struct acrn_io_request *io_req, int *vcpu);

bool stdio_in_use;
bool is_rtvm;

static int guest_ncpus;
static int virtio_msix = 1;

static void vm_loop(struct vmctx *ctx);

/* The page that hypervisor, kernel and we share: one slot per virtual CPU. */
static _Alignas(4096) char io_request_page[4096];
static _Alignas(4096) char asyncio_page[4096];
static struct acrn_io_request *ioreq_buf = (struct acrn_io_request *)(void *)io_request_page;

struct mt_vmm_info {
	pthread_t mt_thr;
	struct vmctx *mt_ctx;
	int mt_vcpu;
} mt_vmm_info[VM_MAXCPU];

void *paddr_guest2host(struct vmctx *ctx, uintptr_t gaddr, size_t len)
{
	void *ours = vm_map_gpa(ctx, gaddr, len);

	if (!ours)
		pr_err("0x%lx is not the guest's RAM\n", (unsigned long)gaddr);
	return ours;
}

int virtio_uses_msix(void)
{
	return virtio_msix;
}

static void *start_thread(void *param)
{
	struct mt_vmm_info *mtp = param;

	vm_loop(mtp->mt_ctx);
	return NULL;
}

/* However many virtual CPUs the guest has, one thread of ours answers for all. */
static int add_cpu(struct vmctx *ctx, int vcpu_num)
{
	struct mt_vmm_info *all = mt_vmm_info;

	while (vcpu_num-- > 0) {
		mt_vmm_info[vcpu_num].mt_vcpu = vcpu_num;
		mt_vmm_info[vcpu_num].mt_ctx = ctx;
	}
	if (vm_set_vcpu_regs(ctx, &ctx->bsp_regs) < 0)
		return -1;
	return pthread_create(&all->mt_thr, NULL, start_thread, all);
}

static void vmexit_inout(struct vmctx *ctx, struct acrn_io_request *io_req, int *pvcpu)
{
	struct acrn_pio_request *pio = &io_req->reqs.pio_request;

	if (emulate_inout(ctx, pvcpu, pio) != 0 && pio->direction == ACRN_IOREQ_DIR_READ)
		pio->value = IOREQ_PIO_INVAL;
}

static void vmexit_mmio_emul(struct vmctx *ctx, struct acrn_io_request *io_req, int *pvcpu)
{
	struct acrn_mmio_request *access = &io_req->reqs.mmio_request;

	if (emulate_mem(ctx, access) != 0)
		pr_err("vcpu %d: nobody at 0x%lx\n", *pvcpu, (unsigned long)access->address);
}

static void vmexit_pci_emul(struct vmctx *ctx, struct acrn_io_request *io_req, int *pvcpu)
{
	struct acrn_pci_request *pci = &io_req->reqs.pci_request;
	int in = pci->direction == ACRN_IOREQ_DIR_READ;

	emulate_pci_cfgrw(ctx, *pvcpu, in, pci->bus, pci->dev, pci->func, pci->reg, (int)pci->size, &pci->value);
}

enum vm_exitcode {
	VM_EXITCODE_INOUT = 0,
	VM_EXITCODE_MMIO_EMUL,
	VM_EXITCODE_PCI_CFG,
	VM_EXITCODE_MAX
};

/* The number is the type of the request. */
static vmexit_handler_t handler[VM_EXITCODE_MAX] = {
	[VM_EXITCODE_INOUT] = vmexit_inout,
	[VM_EXITCODE_MMIO_EMUL] = vmexit_mmio_emul,
	[VM_EXITCODE_PCI_CFG] = vmexit_pci_emul,
};

/* Answer, then say so. Before a reset nobody must be told: that would let the guest run on. */
static void handle_vmexit(struct vmctx *ctx, struct acrn_io_request *io_req, int vcpu)
{
	enum vm_exitcode exitcode = io_req->type;
	int mode;

	if (exitcode >= VM_EXITCODE_MAX)
		exit(1);
	(*handler[exitcode])(ctx, io_req, &vcpu);
	mode = vm_get_suspend_mode();
	if (mode != VM_SUSPEND_SYSTEM_RESET && mode != VM_SUSPEND_SUSPEND)
		vm_notify_request_done(ctx, vcpu);
}

static int vm_init_vdevs(struct vmctx *ctx)
{
	init_mem();
	init_inout();
	pci_irq_init(ctx);
	ioapic_init(ctx);
	/* Keyboard, clock, timers and firmware tables come here; the sample has none. */
	return init_pci(ctx);
}

/* The guest wants to start over: stop it, forget what it asked for, begin again at its first instruction. */
static void vm_system_reset(struct vmctx *ctx)
{
	int failed;

	vm_pause(ctx);
	vm_clear_ioreq(ctx);	/* before the devices go: nobody may be answering */
	deinit_pci(ctx);
	failed = vm_init_vdevs(ctx);
	vm_reset(ctx);
	vm_set_suspend_mode(failed ? VM_SUSPEND_POWEROFF : VM_SUSPEND_NONE);
	if (!failed && vm_set_vcpu_regs(ctx, &ctx->bsp_regs) == 0)
		(void)vm_run(ctx);
}

/* Sleep until there are requests; look through the slots for those that the kernel has left to us. */
static void vm_loop(struct vmctx *ctx)
{
	int which, client = vm_create_ioreq_client(ctx);

	ctx->ioreq_client = client;
	if (client < 0 || vm_run(ctx) < 0)
		return;
	while (vm_attach_ioreq_client(ctx) == 0) {
		for (which = 0; which < guest_ncpus; which++) {
			struct acrn_io_request *slot = &ioreq_buf[which];

			if (atomic_load(&slot->processed) == ACRN_IOREQ_STATE_PROCESSING && !slot->kernel_handled)
				handle_vmexit(ctx, slot, which);
		}
		if (vm_get_suspend_mode() == VM_SUSPEND_POWEROFF)
			break;
		if (vm_get_suspend_mode() == VM_SUSPEND_SYSTEM_RESET)
			vm_system_reset(ctx);
	}
}

/* An empty ring of eight-byte elements behind a head of 64 bytes. */
static int vm_init_asyncio(struct vmctx *ctx, uint64_t base)
{
	struct shared_buf *ring = (struct shared_buf *)(uintptr_t)base;
	int refused;

	*ring = (struct shared_buf){ .magic = SBUF_MAGIC, .ele_size = sizeof(uint64_t) };
	ring->ele_num = (uint32_t)((sizeof(asyncio_page) - SBUF_HEAD_SIZE) / ring->ele_size);
	ring->size = ring->ele_size * ring->ele_num;
	refused = vm_setup_asyncio(ctx, base);
	return refused;
}

/* acrn-dm -s 3,virtio-console,@stdio:port NAME */
int main(int argc, char *argv[])
{
	static const struct option names[] = {
		{ "rtvm", no_argument, NULL, 'R' }, { "virtio_msi", no_argument, NULL, 'M' },
		{ "virtio_poll", required_argument, NULL, 'P' }, { NULL, 0, NULL, 0 },
	};
	size_t memsize = 256UL << 20;
	struct vmctx *ctx;
	int option, wrong = 0;

	while ((option = getopt_long(argc, argv, "m:s:", names, NULL)) != -1) {
		switch (option) {
		case 'm': memsize = strtoul(optarg, NULL, 0) << 20; break;
		case 's': wrong |= pci_parse_slot(optarg); break;
		case 'R': is_rtvm = true; break;
		case 'M': virtio_msix = 0; break;
		case 'P': wrong |= acrn_parse_virtio_poll_interval(optarg); break;
		default: wrong = 1;
		}
	}
	if (wrong || optind >= argc)
		return 2;
	ctx = vm_create(argv[optind], (uint64_t)(uintptr_t)ioreq_buf, &guest_ncpus);
	if (!ctx)
		return 1;
	if (vm_init_asyncio(ctx, (uint64_t)(uintptr_t)asyncio_page) != 0)
		pr_warn("this kernel has no asyncio\n");
	if (vm_setup_memory(ctx, memsize) != 0 || mevent_init() != 0 || vm_init_vdevs(ctx) != 0)
		return 1;
	if (add_cpu(ctx, guest_ncpus) != 0)
		return 1;
	mevent_dispatch();
	vm_pause(ctx);
	return 0;
}
