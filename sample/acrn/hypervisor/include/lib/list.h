/* list.h: a ring of links. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_LIST_H
#define SAMPLE_HV_LIST_H

#include <types.h>

struct list_head {
	struct list_head *next, *prev;
};

/* From the address of a member back to the struct that holds it. */
#define container_of(inner, type, member) \
	((type *)((char *)(inner) - __builtin_offsetof(type, member)))

static inline void INIT_LIST_HEAD(struct list_head *ring)
{
	ring->next = ring->prev = ring;
}

static inline void list_add_node(struct list_head *node, struct list_head *prev, struct list_head *next)
{
	node->prev = prev;
	node->next = next;
	prev->next = next->prev = node;
}

static inline void list_del_init(struct list_head *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	INIT_LIST_HEAD(node);
}

static inline bool list_empty(const struct list_head *ring)
{
	return ring == ring->next;
}

#endif
