import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { attach, Bench, IOCTL, notify, serve, VM_LOOP } from './bench.ts';

/*
 * One OUT of the guest, there and back: the hypervisor's and the Service VM's part of route A (A.25-A.48, A.70-A.106), of
 * I1 and I2. The expected names are written by hand from the routes.
 */

const MSI = new Uint8Array([0x00, 0x00, 0xe0, 0xfe, 0, 0, 0, 0, 0x31, 0, 0, 0, 0, 0, 0, 0]);

function kick(): { bench: Bench; end: string; seen: number[][] } {
  const bench = new Bench({ guests: [[{ out: 0x2010, size: 2, value: 0xabc50003 }]] });
  const seen: number[][] = [];
  const end = bench.run(function* (dm) {
    yield* serve(dm, 1, (slot) => {
      seen.push([0, 64, 72, 80, 88, 136].map((offset) => dm.ram.read32(gpa(slot + offset))));
    });
    yield* dm.sys.ioctl(dm.cx, dm.hsm, IOCTL.ATTACH_IOREQ_CLIENT, 1, -1);
  });
  return { bench, end, seen };
}

describe('a kick through the I/O request page', () => {
  it('shows the device model the bytes of the request, the value cut to two bytes', () => {
    const { end, seen } = kick();
    expect(end).toBe('quiet');
    expect(seen).toEqual([[0, 1, 0x2010, 2, 3, 2]]);
  });

  it('takes the slot through FREE, PENDING, PROCESSING, COMPLETE and FREE', () => {
    expect(kick().bench.slotStates(0)).toEqual([3, 0, 2, 1, 3]);
  });

  it('enters the functions of the vCPU thread in the order of route A', () => {
    const { bench } = kick();
    const entered = bench.entered('pCPU running User VM vCPU 0, VMX root, thread vcpu_thread of that vCPU');
    expect(entered.slice(0, entered.indexOf('hlt_vmexit_handler'))).toEqual([
      'vcpu_thread',
      'acrn_handle_pending_request',
      'acrn_inject_pending_intr',
      'run_vcpu',
      'vm_exit',
      'vmexit_handler',
      'pio_instr_vmexit_handler',
      'emulate_io',
      'hv_emulate_pio',
      'get_asyncio_desc',
      'acrn_insert_request',
      'arch_fire_hsm_interrupt',
      'vlapic_set_intr',
      'vlapic_accept_intr',
      'apicv_advanced_accept_intr',
      'apicv_trigger_pi_anv',
      'signal_event',
      'wait_event',
      'sleep_thread',
      'make_reschedule_request',
      'schedule',
      'dm_emulate_io_complete',
      'dm_emulate_pio_complete',
      'complete_ioreq',
      'emulate_pio_complete',
      'acrn_handle_pending_request',
      'acrn_inject_pending_intr',
      'run_vcpu',
      'vm_exit',
      'vmexit_handler',
    ]);
  });

  it('enters the Service VM by the upcall, its workqueue and the waiting ioctl', () => {
    const { bench } = kick();
    expect(bench.entered('Service VM vCPU 0 (BSP), hard IRQ, vector 0xF3')).toEqual([
      'DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)',
      'ioreq_intr_handler',
    ]);
    expect(bench.entered('Service VM, kworker of ordered WQ "ioreq_wq" (WQ_HIGHPRI|WQ_MEM_RECLAIM)')).toEqual([
      'ioreq_dispatcher',
      'acrn_ioreq_dispatch',
      'handle_cf8cfc',
      'find_ioreq_client',
    ]);
    const inside = bench.entered(`${VM_LOOP}, inside ioctl (kernel)`);
    expect(inside.slice(inside.indexOf('hcall_start_vm'))).toEqual([
      'hcall_start_vm',
      'acrn_dev_ioctl',
      'acrn_ioreq_client_wait',
      'has_pending_request',
      'has_pending_request',
      'acrn_dev_ioctl',
      'acrn_ioreq_request_default_complete',
      'acrn_ioreq_complete_request',
      'ioreq_complete_request',
      'hcall_notify_req_finish',
      'acrn_dev_ioctl',
      'acrn_ioreq_client_wait',
      'has_pending_request',
    ]);
  });

  it('wakes the vCPU from the hypercall as I1 says', () => {
    const { bench } = kick();
    const entered = bench.entered('pCPU running the Service VM vCPU that issued VMCALL, VMX root');
    expect(entered.slice(entered.indexOf('hcall_notify_ioreq_finish') - 2)).toEqual([
      'vmcall_vmexit_handler',
      'dispatch_hypercall',
      'hcall_notify_ioreq_finish',
      'signal_event',
      'wake_thread',
      'sched_bvt_wake',
      'make_reschedule_request',
    ]);
  });

  it('takes the boundaries of route A, each from and to the right function', () => {
    const { bench } = kick();
    const all = [2, 3, 7, 8, 9, 11, 12, 13, 14, 15].flatMap((kind) => bench.hops(kind));
    expect(all).toEqual(
      expect.arrayContaining([
        'acrn_init_platform sysvec_install idt_install_sysvec',
        'acrn_ioreq_intr_setup acrn_setup_intr_handler acrn_setup_intr_handler',
        'run_vcpu test vm_exit',
        'apicv_trigger_pi_anv send_single_ipi DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)',
        'ioreq_intr_handler queue_work ioreq_dispatcher',
        'acrn_ioreq_dispatch wake_up_interruptible acrn_ioreq_client_wait',
        'hcall_notify_req_finish acrn_hypercall2 vmcall_vmexit_handler',
        'signal_event wake_thread wake_thread',
        'make_reschedule_request kick_pcpu schedule',
        'acrn_insert_request wait_event wait_event',
        'acrn_ioreq_client_create kthread_run ioreq_task',
      ]),
    );
  });
});

