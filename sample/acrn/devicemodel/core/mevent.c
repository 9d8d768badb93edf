/* mevent.c: one thread waits for all files of the backends. SPDX-License-Identifier: MIT */
#include "mevent.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "log.h"
#include "vmmapi.h"

#define MEVENT_MAX	64

struct mevent {
	void (*run)(int fd, enum ev_type type, void *param);
	void *run_param;
	void (*teardown)(void *param);
	void *teardown_param;
	int me_fd;
	enum ev_type me_type;
	int me_state;
	int closefd;
	struct mevent *next;
};

static int epoll_fd;
static pthread_t mevent_tid;
static int mevent_pipefd[2];
static pthread_mutex_t mevent_lmutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct mevent *global_head, *del_head;

static void mevent_qlock(void)
{
	pthread_mutex_lock(&mevent_lmutex);
}

static void mevent_qunlock(void)
{
	pthread_mutex_unlock(&mevent_lmutex);
}

static bool is_dispatch_thread(void)
{
	return pthread_equal(pthread_self(), mevent_tid) != 0;
}

/* The byte itself means nothing: it was there to end epoll_wait. */
static void mevent_pipe_read(int fd, enum ev_type type, void *param)
{
	char bytes[MEVENT_MAX];

	(void)type; (void)param;
	while (read(fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes))
		;
}

/* Another thread wants the loop to look around. */
int mevent_notify(void)
{
	if (is_dispatch_thread() || mevent_pipefd[1] == 0)
		return 0;
	return write(mevent_pipefd[1], "", 1) == 1 ? 0 : -1;
}

static uint32_t mevent_kq_filter(struct mevent *mevp)
{
	return mevp->me_type == EVF_READ ? EPOLLIN : EPOLLOUT;
}

/* Each event carries the address of its mevent: call what was registered with it. */
static void mevent_handle(struct epoll_event *kev, int numev)
{
	struct epoll_event *end = kev + (numev > 0 ? numev : 0);

	for (; kev < end; kev++) {
		struct mevent *mevp = kev->data.ptr;

		if (mevp->me_state != 0)
			(*mevp->run)(mevp->me_fd, mevp->me_type, mevp->run_param);
	}
}

/* Watch a file. Who asks twice for the same gets the first one back. */
struct mevent *mevent_add(int tfd, enum ev_type type, void (*run)(int fd, enum ev_type type, void *param),
			  void *run_param, void (*teardown)(void *param), void *teardown_param)
{
	struct mevent *known, *fresh = calloc(1, sizeof(*fresh));
	struct epoll_event wish;

	mevent_qlock();
	for (known = global_head; known; known = known->next)
		if (known->me_fd == tfd && known->me_type == type)
			break;
	mevent_qunlock();
	if (known || !fresh) {
		free(fresh);
		return known;
	}
	*fresh = (struct mevent){ .me_fd = tfd, .me_type = type, .me_state = 1 };
	fresh->teardown_param = teardown_param;
	fresh->teardown = teardown;
	fresh->run_param = run_param;
	fresh->run = run;
	wish.data.ptr = fresh;
	wish.events = mevent_kq_filter(fresh);
	if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, tfd, &wish) < 0) {
		free(fresh);
		return NULL;
	}
	mevent_qlock();
	fresh->next = global_head;
	global_head = fresh;
	mevent_qunlock();
	return fresh;
}

/* Stay known, but do not watch. A file that nobody watched is no failure. */
int mevent_disable(struct mevent *evp)
{
	bool gone = epoll_ctl(epoll_fd, EPOLL_CTL_DEL, evp->me_fd, NULL) == 0 || errno == ENOENT;

	return gone ? 0 : -1;
}

/* The loop may have it in hand right now: only the loop itself frees it. */
static void mevent_add_to_del_list(struct mevent *evp, int closefd)
{
	mevent_qlock();
	evp->closefd = closefd;
	evp->next = del_head;
	del_head = evp;
	mevent_qunlock();
	(void)mevent_notify();
}

static void mevent_drain_del_list(void)
{
	struct mevent *gone;

	mevent_qlock();
	while ((gone = del_head) != NULL) {
		del_head = gone->next;
		if (gone->teardown)
			gone->teardown(gone->teardown_param);
		if (gone->closefd)
			close(gone->me_fd);
		free(gone);
	}
	mevent_qunlock();
}

static int mevent_delete_event(struct mevent *evp, int closefd)
{
	struct mevent **link = &global_head;

	mevent_qlock();
	while (*link && *link != evp)
		link = &(*link)->next;
	if (*link)
		*link = evp->next;
	mevent_qunlock();
	evp->me_state = 0;
	(void)mevent_disable(evp);
	mevent_add_to_del_list(evp, closefd);
	if (is_dispatch_thread())
		mevent_drain_del_list();
	return 0;
}

int mevent_delete(struct mevent *evp)
{
	return mevent_delete_event(evp, 0);
}

int mevent_delete_close(struct mevent *evp)
{
	return mevent_delete_event(evp, 1);
}

int mevent_init(void)
{
	return (epoll_fd = epoll_create1(EPOLL_CLOEXEC)) < 0 ? -1 : 0;
}

/* The main thread stays here as long as the machine lives. */
void mevent_dispatch(void)
{
	struct epoll_event happened[MEVENT_MAX];
	int mode = VM_SUSPEND_NONE;

	mevent_tid = pthread_self();
	if (pipe2(mevent_pipefd, O_NONBLOCK) != 0 ||
	    !mevent_add(mevent_pipefd[0], EVF_READ, mevent_pipe_read, NULL, NULL, NULL))
		exit(1);
	while (mode != VM_SUSPEND_POWEROFF && mode != VM_SUSPEND_FULL_RESET) {
		int count = epoll_wait(epoll_fd, happened, MEVENT_MAX, -1);

		mevent_handle(happened, count);
		mevent_drain_del_list();
		mode = vm_get_suspend_mode();
	}
}
