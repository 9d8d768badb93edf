import { describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../src/scenarios/scenario.ts';
import type { Phase } from '../../src/trace/kinds.ts';
import { codes, entered, firstOutOfOrder, named, runOf } from './entered.ts';

/** One thread's part of a route: what its functions come after one another, and what is never entered there. */
interface Part {
  readonly context: string;
  readonly keys: readonly string[];
  readonly never?: readonly string[];
  readonly phase?: Phase;
}

const VM_LOOP = 'acrn-dm thread "vcpu 0"';
const DISPATCHER = 'acrn-dm main thread ("mevent", mevent_dispatch)';
const GUEST = 'User VM vCPU 0 (pCPU of that vCPU), process context';
const GUEST_IRQ = 'hard IRQ';
const HV_VCPU = 'thread vcpu_thread';
const KWORKER = 'kworker of ordered WQ';

const TTY_DOWN = ['n_tty_write', 'hvc_write', 'hvc_push', 'put_chars', '__send_to_port', 'virtqueue_add_split'];
const KICK = ['virtqueue_kick_prepare_split', 'virtqueue_notify', 'vp_notify', 'iowrite16', 'outw'];

const PARTS: Readonly<Record<Route, readonly Part[]>> = {
  stock: [
    { context: GUEST, keys: ['SYSCALL_DEFINE3(write)', ...TTY_DOWN, ...KICK, 'virtqueue_get_buf_ctx_split'] },
    { context: HV_VCPU, keys: ['pio_instr_vmexit_handler', 'hv_emulate_pio', 'acrn_insert_request', 'schedule'] },
    { context: VM_LOOP, keys: ['virtio_pci_legacy_write', 'virtio_console_notify_tx', 'virtio_console_backend_write'] },
  ],
  'port-write': [
    { context: GUEST, keys: ['port_fops_write', '__send_to_port', ...KICK], never: ['n_tty_write', 'put_chars'] },
    { context: GUEST_IRQ, keys: ['vring_interrupt', 'out_intr'] },
  ],
  ioeventfd: [
    { context: GUEST, keys: [...TTY_DOWN, ...KICK] },
    { context: '(ioreq_task)', keys: ['acrn_ioeventfd_handler', 'hsm_ioeventfd_match', 'eventfd_signal_mask'] },
    {
      context: 'acrn-dm pthread "iothr-0-vtcon"',
      keys: ['iothread_handler', 'virtio_console_notify_tx', 'vq_endchains'],
    },
    { context: VM_LOOP, keys: [], never: ['virtio_console_notify_tx'] },
  ],
  poll: [
    { context: GUEST, keys: [...TTY_DOWN, 'virtqueue_kick_prepare_split'], never: ['vp_notify'] },
    { context: DISPATCHER, keys: ['mevent_handle', 'timer_handler', 'virtio_poll_timer', 'virtio_console_notify_tx'] },
    { context: VM_LOOP, keys: ['virtio_pci_status_handler', 'acrn_timer_init'], phase: 'set-up' },
  ],
  asyncio: [
    { context: HV_VCPU, keys: ['get_asyncio_desc', 'acrn_insert_asyncio', 'sbuf_put', 'arch_fire_hsm_interrupt'] },
    {
      context: KWORKER,
      keys: ['ioreq_dispatcher', 'acrn_asyncio_dispatch', 'eventfd_signal_mask', 'ep_poll_callback'],
    },
    { context: 'acrn-dm pthread "iothr-0-vtcon"', keys: ['iothread_handler', 'virtio_console_notify_tx'] },
    { context: '(ioreq_task)', keys: [], never: ['acrn_ioeventfd_handler'] },
  ],
  'polling-completion': [
    { context: HV_VCPU, keys: ['acrn_insert_request', 'dm_emulate_io_complete', 'hlt_vmexit_handler'] },
    { context: VM_LOOP, keys: ['virtio_console_notify_tx', 'vm_notify_request_done'] },
  ],
  'modern-mmio': [
    { context: GUEST, keys: [...TTY_DOWN, 'vp_notify', 'iowrite16', 'writew'], never: ['outw'] },
    {
      context: HV_VCPU,
      keys: ['ept_violation_vmexit_handler', 'emulate_io', 'hv_emulate_mmio', 'acrn_insert_request'],
    },
    { context: VM_LOOP, keys: ['emulate_mem', 'pci_emul_mem_handler', 'virtio_notify_cfg_write'] },
  ],
  'modern-pio': [
    { context: GUEST, keys: [...TTY_DOWN, 'vp_notify', 'iowrite16', 'outw'], never: ['writew'] },
    { context: VM_LOOP, keys: ['pci_emul_io_handler', 'virtio_pci_write', 'virtio_pci_modern_pio_write'] },
  ],
  'set-up': [
    { context: 'Service VM boot', keys: ['hsm_init', 'acrn_ioreq_intr_setup'], phase: 'set-up' },
    {
      context: 'acrn-dm main thread',
      keys: ['vm_create', 'init_pci', 'virtio_console_init', 'add_cpu'],
      phase: 'set-up',
    },
    {
      context: VM_LOOP,
      keys: ['vm_loop', 'vm_create_ioreq_client', 'virtio_set_iothread', 'virtio_register_ioeventfd', 'vm_ioeventfd'],
      phase: 'set-up',
    },
  ],
  'control-handshake': [
    {
      context: VM_LOOP,
      keys: ['virtio_console_control_tx', 'virtio_console_announce_port', 'virtio_console_control_send'],
      phase: 'set-up',
    },
    { context: 'control_work', keys: ['handle_control_message', 'add_port', 'init_port_console'], phase: 'set-up' },
  ],
  receive: [
    { context: DISPATCHER, keys: ['mevent_handle', 'virtio_console_backend_read', 'vq_interrupt', 'vm_lapic_msi'] },
    { context: GUEST_IRQ, keys: ['vring_interrupt', 'in_intr', 'hvc_poll', '__hvc_poll', 'get_chars', 'fill_readbuf'] },
  ],
  completion: [
    { context: VM_LOOP, keys: ['handle_vmexit', 'vm_notify_request_done'] },
    { context: 'inside ioctl', keys: ['acrn_ioreq_request_default_complete', 'hcall_notify_req_finish'] },
    { context: 'issued VMCALL', keys: ['hcall_notify_ioreq_finish', 'signal_event', 'wake_thread'] },
    { context: HV_VCPU, keys: ['wait_event', 'schedule', 'dm_emulate_io_complete'] },
  ],
  'msi-x': [
    { context: VM_LOOP, keys: ['vq_interrupt', 'pci_generate_msix', 'vm_lapic_msi'] },
    { context: 'issued VMCALL', keys: ['hcall_inject_msi', 'vlapic_inject_msi', 'vlapic_set_intr'] },
    { context: GUEST_IRQ, keys: ['call_irq_handler', 'handle_edge_irq', 'vring_interrupt', 'out_intr'] },
  ],
  intx: [
    { context: VM_LOOP, keys: ['vq_interrupt', 'pci_lintr_assert', 'pci_irq_assert', 'vm_set_gsi_irq'] },
    { context: 'issued VMCALL', keys: ['hcall_set_irqline', 'vioapic_set_irqline_lock', 'vlapic_receive_intr'] },
    { context: GUEST_IRQ, keys: ['vp_interrupt', 'vp_vring_interrupt', 'vring_interrupt', 'out_intr'] },
    { context: VM_LOOP, keys: ['virtio_pci_legacy_read', 'pci_lintr_deassert'] },
    { context: VM_LOOP, keys: [], never: ['vm_lapic_msi'] },
  ],
};

describe.each(ROUTES)('route %s', (route) => {
  const run = runOf(named(route));

  it.each(PARTS[route])('on $context', ({ context, keys, never = [], phase = 'run' }) => {
    const names = entered(run, phase, context);
    expect(firstOutOfOrder(names, keys)).toBeUndefined();
    expect(names.filter((name) => never.includes(name))).toEqual([]);
  });

  it('is forced only where it says so, with the line that decides', () => {
    expect(codes(run, 'log').filter((code) => code === 'forced')).toHaveLength(run.scenario.forced.length);
  });
});

it('a vCPU that polls for completion does not sleep before the guest itself is idle', () => {
  const names = entered(runOf(named('polling-completion')), 'run', HV_VCPU);
  expect(names.slice(0, names.lastIndexOf('dm_emulate_io_complete'))).not.toContain('schedule');
});

it('a route follows from the conditions, not from its name', () => {
  const misnamed = { ...named('stock'), name: 'x', route: 'ioeventfd' } as const;
  expect(entered(runOf(misnamed), 'run', 'iothr-')).toEqual([]);
});
