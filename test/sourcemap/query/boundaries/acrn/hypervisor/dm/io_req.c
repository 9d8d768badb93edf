#include "numbers.h"

struct vcpu;
struct sched_event {
	int set;
};

struct vm_events {
	struct sched_event events[4];
};

#define EVENT_IOREQ 1
#define EVENT_IRQ 2

static unsigned int hsm_vector = HYPERVISOR_CALLBACK_HSM_VECTOR;

unsigned int get_hsm_vector(void) /*= by direct_call fire_upcall */
{
	return hsm_vector;
}

void vlapic_set_intr(struct vcpu *vcpu, unsigned int vector, int level);
void send_single_ipi(int cpu, unsigned int vector);

void fire_upcall(struct vcpu *vcpu)
{
	vlapic_set_intr(vcpu, get_hsm_vector(), 0);
}

void kick_cpu(int cpu)
{
	send_single_ipi(cpu, NOTIFY_VCPU_VECTOR);
}

/* Another vector goes to another handler. */
void send_other(struct vcpu *vcpu)
{
	vlapic_set_intr(vcpu, 0x30U, 0);
}

void kick_notification(unsigned int irq, void *data) /*= by interrupt_vector kick_cpu */
{
}

void request_notification_irq(void (*func)(unsigned int, void *), void *data) /*= by direct_call setup_notification */
{
}

void setup_notification(void)
{
	request_notification_irq(kick_notification, NULL);
}

void wait_event(struct sched_event *event);
void signal_event(struct sched_event *event);

/* Two elements of one array of events are two events. */
void wait_for_request(struct vm_events *vm) /*= by waitqueue_wake finish_request_event */
{
	wait_event(&vm->events[EVENT_IOREQ]);
}

void wait_for_interrupt(struct vm_events *vm) /*= by waitqueue_wake raise_interrupt */
{
	wait_event(&vm->events[EVENT_IRQ]);
}

void finish_request_event(struct vm_events *vm)
{
	signal_event(&vm->events[EVENT_IOREQ]);
}

void raise_interrupt(struct vm_events *vm)
{
	signal_event(&vm->events[EVENT_IRQ]);
}
