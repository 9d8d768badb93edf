/* ioreq.c: takes I/O requests from the shared page to whoever answers them, and reports back. SPDX-License-Identifier: MIT */
#include <asm/acrn.h>
#include <linux/kthread.h>
#include <linux/mm.h>

#include "acrn_drv.h"

#define PCI_CONFIG_ADDRESS	0xcf8
#define PCI_CONFIG_DATA		0xcfc

#define list_to_vm(link)	container_of(link, struct acrn_vm, list)
#define list_to_client(link)	container_of(link, struct acrn_ioreq_client, list)
#define list_to_range(link)	container_of(link, struct acrn_ioreq_range, list)

static void ioreq_pause(void);
static void ioreq_resume(void);
static void ioreq_dispatcher(struct work_struct *work);
static struct workqueue_struct *ioreq_wq;
DECLARE_WORK(ioreq_work, ioreq_dispatcher);

static inline bool has_pending_request(struct acrn_ioreq_client *client)
{
	return smp_load_acquire(&client->ioreqs_map) != 0;
}

static inline bool is_destroying(struct acrn_ioreq_client *client)
{
	return client->destroying;
}

/* Publish the answer in the slot. A hypervisor that polls sees that; otherwise it must be told. */
static int ioreq_complete_request(struct acrn_vm *vm, u16 vcpu, struct acrn_io_request *acrn_req)
{
	bool polled = acrn_req->completion_polling != 0;

	smp_store_release(&acrn_req->processed, ACRN_IOREQ_STATE_COMPLETE);
	return polled ? 0 : (int)hcall_notify_req_finish(vm->vmid, vcpu);
}

static int acrn_ioreq_complete_request(struct acrn_ioreq_client *client, u16 vcpu,
				       struct acrn_io_request *acrn_req)
{
	struct acrn_vm *machine = client->vm;
	struct acrn_io_request *slot = acrn_req;

	if (vcpu >= machine->vcpu_num)
		return -EINVAL;
	if (!slot)
		slot = machine->ioreq_buf->req_slot + vcpu;
	__atomic_fetch_and(&client->ioreqs_map, ~(1ul << vcpu), __ATOMIC_ACQ_REL);
	return ioreq_complete_request(machine, vcpu, slot);
}

/* acrn-dm has answered the request of this vCPU. */
int acrn_ioreq_request_default_complete(struct acrn_vm *vm, u16 vcpu)
{
	struct acrn_ioreq_client *dm;
	int done;

	spin_lock_bh(&vm->ioreq_clients_lock);
	dm = vm->default_client;
	done = dm ? acrn_ioreq_complete_request(dm, vcpu, NULL) : 0;
	spin_unlock_bh(&vm->ioreq_clients_lock);
	return done;
}

/* From now on requests inside the range go to this client. */
int acrn_ioreq_range_add(struct acrn_ioreq_client *client, u32 type, u64 start, u64 end)
{
	struct acrn_ioreq_range *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);

	if (!fresh || end < start)
		return -EINVAL;
	fresh->type = type;
	fresh->start = start;
	fresh->end = end;
	write_lock_bh(&client->range_lock);
	list_add(&fresh->list, &client->range_list);
	write_unlock_bh(&client->range_lock);
	return 0;
}

void acrn_ioreq_range_del(struct acrn_ioreq_client *client, u32 type, u64 start, u64 end)
{
	struct list_head *ring = &client->range_list, *link;
	struct acrn_ioreq_range *some = NULL;

	write_lock_bh(&client->range_lock);
	for (link = ring->next; link != ring; link = link->next) {
		some = list_to_range(link);
		if (some->start == start && some->end == end && some->type == type)
			break;
	}
	if (link != ring) {
		list_del_init(link);
		kfree(some);
	}
	write_unlock_bh(&client->range_lock);
}

/* The thread of a client with a handler: sleep, answer, report, sleep. */
static int ioreq_task(void *data)
{
	struct acrn_ioreq_client *client = (struct acrn_ioreq_client *)data;
	struct acrn_io_request *slots = client->vm->ioreq_buf->req_slot;
	u16 vcpu;

	for (; !kthread_should_stop(); acrn_ioreq_client_wait(client)) {
		for (; has_pending_request(client); acrn_ioreq_complete_request(client, vcpu, &slots[vcpu])) {
			vcpu = (u16)__builtin_ctzl(client->ioreqs_map);
			if (client->handler(client, &slots[vcpu]) < 0)
				break;
		}
	}
	return 0;
}

