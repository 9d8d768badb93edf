#include <asm/idtentry.h>
#include <linux/interrupt.h>

#define HYPERVISOR_CALLBACK_VECTOR 0xf3

static void (*upcall)(void);

DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback) /*= by interrupt_vector fire_upcall */
{
	if (upcall)
		upcall();
}

void setup_upcall(void (*handler)(void)) /*= by direct_call start_driver */
{
	upcall = handler;
}

void install_upcall(void)
{
	sysvec_install(HYPERVISOR_CALLBACK_VECTOR, sysvec_acrn_hv_callback);
}

void start_driver(void)
{
	setup_upcall(on_upcall);
}
