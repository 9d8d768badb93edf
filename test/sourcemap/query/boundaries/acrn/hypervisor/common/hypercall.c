#include "numbers.h"

struct vcpu;

struct hc_dispatch {
	int (*handler)(struct vcpu *vcpu, unsigned long a);
};

int hcall_inject(struct vcpu *vcpu, unsigned long a) /*= by fptr_call dispatch_hypercall, by hypercall hcall_inject */
{
	return 0;
}

int hcall_notify(struct vcpu *vcpu, unsigned long a) /*= by fptr_call dispatch_hypercall, by hypercall hcall_notify_finish */
{
	return 0;
}

/* The kernel's number for this one differs. */
int hcall_other(struct vcpu *vcpu, unsigned long a) /*= by fptr_call dispatch_hypercall */
{
	return 0;
}

static const struct hc_dispatch hc_dispatch_table[] = {
	[HC_IDX(HC_INJECT)] = {
		.handler = hcall_inject},
	[HC_IDX(HC_NOTIFY)] = {
		.handler = hcall_notify},
	[HC_IDX(HC_OTHER)] = {
		.handler = hcall_other},
};

int dispatch_hypercall(struct vcpu *vcpu, unsigned long id)
{
	const struct hc_dispatch *dispatch = &hc_dispatch_table[HC_IDX(id)];

	return dispatch->handler(vcpu, 0);
}
