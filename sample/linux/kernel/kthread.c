/* kthread.c: where a kernel thread begins. SPDX-License-Identifier: MIT */
#include <linux/kthread.h>
#include <linux/slab.h>

struct kthread_create_info {
	int (*threadfn)(void *data);
	void *data;
	const char *name;
};

struct task_struct *new_kernel_task(int (*start)(void *argument), void *argument, const char *name);

/* The first function of every kernel thread; it calls the one that was asked for. */
static int kthread(void *_create)
{
	struct kthread_create_info *wish = _create;
	int (*threadfn)(void *data) = wish->threadfn;
	void *data = wish->data;

	kfree(wish);
	return threadfn(data);
}

struct task_struct *kthread_create(int (*threadfn)(void *data), void *data, const char *name)
{
	struct kthread_create_info *wish = kzalloc(sizeof(*wish), GFP_KERNEL);

	wish->threadfn = threadfn;
	wish->data = data;
	wish->name = name;
	return new_kernel_task(kthread, wish, name);
}
