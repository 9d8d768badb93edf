import { reads } from './reads.ts';

const vmx_io_c = reads('acrn:hypervisor/arch/x86/guest/vmx_io.c');
const schedule_c = reads('acrn:hypervisor/common/schedule.c');
const vcpu_c = reads('acrn:hypervisor/arch/x86/guest/vcpu.c');
const hv_main_c = reads('acrn:hypervisor/common/hv_main.c');
const io_req_c = reads('acrn:hypervisor/dm/io_req.c');
const vm_c = reads('acrn:hypervisor/arch/x86/guest/vm.c');
const hypercall_c = reads('acrn:hypervisor/common/hypercall.c');
const vlapic_c = reads('acrn:hypervisor/arch/x86/guest/vlapic.c');
const vmexit_c = reads('acrn:hypervisor/arch/x86/guest/vmexit.c');
const virq_c = reads('acrn:hypervisor/arch/x86/guest/virq.c');
const event_c = reads('acrn:hypervisor/common/event.c');
const vioapic_c = reads('acrn:hypervisor/dm/vioapic.c');
const instr_emul_c = reads('acrn:hypervisor/arch/x86/guest/instr_emul.c');
const vpci_c = reads('acrn:hypervisor/dm/vpci/vpci.c');

/** Which functions of the hypervisor read its own fields, by the field's path with N for each number. */
export const HYPERVISOR_READERS: Readonly<Record<string, readonly string[]>> = {
  acrn_hsm_notification_vector: vmx_io_c('arch_fire_hsm_interrupt'),
  'pcpuN.sched_ctl.curr_obj': schedule_c('make_reschedule_request'),
  'pcpuN.sched_ctl.flags': [
    ...vcpu_c('run_vcpu'),
    ...hv_main_c('vcpu_thread'),
    ...schedule_c('make_reschedule_request', 'schedule'),
    ...io_req_c('acrn_insert_asyncio', 'acrn_insert_request'),
  ],
  'vmN.aio_desc[N].addr': io_req_c('add_asyncio', 'get_asyncio_desc'),
  'vmN.aio_desc[N].data': io_req_c('add_asyncio', 'get_asyncio_desc'),
  'vmN.aio_desc[N].fd': io_req_c('emulate_io'),
  'vmN.aio_desc[N].match_data': io_req_c('add_asyncio', 'get_asyncio_desc'),
  'vmN.aio_desc[N].type': io_req_c('add_asyncio', 'get_asyncio_desc'),
  'vmN.config.guest_flags': [...vm_c('create_vm'), ...hypercall_c('hcall_create_vm')],
  'vmN.emul_mmio[fecN].read_write': io_req_c('hv_emulate_mmio'),
  'vmN.emul_pio[cfN].io_write': io_req_c('hv_emulate_pio'),
  'vmN.emul_pio[cfc].io_read': io_req_c('hv_emulate_pio'),
  'vmN.emul_pio[cfc].io_write': io_req_c('hv_emulate_pio'),
  'vmN.hw.created_vcpus': [
    ...vcpu_c('prepare_vcpu'),
    ...vlapic_c('vlapic_receive_intr'),
    ...vm_c('start_vm'),
    ...hypercall_c('hcall_create_vm', 'hcall_notify_ioreq_finish'),
  ],
  'vmN.state': hypercall_c(
    'hcall_create_vm',
    'hcall_inject_msi',
    'hcall_notify_ioreq_finish',
    'hcall_set_ioreq_buffer',
    'hcall_set_irqline',
    'hcall_set_vcpu_regs',
    'hcall_start_vm',
  ),
  'vmN.sw.asyncio_sbuf': io_req_c('acrn_insert_asyncio', 'get_asyncio_desc'),
  'vmN.sw.io_shared_page': [
    ...hypercall_c('hcall_notify_ioreq_finish', 'hcall_set_ioreq_buffer', 'hcall_start_vm'),
    ...io_req_c('acrn_insert_request', 'complete_ioreq', 'dm_emulate_io_complete', 'has_complete_ioreq'),
  ],
  'vmN.sw.is_polling_ioreq': [...hypercall_c('hcall_notify_ioreq_finish'), ...io_req_c('acrn_insert_request')],
  'vmN.vcpuN.arch.exit_qualification': [
    ...vlapic_c('veoi_vmexit_handler'),
    ...vmx_io_c('ept_violation_vmexit_handler', 'pio_instr_vmexit_handler'),
  ],
  'vmN.vcpuN.arch.exit_reason': vmexit_c('vmexit_handler'),
  'vmN.vcpuN.arch.pending_req': [
    ...virq_c('acrn_handle_pending_request', 'acrn_inject_pending_intr'),
    ...vlapic_c('apicv_advanced_accept_intr'),
    ...vm_c('start_vm'),
    ...vmexit_c('hlt_vmexit_handler'),
  ],
  'vmN.vcpuN.arch.rax': vmx_io_c('emulate_pio_complete', 'pio_instr_vmexit_handler'),
  'vmN.vcpuN.events[VCPU_EVENT_IOREQ].set': event_c('wait_event'),
  'vmN.vcpuN.events[VCPU_EVENT_IOREQ].waiting_thread': event_c('signal_event', 'wait_event'),
  'vmN.vcpuN.events[VCPU_EVENT_VIRTUAL_INTERRUPT].set': event_c('wait_event'),
  'vmN.vcpuN.events[VCPU_EVENT_VIRTUAL_INTERRUPT].waiting_thread': event_c('signal_event', 'wait_event'),
  'vmN.vcpuN.launched': schedule_c('make_reschedule_request'),
  'vmN.vcpuN.non_root': [...vlapic_c('apicv_trigger_pi_anv'), ...schedule_c('schedule')],
  'vmN.vcpuN.req.io_type': io_req_c(
    'acrn_insert_request',
    'complete_ioreq',
    'dm_emulate_io_complete',
    'emulate_io',
    'get_asyncio_desc',
  ),
  'vmN.vcpuN.req.reqs.address': [
    ...io_req_c('acrn_insert_request', 'get_asyncio_desc', 'hv_emulate_mmio', 'hv_emulate_pio'),
    ...vioapic_c('vioapic_mmio_access_handler'),
  ],
  'vmN.vcpuN.req.reqs.direction': [
    ...instr_emul_c('emulate_instruction'),
    ...vmx_io_c('emulate_pio_complete', 'ept_violation_vmexit_handler'),
    ...io_req_c('acrn_insert_request', 'emulate_mmio_complete', 'hv_emulate_pio'),
    ...vioapic_c('vioapic_mmio_access_handler'),
  ],
  'vmN.vcpuN.req.reqs.size': [
    ...vmx_io_c('emulate_pio_complete', 'pio_instr_vmexit_handler'),
    ...io_req_c('acrn_insert_request', 'hv_emulate_mmio', 'hv_emulate_pio'),
    ...vioapic_c('vioapic_mmio_access_handler'),
  ],
  'vmN.vcpuN.req.reqs.value': [
    ...instr_emul_c('emulate_instruction'),
    ...vmx_io_c('emulate_pio_complete', 'pio_instr_vmexit_handler'),
    ...io_req_c('acrn_insert_request', 'complete_ioreq', 'get_asyncio_desc', 'hv_emulate_pio'),
    ...vioapic_c('vioapic_mmio_access_handler'),
    ...vpci_c('vpci_pio_cfgdata_read'),
  ],
  'vmN.vcpuN.state': [
    ...hv_main_c('vcpu_thread'),
    ...hypercall_c('hcall_set_vcpu_regs'),
    ...schedule_c('schedule'),
    ...io_req_c('dm_emulate_io_complete'),
  ],
  'vmN.vcpuN.thread_obj.be_blocking': schedule_c('schedule', 'wake_thread'),
  'vmN.vcpuN.thread_obj.status': schedule_c('make_reschedule_request', 'schedule', 'sleep_thread', 'wake_thread'),
  'vmN.vcpuN.vlapic.lvt[APIC_LVT_TIMER]': vlapic_c('vlapic_timer_expired'),
  'vmN.vcpuN.vlapic.ops->accept_intr': vlapic_c('vlapic_accept_intr'),
  'vmN.vcpuN.vlapic.ops->inject_intr': vlapic_c('vlapic_inject_intr'),
  'vmN.vcpuN.vlapic.pid.on': vlapic_c('apicv_advanced_accept_intr', 'apicv_advanced_inject_intr'),
  'vmN.vcpuN.vlapic.pid.pir[N]': [
    ...vcpu_c('run_vcpu'),
    ...vlapic_c('apicv_advanced_accept_intr', 'apicv_trigger_pi_anv'),
  ],
  'vmN.vcpuN.vlapic.svr': vlapic_c('vlapic_accept_intr', 'vlapic_receive_intr'),
  'vmN.vcpuN.vlapic.tmr[N]': vlapic_c('apicv_advanced_accept_intr', 'veoi_vmexit_handler'),
  'vmN.vioapic.ioregsel': vioapic_c('vioapic_indirect_write', 'vioapic_mmio_access_handler'),
  'vmN.vioapic.pin_state': vioapic_c('vioapic_broadcast_eoi', 'vioapic_indirect_write', 'vioapic_set_pinstate'),
  'vmN.vioapic.rtbl[N].hi_N': vioapic_c('vioapic_generate_intr'),
  'vmN.vioapic.rtbl[N].lo_N': vioapic_c(
    'vioapic_broadcast_eoi',
    'vioapic_generate_intr',
    'vioapic_indirect_write',
    'vioapic_mmio_access_handler',
    'vioapic_set_pinstate',
  ),
  'vmN.vpci.addr': vpci_c('vpci_pio_cfgdata_read', 'vpci_pio_cfgdata_write'),
};
