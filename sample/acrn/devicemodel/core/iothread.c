/* iothread.c: threads that wait for eventfds; virtio-blk uses them, the console does not. SPDX-License-Identifier: MIT */
#include "iothread.h"

#include <stdio.h>
#include <sys/epoll.h>

#define MEVENT_MAX	64

static struct iothread_ctx ioctxes[IOTHREAD_NUM];
static int ioctx_active_cnt;

static void *io_thread(void *arg)
{
	struct epoll_event happened[MEVENT_MAX];
	struct iothread_ctx *self = arg;
	int i, count;

	while (self->started) {
		count = epoll_wait(self->epfd, happened, MEVENT_MAX, -1);
		for (i = 0; i < count; i++) {
			struct iothread_mevent *aevp = happened[i].data.ptr;

			(*aevp->run)(aevp->arg);
		}
	}
	return NULL;
}

/* The thread begins with the first file that it has to watch. */
static int iothread_start(struct iothread_ctx *ioctx_x)
{
	int failed = 0;

	pthread_mutex_lock(&ioctx_x->mtx);
	if (!ioctx_x->started) {
		ioctx_x->started = true;
		failed = pthread_create(&ioctx_x->tid, NULL, io_thread, ioctx_x);
	}
	pthread_mutex_unlock(&ioctx_x->mtx);
	return failed ? -1 : 0;
}

int iothread_add(struct iothread_ctx *ioctx_x, int fd, struct iothread_mevent *aevt)
{
	struct epoll_event wish = { .events = EPOLLIN, .data.ptr = aevt };

	if (!ioctx_x || epoll_ctl(ioctx_x->epfd, EPOLL_CTL_ADD, fd, &wish) != 0)
		return -1;
	return iothread_start(ioctx_x);
}

int iothread_del(struct iothread_ctx *ioctx_x, int fd)
{
	return ioctx_x ? epoll_ctl(ioctx_x->epfd, EPOLL_CTL_DEL, fd, NULL) : -1;
}

/* Reserve some threads; none of them runs yet. */
struct iothread_ctx *iothread_create(struct iothreads_option *iothr_opt)
{
	int i, first = ioctx_active_cnt;

	if (first + iothr_opt->num > IOTHREAD_NUM)
		return NULL;
	for (i = first; i < first + iothr_opt->num; i++) {
		pthread_mutex_init(&ioctxes[i].mtx, NULL);
		ioctxes[i].idx = i;
		ioctxes[i].started = false;
		ioctxes[i].epfd = epoll_create1(0);
		snprintf(ioctxes[i].name, PTHREAD_NAME_MAX_LEN, "io-%.2d-%.8s", i, iothr_opt->tag);
	}
	ioctx_active_cnt = i;
	return &ioctxes[first];
}
