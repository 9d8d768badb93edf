/* irqfd.c: the other way round, from an eventfd to an interrupt; the console does not use it. SPDX-License-Identifier: MIT */
#include <linux/eventfd.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "acrn_drv.h"

struct hsm_irqfd {
	struct acrn_vm *vm;
	struct wait_queue_entry wait;
	poll_table pt;
	struct work_struct shutdown;
	struct eventfd_ctx *eventfd;
	struct list_head list;
	struct acrn_msi_entry msi;
};

#define list_to_irqfd(link)	container_of(link, struct hsm_irqfd, list)
#define wait_to_irqfd(entry)	container_of(entry, struct hsm_irqfd, wait)
#define table_to_irqfd(table)	container_of(table, struct hsm_irqfd, pt)
#define work_to_irqfd(work)	container_of(work, struct hsm_irqfd, shutdown)

static void acrn_irqfd_inject(struct hsm_irqfd *irqfd)
{
	const struct acrn_msi_entry *message = &irqfd->msi;

	(void)acrn_msi_inject(irqfd->vm, message->msi_addr, message->msi_data);
}

/* In a worker thread: where the eventfd is signalled, nobody may sleep. */
static void hsm_irqfd_shutdown_work(struct work_struct *work)
{
	struct hsm_irqfd *gone = work_to_irqfd(work);
	struct acrn_vm *owner = gone->vm;

	mutex_lock(&owner->irqfds_lock);
	list_del_init(&gone->list);
	mutex_unlock(&owner->irqfds_lock);
	eventfd_ctx_remove_wait_queue(gone->eventfd, &gone->wait);
	eventfd_ctx_put(gone->eventfd);
	kfree(gone);
}

/* The eventfd has been signalled. */
static int hsm_irqfd_wakeup(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct hsm_irqfd *mine = wait_to_irqfd(wait);
	unsigned long happened = (unsigned long)key;

	(void)mode; (void)sync;
	if ((happened & EPOLLIN) != 0)
		acrn_irqfd_inject(mine);
	if ((happened & EPOLLHUP) != 0)
		queue_work(mine->vm->irqfd_wq, &mine->shutdown);
	return 0;
}

static void hsm_irqfd_poll_func(struct file *file, wait_queue_head_t *wqh, poll_table *pt)
{
	struct hsm_irqfd *mine = table_to_irqfd(pt);

	mine->wait.func = hsm_irqfd_wakeup;
	mine->eventfd = eventfd_ctx_fileget(file);
	add_wait_queue(wqh, &mine->wait);
}

static int acrn_irqfd_assign(struct acrn_vm *vm, struct acrn_irqfd *args)
{
	struct hsm_irqfd *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	struct file *file = fget((unsigned int)args->fd);

	if (!fresh || !file)
		return fresh ? -EBADF : -ENOMEM;
	fresh->msi = args->msi;
	fresh->vm = vm;
	fresh->pt._qproc = hsm_irqfd_poll_func;
	INIT_WORK(&fresh->shutdown, hsm_irqfd_shutdown_work);
	mutex_lock(&vm->irqfds_lock);
	list_add_tail(&fresh->list, &vm->irqfds);
	if (vfs_poll(file, &fresh->pt) & EPOLLIN)
		acrn_irqfd_inject(fresh);	/* it was signalled before */
	mutex_unlock(&vm->irqfds_lock);
	fput(file);
	return 0;
}

static int acrn_irqfd_deassign(struct acrn_vm *vm, struct acrn_irqfd *args)
{
	struct eventfd_ctx *wanted = eventfd_ctx_fdget(args->fd);
	struct list_head *link;

	mutex_lock(&vm->irqfds_lock);
	for (link = vm->irqfds.next; link != &vm->irqfds; link = link->next)
		if (list_to_irqfd(link)->eventfd == wanted)
			break;
	if (link != &vm->irqfds)
		queue_work(vm->irqfd_wq, &list_to_irqfd(link)->shutdown);
	mutex_unlock(&vm->irqfds_lock);
	eventfd_ctx_put(wanted);
	flush_workqueue(vm->irqfd_wq);
	return 0;
}

int acrn_irqfd_config(struct acrn_vm *vm, struct acrn_irqfd *args)
{
	bool remove = (args->flags & ACRN_IRQFD_FLAG_DEASSIGN) != 0;

	return remove ? acrn_irqfd_deassign(vm, args) : acrn_irqfd_assign(vm, args);
}

int acrn_irqfd_init(struct acrn_vm *vm)
{
	mutex_init(&vm->irqfds_lock);
	INIT_LIST_HEAD(&vm->irqfds);
	vm->irqfd_wq = alloc_workqueue("acrn_irqfd", 0, 1);
	return vm->irqfd_wq ? 0 : -ENOMEM;
}

void acrn_irqfd_deinit(struct acrn_vm *vm)
{
	struct list_head *link;

	mutex_lock(&vm->irqfds_lock);
	for (link = vm->irqfds.next; link != &vm->irqfds; link = link->next)
		queue_work(vm->irqfd_wq, &list_to_irqfd(link)->shutdown);
	mutex_unlock(&vm->irqfds_lock);
	flush_workqueue(vm->irqfd_wq);
	destroy_workqueue(vm->irqfd_wq);
}
