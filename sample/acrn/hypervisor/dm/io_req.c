/* io_req.c: answers a guest's access itself or hands it to the Service VM by the shared page. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <asm/irq.h>
#include <errno.h>
#include <logmsg.h>
#include <rtl.h>
#include <sbuf.h>

#define list_to_asyncio(link)	container_of(link, struct asyncio_desc, list)

/* Which vector the Service VM's kernel is told by. */
static uint32_t upcall_vector = HYPERVISOR_CALLBACK_HSM_VECTOR;

/* Nobody waits for an answer any more. */
void reset_vm_ioreqs(struct acrn_vm *vm)
{
	uint16_t slot = ACRN_IO_REQUEST_MAX;

	while (slot-- > 0U)
		set_io_req_state(vm, slot, ACRN_IOREQ_STATE_FREE);
}

/* An address whose writes are queued instead of answered. */
int add_asyncio(struct acrn_vm *vm, const struct acrn_asyncio_info *async_info)
{
	uint32_t i = 0U;

	while (i < ACRN_ASYNCIO_MAX && vm->aio_desc[i].asyncio_info.addr != 0UL) {
		i++;
	}
	if (i == ACRN_ASYNCIO_MAX) {
		return -1;
	}
	vm->aio_desc[i].asyncio_info = *async_info;
	list_add_node(&vm->aio_desc[i].list, &vm->aiodesc_queue, vm->aiodesc_queue.next);
	return 0;
}

int remove_asyncio(struct acrn_vm *vm, const struct acrn_asyncio_info *async_info)
{
	struct list_head *ring = &vm->aiodesc_queue, *link;
	struct acrn_asyncio_info *some = NULL;

	spinlock_obtain(&vm->asyncio_lock);
	for (link = ring->next; link != ring; link = link->next) {
		some = &list_to_asyncio(link)->asyncio_info;
		if (some->addr == async_info->addr && some->fd == async_info->fd)
			break;
	}
	if (link != ring) {
		list_del_init(link);
		some->addr = 0UL;
	}
	spinlock_release(&vm->asyncio_lock);
	return link != ring ? 0 : -1;
}

static inline bool has_complete_ioreq(const struct acrn_vcpu *vcpu)
{
	return get_io_req_state(vcpu->vm, vcpu->vcpu_id) == ACRN_IOREQ_STATE_COMPLETE;
}

/* Is the address one of those? The stock console has none. */
static struct asyncio_desc *get_asyncio_desc(struct acrn_vcpu *vcpu, const struct io_request *io_req)
{
	const struct acrn_mmio_request *access = &io_req->reqs.mmio_request;
	uint32_t type = io_req->io_type == ACRN_IOREQ_TYPE_PORTIO ? ACRN_ASYNCIO_PIO : ACRN_ASYNCIO_MMIO;
	struct list_head *ring = &vcpu->vm->aiodesc_queue, *link;

	if (vcpu->vm->sw.asyncio_sbuf == NULL) {
		return NULL;
	}
	for (link = ring->next; link != ring; link = link->next) {
		struct acrn_asyncio_info *some = &list_to_asyncio(link)->asyncio_info;

		if (some->addr == access->address && some->type == type &&
			(some->match_data == 0U || some->data == (uint32_t)access->value)) {
			return list_to_asyncio(link);
		}
	}
	return NULL;
}

static int acrn_insert_asyncio(struct acrn_vcpu *vcpu, const uint64_t asyncio_fd)
{
	struct shared_buf *queue = vcpu->vm->sw.asyncio_sbuf;
	uint32_t stored;

	do {
		stored = sbuf_put(queue, (uint8_t *)&asyncio_fd, sizeof(asyncio_fd));
	} while (stored == 0U);	/* full: until the Service VM has taken one out */
	arch_fire_hsm_interrupt();
	return 0;
}

