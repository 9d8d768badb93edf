/* vmmapi.c: the ioctls on /dev/acrn_hsm. SPDX-License-Identifier: MIT */
#include "vmmapi.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "dm.h"
#include "log.h"
#include "pci_core.h"

/* One machine per open file. The request page goes along: it becomes shared with kernel and hypervisor. */
struct vmctx *vm_create(const char *name, uint64_t req_buf, int *vcpu_num)
{
	struct vmctx *ctx = calloc(1, sizeof(*ctx));
	struct acrn_vm_creation create_vm = { .ioreq_buf = req_buf };

	if (!ctx)
		return NULL;
	ctx->fd = open("/dev/acrn_hsm", O_RDWR | O_CLOEXEC);
	ctx->name = name;
	ctx->lowmem_limit = PCI_EMUL_MEMBASE32;
	ctx->highmem_gpa_base = 0x140000000UL;
	strncpy((char *)create_vm.name, name, sizeof(create_vm.name) - 1);
	if (is_rtvm)	/* its virtual CPUs rather spin than sleep */
		create_vm.vm_flag |= GUEST_FLAG_IO_COMPLETION_POLLING;
	if (ctx->fd < 0 || ioctl(ctx->fd, ACRN_IOCTL_CREATE_VM, &create_vm) != 0) {
		pr_err("cannot create %s: %s\n", name, strerror(errno));
		free(ctx);
		return NULL;
	}
	ctx->vmid = create_vm.vmid;
	*vcpu_num = create_vm.vcpu_num;
	return ctx;
}

/* From now on what nobody else answers comes to us. */
int vm_create_ioreq_client(struct vmctx *ctx)
{
	return ioctl(ctx->fd, ACRN_IOCTL_CREATE_IOREQ_CLIENT, 0);
}

/* Sleeps in the kernel until there is a request. */
int vm_attach_ioreq_client(struct vmctx *ctx)
{
	return ioctl(ctx->fd, ACRN_IOCTL_ATTACH_IOREQ_CLIENT, ctx->ioreq_client);
}

/* Answered: the virtual CPU may go on. */
int vm_notify_request_done(struct vmctx *ctx, int vcpu)
{
	struct acrn_ioreq_notify done = { .vmid = (uint16_t)ctx->vmid, .vcpu = (uint32_t)vcpu };

	return ioctl(ctx->fd, ACRN_IOCTL_NOTIFY_REQUEST_FINISH, &done);
}

int vm_setup_asyncio(struct vmctx *ctx, uint64_t base)
{
	return ioctl(ctx->fd, ACRN_IOCTL_SETUP_ASYNCIO, base);
}

/* Some of our memory becomes the guest's RAM, from address 0 up. */
int vm_setup_memory(struct vmctx *ctx, size_t len)
{
	struct acrn_vm_memmap ram = { .type = ACRN_MEMMAP_RAM, .attr = ACRN_MEM_ACCESS_RWX | ACRN_MEM_TYPE_WB };

	ctx->baseaddr = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (ctx->baseaddr == MAP_FAILED)
		return -1;
	ctx->lowmem = len < ctx->lowmem_limit ? len : ctx->lowmem_limit;
	ram.vma_base = (uint64_t)(uintptr_t)ctx->baseaddr;
	ram.len = ctx->lowmem;
	return ioctl(ctx->fd, ACRN_IOCTL_SET_MEMSEG, &ram);
}

/* From an address of the guest to ours. All of the range must be RAM: a guest may ask for anything. */
void *vm_map_gpa(struct vmctx *ctx, vm_paddr_t gaddr, size_t len)
{
	uint64_t above = gaddr - ctx->highmem_gpa_base;
	bool low = gaddr < ctx->lowmem && len <= ctx->lowmem - gaddr;
	bool high = gaddr >= ctx->highmem_gpa_base && above < ctx->highmem && len <= ctx->highmem - above;

	return low || high ? ctx->baseaddr + gaddr : NULL;
}

int vm_run(struct vmctx *ctx)
{
	return ioctl(ctx->fd, ACRN_IOCTL_START_VM, &ctx->vmid);
}

void vm_pause(struct vmctx *ctx)
{
	if (ioctl(ctx->fd, ACRN_IOCTL_PAUSE_VM, &ctx->vmid) != 0)
		pr_err("cannot pause: %s\n", strerror(errno));
}

/* The machine goes back to its beginning; it must have been paused. */
void vm_reset(struct vmctx *ctx)
{
	int refused = ioctl(ctx->fd, ACRN_IOCTL_RESET_VM, &ctx->vmid);

	if (refused)
		pr_err("cannot reset: %s\n", strerror(errno));
}

/* What was being answered is forgotten. */
void vm_clear_ioreq(struct vmctx *ctx)
{
	int refused = ioctl(ctx->fd, ACRN_IOCTL_CLEAR_VM_IOREQ, NULL);

	if (refused)
		pr_err("requests are left over: %s\n", strerror(errno));
}

/* Does the machine run, or is it on its way to off or reset? */
static enum vm_suspend_how suspend_mode;

void vm_set_suspend_mode(enum vm_suspend_how how)
{
	pr_warn("machine goes from state %d to %d\n", suspend_mode, how);
	suspend_mode = how;
}

int vm_get_suspend_mode(void)
{
	return (int)suspend_mode;
}

/* Interrupt the guest with one of its own MSI-X messages. */
int vm_lapic_msi(struct vmctx *ctx, uint64_t addr, uint64_t msg)
{
	struct acrn_msi_entry message = { addr, msg };

	return ioctl(ctx->fd, ACRN_IOCTL_INJECT_MSI, &message);
}

/* The argument is a value, not an address: line below, level above. */
int vm_set_gsi_irq(struct vmctx *ctx, int gsi, uint32_t operation)
{
	uint64_t line = (uint32_t)gsi | (uint64_t)operation << 32;

	return ioctl(ctx->fd, ACRN_IOCTL_SET_IRQLINE, line);
}

/* Where the first virtual CPU begins. */
int vm_set_vcpu_regs(struct vmctx *ctx, struct acrn_vcpu_regs *vcpu_regs)
{
	return ioctl(ctx->fd, ACRN_IOCTL_SET_VCPU_REGS, vcpu_regs);
}

int vm_ioeventfd(struct vmctx *ctx, struct acrn_ioeventfd *args)
{
	return ioctl(ctx->fd, ACRN_IOCTL_IOEVENTFD, args);
}
