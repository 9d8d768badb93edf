#define HC_ID 0x80UL
#define HC_MAKE(x) ((HC_ID << 24) | (x))
#define HC_INJECT HC_MAKE(0x20)
#define HC_NOTIFY HC_MAKE(0x21)
#define HC_OTHER HC_MAKE(0x22)
#define HC_IDX(id) ((id) & 0xffUL)
#define HYPERVISOR_CALLBACK_HSM_VECTOR 0xF3U
#define NOTIFY_VCPU_VECTOR 0xF0U