/* Fill the virtual CPU's slot, mark it PENDING, raise the upcall, and wait for the answer. */
int32_t acrn_insert_request(struct acrn_vcpu *vcpu, const struct io_request *io_req)
{
	struct acrn_vm *guest = vcpu->vm;
	struct acrn_io_request_buffer *req_buf = guest->sw.io_shared_page;
	struct acrn_io_request *acrn_io_req;
	uint16_t cur = vcpu->vcpu_id;	/* one slot per virtual CPU */
	bool poll = guest->sw.is_polling_ioreq;

	if (get_io_req_state(guest, cur) != ACRN_IOREQ_STATE_FREE)
		return -EINVAL;
	acrn_io_req = &req_buf->req_slot[cur];
	stac();
	(void)memcpy_s(&acrn_io_req->reqs, sizeof(io_req->reqs), &io_req->reqs, sizeof(io_req->reqs));
	acrn_io_req->type = io_req->io_type;
	acrn_io_req->completion_polling = poll ? 1U : 0U;
	clac();
	/* The state last: whoever sees PENDING must see the rest. */
	cpu_write_memory_barrier();
	set_io_req_state(guest, cur, ACRN_IOREQ_STATE_PENDING);
	arch_fire_hsm_interrupt();
	if (!poll)
		wait_event(&vcpu->events[VCPU_EVENT_IOREQ]);
	while (poll && !has_complete_ioreq(vcpu))
		asm_pause();
	return 0;
}

uint32_t get_io_req_state(struct acrn_vm *vm, uint16_t vcpu_id)
{
	struct acrn_io_request_buffer *page = vm->sw.io_shared_page;
	uint32_t state = 0xffffffffU;

	if (page != NULL) {
		stac();
		state = page->req_slot[vcpu_id].processed;
		clac();
	}
	return state;
}

/* The hypervisor itself only ever sets PENDING and FREE. */
void set_io_req_state(struct acrn_vm *vm, uint16_t vcpu_id, uint32_t state)
{
	struct acrn_io_request_buffer *page = vm->sw.io_shared_page;

	if (page != NULL) {
		stac();
		page->req_slot[vcpu_id].processed = state;
		clac();
	}
}

int init_asyncio(struct acrn_vm *vm, uint64_t *hva)
{
	struct shared_buf *sbuf = (void *)hva;

	if (sbuf == NULL || sbuf->magic != SBUF_MAGIC) {
		return -1;
	}
	spinlock_init(&vm->asyncio_lock);
	INIT_LIST_HEAD(&vm->aiodesc_queue);
	vm->sw.asyncio_sbuf = sbuf;
	return 0;
}

void set_hsm_notification_vector(uint32_t vector)
{
	upcall_vector = vector;
}

uint32_t get_hsm_notification_vector(void)
{
	return upcall_vector;
}

/* For a load the instruction is finished now that the value is known. */
static void emulate_mmio_complete(struct acrn_vcpu *vcpu, const struct io_request *io_req)
{
	const struct acrn_mmio_request *access = &io_req->reqs.mmio_request;

	if (access->direction == ACRN_IOREQ_DIR_READ && emulate_instruction(vcpu) != 0)
		pr_err("the answer to a load at 0x%lx is lost", access->address);
}

/* Take the answer out of the slot and free it for the next request. */
static void complete_ioreq(struct acrn_vcpu *vcpu, struct io_request *io_req)
{
	struct acrn_io_request_buffer *page = vcpu->vm->sw.io_shared_page;
	struct acrn_io_request *slot = &page->req_slot[vcpu->vcpu_id];

	stac();
	if (io_req != NULL && io_req->io_type == ACRN_IOREQ_TYPE_PORTIO) {
		io_req->reqs.pio_request.value = slot->reqs.pio_request.value;
	} else if (io_req != NULL) {
		io_req->reqs.mmio_request.value = slot->reqs.mmio_request.value;
	}
	slot->processed = ACRN_IOREQ_STATE_FREE;
	clac();
}

static void dm_emulate_pio_complete(struct acrn_vcpu *vcpu)
{
	complete_ioreq(vcpu, &vcpu->req);
	emulate_pio_complete(vcpu, &vcpu->req);
}

static void dm_emulate_mmio_complete(struct acrn_vcpu *vcpu)
{
	complete_ioreq(vcpu, &vcpu->req);
	emulate_mmio_complete(vcpu, &vcpu->req);
}

/* The Service VM has answered. */
static void dm_emulate_io_complete(struct acrn_vcpu *vcpu)
{
	uint32_t type = vcpu->req.io_type;
	bool answered = has_complete_ioreq(vcpu);

	if (answered) {
		if (type == ACRN_IOREQ_TYPE_PORTIO)
			dm_emulate_pio_complete(vcpu);
		else if (type == ACRN_IOREQ_TYPE_MMIO)
			dm_emulate_mmio_complete(vcpu);
		else
			complete_ioreq(vcpu, NULL);
	}
}