/* Before a reset: what is still being answered counts as answered. */
void acrn_ioreq_request_clear(struct acrn_vm *vm)
{
	struct acrn_ioreq_client *dm;
	unsigned long left;

	vm->clearing_ioreq = true;
	spin_lock_bh(&vm->ioreq_clients_lock);
	dm = vm->default_client;
	for (left = dm ? dm->ioreqs_map : 0; left; left &= left - 1)
		acrn_ioreq_complete_request(dm, (u16)__builtin_ctzl(left), NULL);
	spin_unlock_bh(&vm->ioreq_clients_lock);
	vm->clearing_ioreq = false;
}

/* For the default client it is acrn-dm's own thread that sleeps here, inside its ATTACH ioctl. */
int acrn_ioreq_client_wait(struct acrn_ioreq_client *client)
{
	if (client->is_default)
		wait_event_interruptible(client->wq, has_pending_request(client) || is_destroying(client));
	else
		wait_event_interruptible(client->wq, has_pending_request(client) || kthread_should_stop());
	return is_destroying(client) ? -ENODEV : 0;
}

static bool is_cfg_addr(struct acrn_io_request *req)
{
	return req->type == ACRN_IOREQ_TYPE_PORTIO && req->reqs.pio_request.address == PCI_CONFIG_ADDRESS;
}

static bool is_cfg_data(struct acrn_io_request *req)
{
	return req->type == ACRN_IOREQ_TYPE_PORTIO && (req->reqs.pio_request.address & ~3ull) == PCI_CONFIG_DATA;
}

/* A write to 0xCF8 is kept here; with the access to 0xCFC that follows it becomes one PCI request. */
static bool handle_cf8cfc(struct acrn_vm *vm, struct acrn_io_request *req, u16 vcpu)
{
	struct acrn_pio_request *pio = &req->reqs.pio_request;
	struct acrn_pci_request *pci = &req->reqs.pci_request;
	u32 where = vm->pci_conf_addr, low = (u32)pio->address & 3;

	if (is_cfg_addr(req)) {
		if (pio->direction == ACRN_IOREQ_DIR_WRITE)
			vm->pci_conf_addr = pio->value;
		else
			pio->value = vm->pci_conf_addr;
		ioreq_complete_request(vm, vcpu, req);
		return true;
	}
	if (is_cfg_data(req)) {
		req->type = ACRN_IOREQ_TYPE_PCICFG;
		pci->bus = (where >> 16) & 0xff;
		pci->dev = (where >> 11) & 0x1f;
		pci->func = (where >> 8) & 0x7;
		pci->reg = (where & 0xfc) + low;
	}
	return false;
}

static bool acrn_in_range(struct acrn_ioreq_range *range, struct acrn_io_request *req)
{
	u64 first = req->reqs.mmio_request.address, last = first + req->reqs.mmio_request.size - 1;

	return range->type == req->type && first >= range->start && last <= range->end;
}

/* Whose range is it? Nobody's: then it is for acrn-dm. That is so for the console. */
static struct acrn_ioreq_client *find_ioreq_client(struct acrn_vm *vm, struct acrn_io_request *req)
{
	struct list_head *link, *piece;

	for (link = vm->ioreq_clients.next; link != &vm->ioreq_clients; link = link->next) {
		struct acrn_ioreq_client *some = list_to_client(link);

		for (piece = some->range_list.next; piece != &some->range_list; piece = piece->next)
			if (acrn_in_range(list_to_range(piece), req))
				return some;
	}
	return vm->default_client;
}

struct acrn_ioreq_client *acrn_ioreq_client_create(struct acrn_vm *vm, ioreq_handler_t handler, void *priv,
						   bool is_default, const char *name)
{
	struct acrn_ioreq_client *client = kzalloc(sizeof(*client), GFP_KERNEL);

	if (!client || (!handler && !is_default))
		return NULL;
	*client = (struct acrn_ioreq_client){ .is_default = is_default, .priv = priv, .vm = vm };
	snprintf(client->name, sizeof(client->name), "%s", name);
	init_waitqueue_head(&client->wq);
	INIT_LIST_HEAD(&client->range_list);
	client->handler = handler;
	spin_lock_bh(&vm->ioreq_clients_lock);
	if (!is_default)
		list_add_tail(&client->list, &vm->ioreq_clients);
	else
		vm->default_client = client;
	spin_unlock_bh(&vm->ioreq_clients_lock);
	if (handler)	/* acrn-dm brings a thread of its own */
		client->thread = kthread_run(ioreq_task, client, client->name);
	return client;
}

