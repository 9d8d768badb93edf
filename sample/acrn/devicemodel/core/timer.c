/* timer.c: a timer is a file that becomes readable. SPDX-License-Identifier: MIT */
#include "timer.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include "mevent.h"

static void timer_handler(int fd, enum ev_type type, void *arg)
{
	void (*cb)(void *param, uint64_t nexp) = ((struct acrn_timer *)arg)->callback;
	uint64_t times = 0;

	if (type != EVF_READ || read(fd, &times, sizeof(times)) != (ssize_t)sizeof(times))
		return;
	if (cb)
		(*cb)(((struct acrn_timer *)arg)->callback_param, times);
}

int32_t acrn_timer_init(struct acrn_timer *timer, void (*cb)(void *param, uint64_t nexp), void *param)
{
	int fd = timerfd_create(timer->clockid, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0)
		return -1;
	timer->callback_param = param;
	timer->callback = cb;
	timer->fd = fd;
	timer->mevp = mevent_add(timer->fd, EVF_READ, timer_handler, timer, NULL, NULL);
	return timer->mevp ? 0 : -1;
}

void acrn_timer_deinit(struct acrn_timer *timer)
{
	struct mevent *watched = timer->mevp;

	timer->mevp = NULL;
	if (watched)
		mevent_delete_close(watched);
}

int32_t acrn_timer_settime(struct acrn_timer *timer, const struct itimerspec *new_value)
{
	return timerfd_settime(timer->fd, 0, new_value, NULL);
}