/* Does the hypervisor answer this port itself? Not the console's. */
static int32_t hv_emulate_pio(struct acrn_vcpu *vcpu, struct io_request *io_req)
{
	struct acrn_pio_request *pio = &io_req->reqs.pio_request;
	uint16_t port = (uint16_t)pio->address, size = (uint16_t)pio->size;
	uint32_t i;

	for (i = 0U; i < EMUL_PIO_IDX_MAX; i++) {
		struct vm_io_handler_desc *own = &vcpu->vm->emul_pio[i];

		if (port < own->port_start || port >= own->port_end) {
			continue;
		}
		if (pio->direction == ACRN_IOREQ_DIR_WRITE && own->io_write != NULL) {
			return own->io_write(vcpu, port, size, pio->value) ? 0 : -ENODEV;
		}
		if (pio->direction == ACRN_IOREQ_DIR_READ && own->io_read != NULL) {
			return own->io_read(vcpu, port, size) ? 0 : -ENODEV;
		}
	}
	return -ENODEV;
}

static int32_t hv_emulate_mmio(struct acrn_vcpu *vcpu, struct io_request *io_req)
{
	const struct acrn_mmio_request *access = &io_req->reqs.mmio_request;
	uint64_t first = access->address, end = first + access->size;
	uint16_t i;

	for (i = 0U; i < vcpu->vm->nr_emul_mmio_regions; i++) {
		struct mem_io_node *own = &vcpu->vm->emul_mmio[i];

		if (first >= own->range_start && end <= own->range_end) {
			return own->read_write(io_req, own->handler_private_data);
		}
	}
	return -ENODEV;
}

/* First ourselves; if nobody here knows the address, the Service VM. */
int32_t emulate_io(struct acrn_vcpu *vcpu, struct io_request *io_req)
{
	bool port = io_req->io_type == ACRN_IOREQ_TYPE_PORTIO;
	int32_t status = port ? hv_emulate_pio(vcpu, io_req) : hv_emulate_mmio(vcpu, io_req);
	struct asyncio_desc *queued;

	if (status == 0) {
		if (port) {
			emulate_pio_complete(vcpu, io_req);
		} else {
			emulate_mmio_complete(vcpu, io_req);
		}
	}
	if (status != -ENODEV || !is_postlaunched_vm(vcpu->vm)) {
		return status;
	}
	queued = get_asyncio_desc(vcpu, io_req);
	if (queued != NULL) {
		return acrn_insert_asyncio(vcpu, queued->asyncio_info.fd);
	}
	if (acrn_insert_request(vcpu, io_req) != 0) {
		pr_fatal("the slot of vCPU %u is not free", vcpu->vcpu_id);
		return -EINVAL;
	}
	dm_emulate_io_complete(vcpu);
	return 0;
}

void register_pio_emulation_handler(struct acrn_vm *vm, uint32_t pio_idx, const struct vm_io_range *range,
				    io_read_fn_t io_read_fn_ptr, io_write_fn_t io_write_fn_ptr)
{
	struct vm_io_handler_desc *entry = &vm->emul_pio[pio_idx];

	entry->port_start = range->base;
	entry->port_end = (uint16_t)(range->base + range->len);
	entry->io_read = io_read_fn_ptr;
	entry->io_write = io_write_fn_ptr;
}

void register_mmio_emulation_handler(struct acrn_vm *vm, hv_mem_io_handler_t read_write,
				     uint64_t start, uint64_t end, void *handler_private_data)
{
	struct mem_io_node *entry = &vm->emul_mmio[vm->nr_emul_mmio_regions];

	spinlock_obtain(&vm->emul_mmio_lock);
	*entry = (struct mem_io_node){ read_write, handler_private_data, start, end };
	vm->nr_emul_mmio_regions++;
	spinlock_release(&vm->emul_mmio_lock);
}

/* The hypervisor answers for no address of this machine any more. */
void deinit_emul_io(struct acrn_vm *vm)
{
	uint32_t i = EMUL_PIO_IDX_MAX;

	while (i-- > 0U)
		vm->emul_pio[i] = (struct vm_io_handler_desc){ 0U, 0U, NULL, NULL };
	while (vm->nr_emul_mmio_regions > 0U)
		vm->emul_mmio[--vm->nr_emul_mmio_regions] = (struct mem_io_node){ NULL, NULL, 0UL, 0UL };
}