/* No request may be on its way to the client while it is taken away. */
void acrn_ioreq_client_destroy(struct acrn_ioreq_client *client)
{
	struct acrn_vm *owner = client->vm;
	struct list_head *link;

	ioreq_pause();
	client->destroying = true;
	if (!client->is_default)
		kthread_stop(client->thread);
	else
		wake_up_interruptible(&client->wq);	/* acrn-dm's thread: its ioctl ends */
	spin_lock_bh(&owner->ioreq_clients_lock);
	if (!client->is_default)
		list_del_init(&client->list);
	else
		owner->default_client = NULL;
	spin_unlock_bh(&owner->ioreq_clients_lock);
	while ((link = client->range_list.next) != &client->range_list) {
		list_del_init(link);
		kfree(list_to_range(link));
	}
	kfree(client);
	ioreq_resume();
}

/* Look at each vCPU's slot; what is PENDING becomes PROCESSING and its client is woken. */
static int acrn_ioreq_dispatch(struct acrn_vm *vm)
{
	struct acrn_io_request *slots = vm->ioreq_buf->req_slot;
	u16 vcpu;

	for (vcpu = 0; vcpu < vm->vcpu_num; vcpu++) {
		struct acrn_io_request *slot = &slots[vcpu];
		struct acrn_ioreq_client *taker;

		if (smp_load_acquire(&slot->processed) != ACRN_IOREQ_STATE_PENDING || handle_cf8cfc(vm, slot, vcpu))
			continue;
		spin_lock_bh(&vm->ioreq_clients_lock);
		taker = vm->clearing_ioreq ? NULL : find_ioreq_client(vm, slot);
		if (!taker) {
			ioreq_complete_request(vm, vcpu, slot);
		} else {
			slot->kernel_handled = !taker->is_default;
			smp_store_release(&slot->processed, ACRN_IOREQ_STATE_PROCESSING);
			__atomic_fetch_or(&taker->ioreqs_map, 1ul << vcpu, __ATOMIC_ACQ_REL);
			wake_up_interruptible(&taker->wq);
		}
		spin_unlock_bh(&vm->ioreq_clients_lock);
	}
	return 0;
}

/* Runs in the workqueue's thread. The upcall does not say which machine it is about: ask all. */
static void ioreq_dispatcher(struct work_struct *work)
{
	struct list_head *link = acrn_vm_list.next;

	(void)work;
	read_lock(&acrn_vm_list_lock);
	for (; link != &acrn_vm_list && list_to_vm(link)->ioreq_buf; link = link->next)
		acrn_ioreq_dispatch(list_to_vm(link));
	read_unlock(&acrn_vm_list_lock);
}

/* Interrupt context: only leave word for the thread. */
static void ioreq_intr_handler(void)
{
	queue_work(ioreq_wq, &ioreq_work);
}

/* Wait until nothing is being handed out, and hear no upcall. */
static void ioreq_pause(void)
{
	acrn_remove_intr_handler();
	drain_workqueue(ioreq_wq);
}

/* And look once, for an upcall may have been missed. */
static void ioreq_resume(void)
{
	acrn_setup_intr_handler(ioreq_intr_handler);
	(void)queue_work(ioreq_wq, &ioreq_work);
}

int acrn_ioreq_intr_setup(void)
{
	/* As in the real driver the handler comes first: an upcall before the next line would find no queue. */
	acrn_setup_intr_handler(ioreq_intr_handler);
	ioreq_wq = alloc_ordered_workqueue("ioreq_wq", WQ_MEM_RECLAIM | WQ_HIGHPRI);
	if (ioreq_wq)
		return 0;
	acrn_remove_intr_handler();
	return -ENOMEM;
}

/* Pin acrn-dm's request page and tell the hypervisor where it is: now three programs share it. */
int acrn_ioreq_init(struct acrn_vm *vm, u64 buf_vma)
{
	struct acrn_ioreq_buffer *note = kzalloc(sizeof(*note), GFP_KERNEL);
	long done;

	if (!note || pin_user_pages_fast(buf_vma, 1, FOLL_WRITE | FOLL_LONGTERM, &vm->ioreq_page) != 1)
		return -EFAULT;
	vm->ioreq_buf = page_address(vm->ioreq_page);
	note->ioreq_buf = page_to_phys(vm->ioreq_page);
	done = hcall_set_ioreq_buffer(vm->vmid, virt_to_phys(note));
	if (done < 0) {
		unpin_user_page(vm->ioreq_page);
		vm->ioreq_buf = NULL;
	}
	kfree(note);
	return (int)done;
}

void acrn_ioreq_deinit(struct acrn_vm *vm)
{
	struct acrn_ioreq_client *dm = vm->default_client;
	struct page *shared = vm->ioreq_buf ? vm->ioreq_page : NULL;

	while (!list_empty(&vm->ioreq_clients))
		acrn_ioreq_client_destroy(list_to_client(vm->ioreq_clients.next));
	if (dm)
		acrn_ioreq_client_destroy(dm);
	vm->ioreq_buf = NULL;
	if (shared)
		unpin_user_page(shared);
}
