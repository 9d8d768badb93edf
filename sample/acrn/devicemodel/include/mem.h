/* mem.h: who answers for a range of memory. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_MEM_H
#define SAMPLE_DM_MEM_H

#include "acrn_common.h"
#include "types.h"

struct vmctx;

typedef int (*mem_func_t)(struct vmctx *ctx, int vcpu, int dir, uint64_t addr, int size, uint64_t *val,
			  void *arg1, long arg2);

#define MEM_F_READ	0x1
#define MEM_F_WRITE	0x2
#define MEM_F_RW	(MEM_F_READ | MEM_F_WRITE)

struct mem_range {
	const char *name;
	int flags;
	mem_func_t handler;
	void *arg1;
	long arg2;
	uint64_t base;
	uint64_t size;
};

void init_mem(void);
int emulate_mem(struct vmctx *ctx, struct acrn_mmio_request *mmio_req);
int register_mem(struct mem_range *memp);
int register_mem_fallback(struct mem_range *memp);
int unregister_mem(struct mem_range *memp);
int unregister_mem_fallback(struct mem_range *memp);

#endif
