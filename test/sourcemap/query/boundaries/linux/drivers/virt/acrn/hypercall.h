#define DEMO_ID 0x80UL
#define DEMO_MAKE(x) ((DEMO_ID << 24) | (x))
#define HC_INJECT DEMO_MAKE(0x20)
#define HC_NOTIFY DEMO_MAKE(0x21)
#define HC_OTHER DEMO_MAKE(0x29)

static inline long hcall_inject(unsigned long msi) /*= by direct_call inject_msi */
{
	return acrn_hypercall1(HC_INJECT, msi);
}

static inline long hcall_notify_finish(unsigned long vcpu) /*= by direct_call demo_ioctl */
{
	return acrn_hypercall1(HC_NOTIFY, vcpu);
}

static inline long hcall_other(unsigned long value)
{
	return acrn_hypercall1(HC_OTHER, value);
}
