/* list.h: the kernel's ring of links; an empty ring points at itself. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_LIST_H
#define SAMPLE_LIST_H

#include <linux/kernel.h>

#define LIST_HEAD(name)	struct list_head name = { &(name), &(name) }

static inline void INIT_LIST_HEAD(struct list_head *head)
{
	head->next = head->prev = head;
}

static inline void __list_add(struct list_head *node, struct list_head *before, struct list_head *after)
{
	node->prev = before;
	node->next = after;
	before->next = after->prev = node;
}

static inline void list_add(struct list_head *node, struct list_head *head)
{
	__list_add(node, head, head->next);
}

static inline void list_add_tail(struct list_head *node, struct list_head *head)
{
	__list_add(node, head->prev, head);
}

static inline void list_del_init(struct list_head *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	INIT_LIST_HEAD(node);
}

static inline bool list_empty(const struct list_head *head)
{
	return head == head->next;
}

#endif
