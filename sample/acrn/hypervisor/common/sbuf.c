/* sbuf.c: a ring in a shared page; the hypervisor puts in, the Service VM takes out. SPDX-License-Identifier: MIT */
#include <asm/cpu.h>
#include <asm/guest/vm.h>
#include <errno.h>
#include <rtl.h>
#include <sbuf.h>

/* The answer is the number of bytes stored: 0 if the ring is full. One place always stays empty. */
uint32_t sbuf_put(struct shared_buf *sbuf, uint8_t *data, uint32_t max_len)
{
	uint8_t *elements = (uint8_t *)sbuf + SBUF_HEAD_SIZE;
	uint32_t size = sbuf->ele_size, next = sbuf->tail + size;

	next = next < sbuf->size ? next : 0U;
	if (max_len < size || next == sbuf->head) {
		return 0U;
	}
	stac();
	(void)memcpy_s(elements + sbuf->tail, size, data, size);
	cpu_write_memory_barrier();	/* the element first, then the word that it is there */
	sbuf->tail = next;
	clac();
	return size;
}

/* The Service VM has made a ring: whose is it? */
int32_t sbuf_setup_common(struct acrn_vm *vm, uint16_t cpu_id, uint32_t sbuf_id, uint64_t *hva)
{
	(void)cpu_id;
	return sbuf_id == ACRN_ASYNCIO ? init_asyncio(vm, hva) : -EINVAL;
}
