/* io_req.h: port and memory accesses of a guest that somebody must answer. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_IO_REQ_H
#define SAMPLE_HV_IO_REQ_H

#include <acrn_common.h>
#include <list.h>

/* Who answers for which ports: a number for each. */
#define PCI_CFGADDR_PIO_IDX	3U
#define PCI_CFGDATA_PIO_IDX	4U
#define EMUL_PIO_IDX_MAX	16U

struct acrn_vm;
struct acrn_vcpu;

struct io_request {
	uint32_t io_type;
	union {
		struct acrn_pio_request pio_request;
		struct acrn_pci_request pci_request;
		struct acrn_mmio_request mmio_request;
		uint64_t data[8];
	} reqs;
};

/* An address whose writes need no answer. */
struct asyncio_desc {
	struct acrn_asyncio_info asyncio_info;
	struct list_head list;
};

typedef bool (*io_read_fn_t)(struct acrn_vcpu *vcpu, uint16_t port, size_t size);
typedef bool (*io_write_fn_t)(struct acrn_vcpu *vcpu, uint16_t port, size_t size, uint32_t val);
typedef int32_t (*hv_mem_io_handler_t)(struct io_request *io_req, void *handler_private_data);

struct vm_io_range {
	uint16_t base;
	uint16_t len;
};

/* Ports that the hypervisor answers itself. */
struct vm_io_handler_desc {
	uint16_t port_start;
	uint16_t port_end;
	io_read_fn_t io_read;
	io_write_fn_t io_write;
};

/* Memory that the hypervisor answers itself. */
struct mem_io_node {
	hv_mem_io_handler_t read_write;
	void *handler_private_data;
	uint64_t range_start;
	uint64_t range_end;
};

int32_t acrn_insert_request(struct acrn_vcpu *vcpu, const struct io_request *io_req);
uint32_t get_io_req_state(struct acrn_vm *vm, uint16_t vcpu_id);
void set_io_req_state(struct acrn_vm *vm, uint16_t vcpu_id, uint32_t state);
void set_hsm_notification_vector(uint32_t vector);
uint32_t get_hsm_notification_vector(void);
int32_t emulate_io(struct acrn_vcpu *vcpu, struct io_request *io_req);
void register_pio_emulation_handler(struct acrn_vm *vm, uint32_t pio_idx, const struct vm_io_range *range,
				    io_read_fn_t io_read_fn_ptr, io_write_fn_t io_write_fn_ptr);
void register_mmio_emulation_handler(struct acrn_vm *vm, hv_mem_io_handler_t read_write,
				     uint64_t start, uint64_t end, void *handler_private_data);
void deinit_emul_io(struct acrn_vm *vm);
void emulate_pio_complete(struct acrn_vcpu *vcpu, const struct io_request *io_req);
void arch_fire_hsm_interrupt(void);
int init_asyncio(struct acrn_vm *vm, uint64_t *hva);
void reset_vm_ioreqs(struct acrn_vm *vm);
int remove_asyncio(struct acrn_vm *vm, const struct acrn_asyncio_info *async_info);
int add_asyncio(struct acrn_vm *vm, const struct acrn_asyncio_info *async_info);

#endif
