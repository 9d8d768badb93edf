#include <pthread.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

struct event {
	void (*run)(int fd, void *param);
	void *param;
	int fd;
};

static struct event events[8];
static int count;

int mevent_add(int fd, void (*run)(int, void *), void *param) /*= by direct_call open_console, by direct_call make_timer */
{
	events[count].run = run;
	events[count].param = param;
	events[count].fd = fd;
	return count++;
}

static void handle_events(int n) /*= by direct_call dispatch_events */
{
	int i;

	for (i = 0; i < n; i++)
		(*events[i].run)(events[i].fd, events[i].param);
}

/*
 * The loop is woken by the kernel, which signals an event descriptor of ours.
 */
void *dispatch_events(void *arg) /*= by thread_create start_loop, by eventfd signal_request */
{
	struct epoll_event list[8];

	handle_events(epoll_wait(3, list, 8, -1));
	return arg;
}

void start_loop(pthread_t *thread)
{
	pthread_create(thread, NULL,
		dispatch_events, NULL);
}

static void on_input(int fd, void *param) /*= by epoll handle_events */
{
}

static void on_timer(int fd, void *param) /*= by epoll handle_events, by timerfd arm_timer */
{
}

void open_console(int fd)
{
	mevent_add(fd, on_input, NULL);
}

int make_timer(void)
{
	int fd = timerfd_create(1, 0);

	mevent_add(fd, on_timer, NULL);
	return fd;
}

void arm_timer(int fd, const struct itimerspec *when)
{
	timerfd_settime(fd, 0, when, NULL);
}