describe('an MSI', () => {
  it('enters the functions of I2 and reaches a waiting vCPU at its next VM entry', () => {
    const bench = new Bench({ guests: [[{ out: 0x2010, size: 2, value: 3 }]] });
    const before: number[] = [];
    bench.run(function* (dm) {
      yield* attach(dm);
      yield* dm.sys.ioctl(dm.cx, dm.hsm, IOCTL.INJECT_MSI, MSI.slice(), -1);
      before.push(...(bench.cpus[0]?.interrupts ?? []));
      yield* dm.sys.ioctl(dm.cx, dm.hsm, IOCTL.NOTIFY_REQUEST_FINISH, notify(0), -1);
    });
    expect(before).toEqual([]);
    expect(bench.cpus[0]?.interrupts).toEqual([0x31]);
    const root = bench.entered('pCPU running the Service VM vCPU that issued VMCALL, VMX root');
    const from = root.indexOf('hcall_inject_msi') - 2;
    expect(root.slice(from, from + 11)).toEqual([
      'vmcall_vmexit_handler',
      'dispatch_hypercall',
      'hcall_inject_msi',
      'vlapic_inject_msi',
      'inject_msi_for_non_lapic_pt',
      'vlapic_receive_intr',
      'vlapic_set_intr',
      'vlapic_accept_intr',
      'apicv_advanced_accept_intr',
      'apicv_trigger_pi_anv',
      'signal_event',
    ]);
    expect(bench.hops(11)).toContain('apicv_trigger_pi_anv send_single_ipi acrn_handle_pending_request');
    const thread = bench.entered('pCPU running User VM vCPU 0, VMX root, thread vcpu_thread of that vCPU');
    expect(thread.slice(thread.indexOf('vlapic_inject_intr') - 2, thread.indexOf('vlapic_inject_intr') + 4)).toEqual([
      'acrn_handle_pending_request',
      'acrn_inject_pending_intr',
      'vlapic_inject_intr',
      'apicv_advanced_inject_intr',
      'apicv_trigger_pi_anv',
      'run_vcpu',
    ]);
  });
});
