/* mem.c: who answers for a memory address; the MSI-X tables of the devices are here. SPDX-License-Identifier: MIT */
#include "mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct mmio_rb_range {
	struct mmio_rb_range *next;
	struct mem_range mr_param;
	uint64_t mr_base;
	uint64_t mr_end;
};

/* Devices first; the second list has answers for holes. */
static struct mmio_rb_range *mmio_rb_root, *mmio_rb_fallback;
static pthread_rwlock_t mmio_rwlock;

/* The real one keeps a tree and a hint; a list will do to show the way. */
static int mmio_rb_lookup(struct mmio_rb_range *list, uint64_t addr, struct mmio_rb_range **entry)
{
	while (list && (addr < list->mr_base || addr > list->mr_end))
		list = list->next;
	*entry = list;
	return list ? 0 : -1;
}

static int mem_read(struct vmctx *ctx, int vcpu, uint64_t gpa, uint64_t *rval, int size, struct mem_range *mr)
{
	return (*mr->handler)(ctx, vcpu, MEM_F_READ, gpa, size, rval, mr->arg1, mr->arg2);
}

static int mem_write(struct vmctx *ctx, int vcpu, uint64_t gpa, uint64_t wval, int size, struct mem_range *mr)
{
	return (*mr->handler)(ctx, vcpu, MEM_F_WRITE, gpa, size, &wval, mr->arg1, mr->arg2);
}

int emulate_mem(struct vmctx *ctx, struct acrn_mmio_request *mmio_req)
{
	uint64_t where = mmio_req->address;
	bool store = mmio_req->direction == ACRN_IOREQ_DIR_WRITE;
	int size = (int)mmio_req->size;
	struct mmio_rb_range *owner;

	pthread_rwlock_rdlock(&mmio_rwlock);
	if (mmio_rb_lookup(mmio_rb_root, where, &owner) != 0)
		(void)mmio_rb_lookup(mmio_rb_fallback, where, &owner);
	pthread_rwlock_unlock(&mmio_rwlock);
	if (!owner)
		return -ESRCH;
	return store ? mem_write(ctx, 0, where, mmio_req->value, size, &owner->mr_param)
		     : mem_read(ctx, 0, where, &mmio_req->value, size, &owner->mr_param);
}

static int register_mem_int(struct mmio_rb_range **list, struct mem_range *memp)
{
	struct mmio_rb_range *fresh = calloc(1, sizeof(*fresh)), *taken;
	uint64_t last = memp->base + (memp->size - 1);

	if (!fresh || mmio_rb_lookup(*list, memp->base, &taken) == 0) {
		free(fresh);
		return -1;
	}
	pthread_rwlock_wrlock(&mmio_rwlock);
	*fresh = (struct mmio_rb_range){ *list, *memp, memp->base, last };
	*list = fresh;
	pthread_rwlock_unlock(&mmio_rwlock);
	return 0;
}

int register_mem(struct mem_range *memp)
{
	return register_mem_int(&mmio_rb_root, memp);
}

int register_mem_fallback(struct mem_range *memp)
{
	return register_mem_int(&mmio_rb_fallback, memp);
}

static int unregister_mem_int(struct mmio_rb_range **list, struct mem_range *memp)
{
	struct mmio_rb_range *gone;

	pthread_rwlock_wrlock(&mmio_rwlock);
	while (*list && (*list)->mr_base != memp->base)
		list = &(*list)->next;
	gone = *list;
	if (gone)
		*list = gone->next;
	pthread_rwlock_unlock(&mmio_rwlock);
	free(gone);
	return gone ? 0 : -1;
}

int unregister_mem(struct mem_range *memp)
{
	return unregister_mem_int(&mmio_rb_root, memp);
}

int unregister_mem_fallback(struct mem_range *memp)
{
	return unregister_mem_int(&mmio_rb_fallback, memp);
}

void init_mem(void)
{
	mmio_rb_root = mmio_rb_fallback = NULL;
	pthread_rwlock_init(&mmio_rwlock, NULL);
}
