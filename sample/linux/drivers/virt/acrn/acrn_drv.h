/* acrn_drv.h: the HSM driver's own types. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ACRN_DRV_H
#define SAMPLE_ACRN_DRV_H

#include <linux/acrn.h>
#include <linux/miscdevice.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "hypercall.h"

#define ACRN_NAME_LEN		16
#define ACRN_INVALID_VMID	(0xffffU)
#define ACRN_MEMMAP_RAM		0
#define ACRN_MEMMAP_MMIO	1
#define ACRN_MEM_MAPPING_MAX	256

struct acrn_vm;
struct acrn_ioreq_client;

extern struct miscdevice acrn_dev;
extern struct list_head acrn_vm_list;
extern rwlock_t acrn_vm_list_lock;

struct acrn_ioreq_buffer {
	u64 ioreq_buf;
};

/* A range of addresses that a client wants to see. */
struct acrn_ioreq_range {
	struct list_head list;
	u32 type;
	u64 start;
	u64 end;
};

typedef int (*ioreq_handler_t)(struct acrn_ioreq_client *client, struct acrn_io_request *req);

/* Somebody who answers I/O requests: a kernel thread with a handler, or acrn-dm (the default client, no handler). */
struct acrn_ioreq_client {
	char name[ACRN_NAME_LEN];
	struct acrn_vm *vm;
	struct list_head list;
	bool is_default;
	bool destroying;
	struct list_head range_list;
	rwlock_t range_lock;
	unsigned long ioreqs_map;	/* bit n: vCPU n has a request for us */
	ioreq_handler_t handler;
	struct task_struct *thread;
	wait_queue_head_t wq;
	void *priv;
};

struct acrn_vm {
	struct list_head list;
	u16 vmid;
	int vcpu_num;
	spinlock_t ioreq_clients_lock;
	struct list_head ioreq_clients;
	struct acrn_ioreq_client *default_client;
	struct acrn_io_request_buffer *ioreq_buf;
	struct page *ioreq_page;
	u32 pci_conf_addr;
	struct mutex ioeventfds_lock;
	struct list_head ioeventfds;
	struct acrn_ioreq_client *ioeventfd_client;
	struct mutex irqfds_lock;
	struct list_head irqfds;
	struct workqueue_struct *irqfd_wq;
	bool clearing_ioreq;	/* it is being reset: answer every request at once */
	struct page *ram[ACRN_MEM_MAPPING_MAX];
	int ram_count;
};

struct acrn_vm *acrn_vm_create(struct acrn_vm *vm, struct acrn_vm_creation *vm_param);
int acrn_vm_destroy(struct acrn_vm *vm);
int acrn_msi_inject(struct acrn_vm *vm, u64 msi_addr, u64 msi_data);
int acrn_vm_memseg_unmap(struct acrn_vm *vm, struct acrn_vm_memmap *memmap);
void acrn_vm_all_ram_unmap(struct acrn_vm *vm);
int acrn_vm_memseg_map(struct acrn_vm *vm, struct acrn_vm_memmap *memmap);
int acrn_vm_ram_map(struct acrn_vm *vm, struct acrn_vm_memmap *memmap);
int acrn_ioreq_init(struct acrn_vm *vm, u64 buf_vma);
void acrn_ioreq_deinit(struct acrn_vm *vm);
int acrn_ioreq_intr_setup(void);
void acrn_ioreq_request_clear(struct acrn_vm *vm);
void acrn_ioreq_client_destroy(struct acrn_ioreq_client *client);
void acrn_ioreq_range_del(struct acrn_ioreq_client *client, u32 type, u64 start, u64 end);
int acrn_ioreq_client_wait(struct acrn_ioreq_client *client);
int acrn_ioreq_request_default_complete(struct acrn_vm *vm, u16 vcpu);
struct acrn_ioreq_client *acrn_ioreq_client_create(struct acrn_vm *vm, ioreq_handler_t handler, void *priv,
						   bool is_default, const char *name);
int acrn_ioreq_range_add(struct acrn_ioreq_client *client, u32 type, u64 start, u64 end);
int acrn_ioeventfd_init(struct acrn_vm *vm);
int acrn_ioeventfd_config(struct acrn_vm *vm, struct acrn_ioeventfd *args);
void acrn_ioeventfd_deinit(struct acrn_vm *vm);
int acrn_irqfd_init(struct acrn_vm *vm);
int acrn_irqfd_config(struct acrn_vm *vm, struct acrn_irqfd *args);
void acrn_irqfd_deinit(struct acrn_vm *vm);

#endif
