#include <linux/workqueue.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/eventfd.h>

struct client {
	wait_queue_head_t wq;
	int (*handler)(struct client *client, int request);
	struct eventfd_ctx *eventfd;
	wait_queue_entry_t entry;
};

static void dispatch_requests(struct work_struct *work);
static DECLARE_WORK(request_work, dispatch_requests);
static struct workqueue_struct *request_wq;

static void dispatch_requests(struct work_struct *work) /*= by workqueue on_upcall */
{
}

static void other_work(struct work_struct *work) /*= by workqueue queue_other */
{
}

static DECLARE_WORK(unrelated, other_work);

void on_upcall(void) /*= by fptr_call DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback) */
{
	queue_work(request_wq, &request_work);
}

void queue_other(void)
{
	schedule_work(&unrelated);
}

int wait_for_work(unsigned long arg) /*= by direct_call demo_ioctl */
{
	return 0;
}

static int client_thread(void *data) /*= by kthread_entry create_client, by waitqueue_wake wake_client */
{
	struct client *client = data;

	wait_event_interruptible(client->wq, client->handler != NULL);
	return client->handler(client, 1);
}

void wake_client(struct client *client)
{
	wake_up_interruptible(&client->wq);
}

static int signal_request(struct client *client, int request) /*= by fptr_call client_thread */
{
	eventfd_signal(client->eventfd);
	return 0;
}

struct client *create_client(int (*handler)(struct client *, int), int fd) /*= by direct_call assign_client */
{
	struct client *client = kzalloc(sizeof(*client), GFP_KERNEL);

	client->handler = handler;
	client->eventfd = eventfd_ctx_fdget(fd);
	kthread_run(client_thread, client, "demo");
	return client;
}

static int on_wake(wait_queue_entry_t *entry, unsigned int mode, int sync, void *key) /*= by waitqueue_wake wake_client */
{
	return 0;
}

void assign_client(int fd)
{
	struct client *client = create_client(signal_request, fd);

	init_waitqueue_func_entry(&client->entry, on_wake);
	add_wait_queue(&client->wq, &client->entry);
}
