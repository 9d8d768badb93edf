/* acrn.c: the hypervisor's upcall to the Service VM. SPDX-License-Identifier: MIT */
#include <asm/acrn.h>
#include <asm/apic.h>
#include <asm/hypervisor.h>
#include <asm/idtentry.h>

static u32 acrn_detect(void)
{
	const char *signature = "ACRNACRNACRN";

	return hypervisor_cpuid_base(signature, 0);
}

/* From now on the upcall's vector leads to the entry function below. */
static void acrn_init_platform(void)
{
	sysvec_install(HYPERVISOR_CALLBACK_VECTOR, sysvec_acrn_hv_callback);
}

static void (*acrn_intr_handler)(void);

/* An I/O request is waiting: acknowledge, then call whoever has signed up. */
DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)
{
	(void)regs;
	apic_eoi();
	if (acrn_intr_handler != (void (*)(void))0)
		acrn_intr_handler();
}

void acrn_setup_intr_handler(void (*handler)(void))
{
	acrn_intr_handler = handler;
}

void acrn_remove_intr_handler(void)
{
	acrn_intr_handler = (void (*)(void))0;
}

const struct hypervisor_x86 x86_hyper_acrn = {
	.name = "ACRN",
	.detect = acrn_detect,
	.type = X86_HYPER_ACRN,
	.init.init_platform = acrn_init_platform,
};
