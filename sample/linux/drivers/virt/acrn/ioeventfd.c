/* ioeventfd.c: a write to a chosen address becomes a signal on an eventfd, without acrn-dm's loop. SPDX-License-Identifier: MIT */
#include <linux/eventfd.h>
#include <linux/slab.h>

#include "acrn_drv.h"

struct hsm_ioeventfd {
	struct list_head list;
	struct eventfd_ctx *eventfd;
	u64 addr;
	u64 data;
	int length;
	u32 type;
	bool wildcard;		/* any value will do */
};

#define list_to_ioeventfd(link)	container_of(link, struct hsm_ioeventfd, list)

static int acrn_ioeventfd_assign(struct acrn_vm *vm, struct acrn_ioeventfd *args)
{
	struct hsm_ioeventfd *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	int failed;

	if (!fresh)
		return -ENOMEM;
	fresh->eventfd = eventfd_ctx_fdget((int)args->fd);
	fresh->addr = args->addr;
	fresh->data = args->data;
	fresh->length = (int)args->len;
	fresh->type = args->flags & ACRN_IOEVENTFD_FLAG_PIO ? ACRN_IOREQ_TYPE_PORTIO : ACRN_IOREQ_TYPE_MMIO;
	fresh->wildcard = (args->flags & ACRN_IOEVENTFD_FLAG_DATAMATCH) == 0;
	mutex_lock(&vm->ioeventfds_lock);
	failed = acrn_ioreq_range_add(vm->ioeventfd_client, fresh->type, args->addr, args->addr + args->len - 1);
	if (!failed)
		list_add_tail(&fresh->list, &vm->ioeventfds);
	mutex_unlock(&vm->ioeventfds_lock);
	return failed;
}

static int acrn_ioeventfd_deassign(struct acrn_vm *vm, struct acrn_ioeventfd *args)
{
	struct eventfd_ctx *gone = eventfd_ctx_fdget((int)args->fd);
	struct list_head *link = vm->ioeventfds.next;

	while (link != &vm->ioeventfds && list_to_ioeventfd(link)->eventfd != gone)
		link = link->next;
	if (link == &vm->ioeventfds)
		return -ENOENT;
	acrn_ioreq_range_del(vm->ioeventfd_client, list_to_ioeventfd(link)->type, args->addr,
			     args->addr + args->len - 1);
	list_del_init(link);
	eventfd_ctx_put(gone);
	return 0;
}

static struct hsm_ioeventfd *hsm_ioeventfd_match(struct acrn_vm *vm, u64 addr, u64 data, int len, u32 type)
{
	struct list_head *link;

	for (link = vm->ioeventfds.next; link != &vm->ioeventfds; link = link->next) {
		struct hsm_ioeventfd *some = list_to_ioeventfd(link);

		if (some->type == type && some->addr == addr && some->length >= len &&
		    (some->wildcard || some->data == data))
			return some;
	}
	return NULL;
}

/* The client's handler. Reads answer 0; a write that nobody waits for is lost without a word. */
static int acrn_ioeventfd_handler(struct acrn_ioreq_client *client, struct acrn_io_request *req)
{
	struct acrn_pio_request *access = &req->reqs.pio_request;
	struct hsm_ioeventfd *listener;

	if (access->direction == ACRN_IOREQ_DIR_READ) {
		access->value = 0;
		return 0;
	}
	mutex_lock(&client->vm->ioeventfds_lock);
	listener = hsm_ioeventfd_match(client->vm, access->address, access->value, (int)access->size, req->type);
	if (listener)
		eventfd_signal(listener->eventfd);
	mutex_unlock(&client->vm->ioeventfds_lock);
	return 0;
}

int acrn_ioeventfd_config(struct acrn_vm *vm, struct acrn_ioeventfd *args)
{
	bool remove = (args->flags & ACRN_IOEVENTFD_FLAG_DEASSIGN) != 0;

	return remove ? acrn_ioeventfd_deassign(vm, args) : acrn_ioeventfd_assign(vm, args);
}

int acrn_ioeventfd_init(struct acrn_vm *vm)
{
	struct acrn_ioreq_client *client = acrn_ioreq_client_create(vm, acrn_ioeventfd_handler, NULL, false, "ioeventfd");

	INIT_LIST_HEAD(&vm->ioeventfds);
	mutex_init(&vm->ioeventfds_lock);
	vm->ioeventfd_client = client;
	return client ? 0 : -EINVAL;
}

/* The client is the last thing that could signal one of them. */
void acrn_ioeventfd_deinit(struct acrn_vm *vm)
{
	struct list_head *link;

	acrn_ioreq_client_destroy(vm->ioeventfd_client);
	mutex_lock(&vm->ioeventfds_lock);
	while ((link = vm->ioeventfds.next) != &vm->ioeventfds) {
		list_del_init(link);
		eventfd_ctx_put(list_to_ioeventfd(link)->eventfd);
		kfree(list_to_ioeventfd(link));
	}
	mutex_unlock(&vm->ioeventfds_lock);
}
