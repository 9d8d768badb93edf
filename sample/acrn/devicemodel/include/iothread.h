/* iothread.h: threads that run a queue's notifications apart from vm_loop. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_IOTHREAD_H
#define SAMPLE_DM_IOTHREAD_H

#include <pthread.h>

#include "types.h"

#define IOTHREAD_NUM		40
#define PTHREAD_NAME_MAX_LEN	16

struct iothread_mevent {
	void (*run)(void *arg);
	void *arg;
	int fd;
};

struct iothread_ctx {
	pthread_t tid;
	int epfd;
	bool started;
	pthread_mutex_t mtx;
	int idx;
	char name[PTHREAD_NAME_MAX_LEN];
};

struct iothreads_option {
	const char *tag;
	int num;
};

int iothread_add(struct iothread_ctx *ioctx_x, int fd, struct iothread_mevent *aevt);
int iothread_del(struct iothread_ctx *ioctx_x, int fd);
struct iothread_ctx *iothread_create(struct iothreads_option *iothr_opt);

#endif
