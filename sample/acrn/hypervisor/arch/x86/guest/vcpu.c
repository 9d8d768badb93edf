/* vcpu.c: makes virtual CPUs and runs them. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <asm/irq.h>
#include <asm/lapic.h>
#include <asm/per_cpu.h>
#include <asm/vmx.h>
#include <errno.h>
#include <logmsg.h>
#include <rtl.h>

/* What arch_switch_to pops the first time. */
struct stack_frame {
	uint64_t callee_saved[6];
	uint64_t rflag;
	uint64_t rip;
};

uint64_t vcpu_get_gpreg(const struct acrn_vcpu *vcpu, uint32_t reg)
{
	return vcpu->arch.context.gprs[reg];
}

void vcpu_set_gpreg(struct acrn_vcpu *vcpu, uint32_t reg, uint64_t val)
{
	vcpu->arch.context.gprs[reg] = val;
}

static void vcpu_set_rip(struct acrn_vcpu *vcpu, uint64_t val)
{
	vcpu->arch.context.rip = val;
}

/* A fresh start. The interrupt controller gets the operations that this machine's processor allows. */
static void vcpu_reset_internal(struct acrn_vcpu *vcpu, enum reset_mode mode)
{
	struct sched_event *event = vcpu->events;

	(void)memset(&vcpu->arch.context, 0U, sizeof(vcpu->arch.context));
	while (event < vcpu->events + VCPU_EVENT_NUM)
		reset_event(event++);
	vlapic_reset(vcpu_vlapic(vcpu), apicv_ops, mode);
	vcpu->launched = false;
}

/* Where to begin, and with what in the registers. */
void set_vcpu_regs(struct acrn_vcpu *vcpu, struct acrn_regs *vcpu_regs)
{
	const struct acrn_gp_regs *wanted = &vcpu_regs->gprs;

	vcpu_set_gpreg(vcpu, CPU_REG_RAX, wanted->rax);
	vcpu_set_gpreg(vcpu, CPU_REG_RBX, wanted->rbx);
	vcpu_set_gpreg(vcpu, CPU_REG_RSI, wanted->rsi);	/* for Linux: its boot parameters */
	vcpu_set_rip(vcpu, vcpu_regs->rip);
}

static int32_t create_vcpu(uint16_t pcpu_id, struct acrn_vm *vm, struct acrn_vcpu **rtn_vcpu_handle)
{
	uint16_t number = vm->hw.created_vcpus;
	struct acrn_vcpu *fresh;

	if (number >= MAX_VCPUS_PER_VM) {
		return -EINVAL;
	}
	fresh = vcpu_from_vid(vm, number);
	(void)memset(fresh, 0U, sizeof(*fresh));
	fresh->vcpu_id = number;
	fresh->vm = vm;
	fresh->arch.pid.control.bits.nv = (uint8_t)(POSTED_INTR_VECTOR + vm->vm_id);
	vlapic_create(fresh, pcpu_id);
	vcpu_reset_internal(fresh, POWER_ON_RESET);
	vcpu_set_state(fresh, VCPU_INIT);
	vm->hw.created_vcpus++;
	*rtn_vcpu_handle = fresh;
	return 0;
}

static inline int32_t exec_vmentry(struct run_context *ctx, int32_t launch_type)
{
	return vmx_vmrun(ctx, launch_type);
}

/* Into the guest; back here when it exits. After an emulated instruction the guest goes on behind it. */
int32_t run_vcpu(struct acrn_vcpu *vcpu)
{
	struct run_context *ctx = &vcpu->arch.context;
	int32_t status;

	if (!vcpu->launched) {
		vcpu->launched = true;
		exec_vmwrite(VMX_GUEST_RIP, ctx->rip);
		status = exec_vmentry(ctx, VM_LAUNCH);
	} else {
		exec_vmwrite(VMX_GUEST_RIP, exec_vmread(VMX_GUEST_RIP) + vcpu->arch.inst_len);
		status = exec_vmentry(ctx, VM_RESUME);
	}
	/* The processor has left in the VMCS why it came back, and behind how long an instruction to go on. */
	vcpu->arch.exit_reason = (uint32_t)exec_vmread(VMX_EXIT_REASON);
	vcpu->arch.inst_len = (uint32_t)exec_vmread(VMX_EXIT_INSTR_LEN);
	return status;
}

