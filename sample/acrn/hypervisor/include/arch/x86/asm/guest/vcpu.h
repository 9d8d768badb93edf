/* vcpu.h: a virtual CPU; it runs as one thread of the hypervisor. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VCPU_H
#define SAMPLE_HV_VCPU_H

#include <asm/cpu.h>
#include <asm/guest/instr_emul.h>
#include <asm/guest/vlapic.h>
#include <asm/page.h>
#include <event.h>
#include <io_req.h>
#include <schedule.h>

#define ACRN_REQUEST_EXCP	0U
#define ACRN_REQUEST_EVENT	1U
#define ACRN_REQUEST_INIT_VMCS	14U

#define VCPU_EVENT_IOREQ	0	/* an I/O request is being answered */
#define VCPU_EVENT_VIRTUAL_INTERRUPT	1
#define VCPU_EVENT_NUM		2

#define CONFIG_STACK_SIZE	8192U

enum vcpu_state {
	VCPU_OFFLINE = 0,
	VCPU_INIT,
	VCPU_RUNNING,
	VCPU_ZOMBIE
};

struct run_context {
	uint64_t gprs[CPU_REG_COUNT];
	uint64_t rip;
};

struct acrn_vcpu_arch {
	uint8_t vmcs[PAGE_SIZE];
	struct acrn_vlapic vlapic;
	struct pi_desc pid;
	struct run_context context;
	uint32_t exit_reason;
	uint64_t exit_qualification;
	uint32_t inst_len;
	uint64_t pending_req;
	uint32_t exception;	/* what acrn_handle_pending_request shall inject */
};

struct acrn_vcpu {
	uint8_t stack[CONFIG_STACK_SIZE];
	struct acrn_vcpu_arch arch;
	uint16_t vcpu_id;
	struct acrn_vm *vm;
	volatile enum vcpu_state state;
	struct thread_object thread_obj;
	bool launched;
	struct instr_emul_ctxt inst_ctxt;
	struct io_request req;
	struct sched_event events[VCPU_EVENT_NUM];
};

#define thread_to_vcpu(thread)	container_of(thread, struct acrn_vcpu, thread_obj)
#define vlapic2vcpu(controller)	container_of(controller, struct acrn_vcpu, arch.vlapic)

/* The instruction shall run again: do not step over it. */
static inline void vcpu_retain_rip(struct acrn_vcpu *vcpu)
{
	vcpu->arch.inst_len = 0U;
}

static inline struct acrn_vlapic *vcpu_vlapic(struct acrn_vcpu *vcpu)
{
	return &vcpu->arch.vlapic;
}

static inline struct pi_desc *get_pi_desc(struct acrn_vcpu *vcpu)
{
	return &vcpu->arch.pid;
}

uint16_t pcpuid_from_vcpu(const struct acrn_vcpu *vcpu);
uint64_t vcpu_get_gpreg(const struct acrn_vcpu *vcpu, uint32_t reg);
void vcpu_set_gpreg(struct acrn_vcpu *vcpu, uint32_t reg, uint64_t val);
void set_vcpu_regs(struct acrn_vcpu *vcpu, struct acrn_regs *vcpu_regs);
void vcpu_set_state(struct acrn_vcpu *vcpu, enum vcpu_state new_state);
void vcpu_make_request(struct acrn_vcpu *vcpu, uint16_t eventid);
void vcpu_inject_gp(struct acrn_vcpu *vcpu, uint32_t err_code);
void vcpu_inject_ud(struct acrn_vcpu *vcpu);
int32_t prepare_vcpu(struct acrn_vm *vm, uint16_t pcpu_id);
int32_t run_vcpu(struct acrn_vcpu *vcpu);
void kick_vcpu(struct acrn_vcpu *vcpu);
void launch_vcpu(struct acrn_vcpu *vcpu);
void reset_vcpu(struct acrn_vcpu *vcpu, enum reset_mode mode);
void offline_vcpu(struct acrn_vcpu *vcpu);
void zombie_vcpu(struct acrn_vcpu *vcpu, enum vcpu_state new_state);
void vcpu_thread(struct thread_object *obj);
int32_t vmx_vmrun(struct run_context *context, int32_t ops);

#endif
