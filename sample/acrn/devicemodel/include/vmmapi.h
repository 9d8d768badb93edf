/* vmmapi.h: one function per thing that acrn-dm asks of the HSM driver. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_VMMAPI_H
#define SAMPLE_DM_VMMAPI_H

#include "public/hsm_ioctl_defs.h"
#include "types.h"

enum vm_suspend_how {
	VM_SUSPEND_NONE,
	VM_SUSPEND_SYSTEM_RESET,
	VM_SUSPEND_FULL_RESET,
	VM_SUSPEND_POWEROFF,
	VM_SUSPEND_SUSPEND
};

/* The machine as acrn-dm knows it. The guest's RAM is mapped at baseaddr. */
struct vmctx {
	int fd;
	int vmid;
	int ioreq_client;
	uint64_t lowmem_limit;
	uint64_t highmem_gpa_base;
	size_t lowmem;
	size_t highmem;
	char *baseaddr;
	const char *name;
	struct acrn_vcpu_regs bsp_regs;
};

struct vmctx *vm_create(const char *name, uint64_t req_buf, int *vcpu_num);
int vm_create_ioreq_client(struct vmctx *ctx);
int vm_attach_ioreq_client(struct vmctx *ctx);
int vm_notify_request_done(struct vmctx *ctx, int vcpu);
int vm_setup_asyncio(struct vmctx *ctx, uint64_t base);
int vm_setup_memory(struct vmctx *ctx, size_t len);
void *vm_map_gpa(struct vmctx *ctx, vm_paddr_t gaddr, size_t len);
int vm_run(struct vmctx *ctx);
void vm_pause(struct vmctx *ctx);
void vm_reset(struct vmctx *ctx);
void vm_clear_ioreq(struct vmctx *ctx);
void vm_set_suspend_mode(enum vm_suspend_how how);
int vm_get_suspend_mode(void);
int vm_lapic_msi(struct vmctx *ctx, uint64_t addr, uint64_t msg);
int vm_set_gsi_irq(struct vmctx *ctx, int gsi, uint32_t operation);
int vm_set_vcpu_regs(struct vmctx *ctx, struct acrn_vcpu_regs *vcpu_regs);
int vm_ioeventfd(struct vmctx *ctx, struct acrn_ioeventfd *args);

#endif