void offline_vcpu(struct acrn_vcpu *vcpu)
{
	vcpu_set_state(vcpu, VCPU_OFFLINE);
}

/* If it is in its guest right now, take it out. */
void kick_vcpu(struct acrn_vcpu *vcpu)
{
	uint16_t home = pcpuid_from_vcpu(vcpu);

	if (home != get_pcpu_id() && per_cpu(vmcs_run, home) == vcpu->arch.vmcs) {
		kick_pcpu(home);
	}
}

/* So that the first switch to the thread "returns" into its entry function. */
static uint64_t build_stack_frame(struct acrn_vcpu *vcpu)
{
	struct stack_frame *top = (struct stack_frame *)(void *)&vcpu->stack[CONFIG_STACK_SIZE];
	thread_entry_t entry = vcpu->thread_obj.thread_entry;

	top[-1].rflag = 0UL;
	top[-1].rip = (uint64_t)entry;
	return (uint64_t)(top - 1);
}

void reset_vcpu(struct acrn_vcpu *vcpu, enum reset_mode mode)
{
	vcpu_reset_internal(vcpu, mode);
	vcpu_set_state(vcpu, VCPU_INIT);
}

/* Its thread sleeps. If it waits for an I/O request, the answer still wakes it. */
void zombie_vcpu(struct acrn_vcpu *vcpu, enum vcpu_state new_state)
{
	enum vcpu_state before = vcpu->state;

	if (before != VCPU_INIT && before != VCPU_RUNNING)
		return;
	vcpu_set_state(vcpu, new_state);
	if (before == VCPU_RUNNING)
		sleep_thread(&vcpu->thread_obj);
}

static void context_switch_out(struct thread_object *prev)
{
	if (thread_to_vcpu(prev)->launched) {
		get_cpu_var(vmcs_run) = NULL;
	}
}

static void context_switch_in(struct thread_object *next)
{
	struct acrn_vcpu *vcpu = thread_to_vcpu(next);

	get_cpu_var(vmcs_run) = vcpu->arch.vmcs;
}

void launch_vcpu(struct acrn_vcpu *vcpu)
{
	vcpu_set_state(vcpu, VCPU_RUNNING);
	wake_thread(&vcpu->thread_obj);
}

/* The virtual CPU's thread: vcpu_thread, on one physical CPU for ever. */
int32_t prepare_vcpu(struct acrn_vm *vm, uint16_t pcpu_id)
{
	struct thread_object *thread;
	struct acrn_vcpu *vcpu;
	int32_t event = 0, status = create_vcpu(pcpu_id, vm, &vcpu);

	if (status != 0)
		return status;
	thread = &vcpu->thread_obj;
	vcpu->thread_obj.thread_entry = vcpu_thread;
	thread->pcpu_id = pcpu_id;
	thread->sched_ctl = &per_cpu(sched_ctl, pcpu_id);
	thread->host_sp = build_stack_frame(vcpu);
	vcpu->thread_obj.switch_out = context_switch_out;
	vcpu->thread_obj.switch_in = context_switch_in;
	init_thread_data(thread);
	while (event < VCPU_EVENT_NUM)
		init_event(&vcpu->events[event++]);
	return 0;
}

uint16_t pcpuid_from_vcpu(const struct acrn_vcpu *vcpu)
{
	return vcpu->thread_obj.pcpu_id;
}

void vcpu_set_state(struct acrn_vcpu *vcpu, enum vcpu_state new_state)
{
	vcpu->state = new_state;
}
