/* hvc_console.h: terminals of a hypervisor, whatever carries the bytes. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HVC_CONSOLE_H
#define SAMPLE_HVC_CONSOLE_H

#include <linux/tty.h>

#define MAX_NR_HVC_CONSOLES	16
#define HVC_ALLOC_TTY_ADAPTERS	8
#define HVC_MAJOR		229

struct hvc_struct {
	struct tty_port port;
	spinlock_t lock;
	int index;
	int do_wakeup;
	int outbuf_size;
	int n_outbuf;
	uint32_t vtermno;
	const struct hv_ops *ops;
	int irq_requested;
	int data;
	struct list_head next;
	u8 outbuf[];
};

/* What carries the bytes: here virtio_console. */
struct hv_ops {
	ssize_t (*get_chars)(uint32_t vtermno, u8 *buf, size_t count);
	ssize_t (*put_chars)(uint32_t vtermno, const u8 *buf, size_t count);
	int (*notifier_add)(struct hvc_struct *hp, int irq);
	void (*notifier_del)(struct hvc_struct *hp, int irq);
};

int hvc_instantiate(uint32_t vtermno, int index, const struct hv_ops *ops);
struct hvc_struct *hvc_alloc(uint32_t vtermno, int data, const struct hv_ops *ops, int outbuf_size);
int hvc_poll(struct hvc_struct *hp);
void hvc_kick(void);

#endif
