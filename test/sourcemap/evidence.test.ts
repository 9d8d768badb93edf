import { beforeAll, describe, expect, it } from 'vitest';
import { defined } from '../../src/base/assert.ts';
import { buildMap } from '../../src/sourcemap/map.ts';
import type { HopProof, HopRef, SourceMap, StageRef } from '../../src/sourcemap/map-types.ts';
import { fixtureMarks, fixtureTrees, testFacts } from './fixture-trees.ts';

const CONSOLE = 'devicemodel/hw/pci/virtio/virtio_console.c';
const VIRTIO = 'devicemodel/hw/pci/virtio/virtio.c';
const VMMAPI = 'devicemodel/core/vmmapi.c';
const MAIN = 'devicemodel/core/main.c';
const IO_REQ = 'hypervisor/dm/io_req.c';
const GUEST = 'hypervisor/arch/x86/guest';
const IOREQ = 'drivers/virt/acrn/ioreq.c';
const HSM = 'drivers/virt/acrn/hsm.c';
const HYPERCALL = 'drivers/virt/acrn/hypercall.h';
const VIRTIO_CONSOLE = 'drivers/char/virtio_console.c';
const HVC = 'drivers/tty/hvc/hvc_console.c';
const UPCALL = 'DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)';

type Program = StageRef['program'];

function at(program: Program, file: string, name: string): StageRef {
  const tree = program === 'guest-user' ? undefined : program.includes('kernel') ? 'linux' : 'acrn';
  return { id: tree === undefined ? `user:${name}` : `${tree}:${file}#${name}`, program, tree, file, function: name };
}

const dm = (file: string, name: string) => at('device-model', file, name);
const hv = (file: string, name: string) => at('hypervisor', file, name);
const service = (file: string, name: string) => at('service-vm-kernel', file, name);
const guest = (file: string, name: string) => at('guest-kernel', file, name);
const user = at('guest-user', '', 'write(2)');
const userOpen = at('guest-user', '', 'open(2)');

interface Case {
  readonly from: StageRef;
  readonly to: StageRef;
  readonly kind: string;
  readonly caller?: StageRef;
  readonly expr?: string;
  /** Marks in the fixtures with the role of their line, in the order of the proof; or the reason why there is none. */
  readonly shows: string;
}

const CASES: readonly Case[] = [
  {
    from: hv(IO_REQ, 'emulate_io'),
    to: hv(IO_REQ, 'acrn_insert_request'),
    kind: 'direct_call',
    shows: 'call insert',
  },
  {
    from: hv(IO_REQ, 'acrn_insert_request'),
    to: hv(`${GUEST}/vlapic.c`, 'vlapic_accept_intr'),
    kind: 'direct_call',
    shows: 'no-call',
  },
  {
    from: hv(IO_REQ, 'acrn_insert_request'),
    to: dm(MAIN, 'vm_loop'),
    kind: 'direct_call',
    shows: 'wrong-program',
  },
  {
    from: hv(IO_REQ, 'acrn_insert_request'),
    to: hv(`${GUEST}/vlapic.c`, 'apicv_trigger_pi_anv'),
    kind: 'telepathy',
    shows: 'no-rule',
  },
  {
    from: dm(VIRTIO, 'vq_has_descs'),
    to: dm(VIRTIO, 'vq_getchain'),
    kind: 'return_then_call',
    caller: dm(CONSOLE, 'virtio_console_notify_tx'),
    shows: 'call getchain',
  },
  {
    from: dm(VIRTIO, 'vq_has_descs'),
    to: dm(VIRTIO, 'vq_getchain'),
    kind: 'return_then_call',
    shows: 'call getchain',
  },
  {
    from: dm(VIRTIO, 'vq_getchain'),
    to: dm(CONSOLE, 'virtio_console_notify_tx'),
    kind: 'return_then_call',
    caller: dm(CONSOLE, 'virtio_console_notify_tx'),
    expr: 'port->cb',
    shows: 'call cb-call, call getchain',
  },
  {
    from: dm(VMMAPI, 'vm_attach_ioreq_client'),
    to: dm(MAIN, 'vm_loop'),
    kind: 'return',
    shows: 'call loop-attach',
  },
  {
    from: guest('lib/iomap.c', 'iowrite16'),
    to: guest('arch/x86/include/asm/shared/io.h', 'outw'),
    kind: 'macro_defined_function',
    shows: 'call outw-call, binding io-cond, binding buildio',
  },
  {
    from: dm(CONSOLE, 'virtio_console_notify_tx'),
    to: dm(CONSOLE, 'virtio_console_backend_write'),
    kind: 'fptr_call',
    expr: 'port->cb',
    shows: 'call cb-call, binding cb-stored, binding cb-handed',
  },
  {
    from: dm(MAIN, 'handle_vmexit'),
    to: dm(MAIN, 'vmexit_inout'),
    kind: 'fptr_call',
    expr: '(*handler[exitcode])',
    shows: 'call handler-call, binding exit-inout',
  },
  {
    from: hv(`${GUEST}/vlapic.c`, 'vlapic_accept_intr'),
    to: hv(`${GUEST}/vlapic.c`, 'apicv_advanced_accept_intr'),
    kind: 'fptr_call',
    expr: 'vlapic->ops->accept_intr',
    shows: 'call accept-call, binding accept-bound',
  },
  {
    from: service('arch/x86/kernel/cpu/acrn.c', UPCALL),
    to: service(IOREQ, 'ioreq_intr_handler'),
    kind: 'fptr_call',
    expr: 'acrn_intr_handler',
    shows: 'call intr-call, binding intr-stored, binding intr-handed',
  },
  {
    from: service('arch/x86/kernel/cpu/acrn.c', UPCALL),
    to: service(IOREQ, 'unbound_handler'),
    kind: 'fptr_call',
    expr: 'acrn_intr_handler',
    shows: 'no-binding',
  },
  {
    from: user,
    to: guest('fs/read_write.c', 'SYSCALL_DEFINE3(write)'),
    kind: 'syscall',
    shows: 'handler sys-write, number nr-write',
  },
  {
    from: dm(CONSOLE, 'virtio_console_backend_write'),
    to: service('fs/read_write.c', 'SYSCALL_DEFINE3(writev)'),
    kind: 'syscall',
    expr: 'writev',
    shows: 'call writev, handler sys-writev, number nr-writev',
  },
  {
    from: dm(VMMAPI, 'vm_lapic_msi'),
    to: service(HSM, 'acrn_dev_ioctl'),
    kind: 'ioctl',
    shows: 'call inject, number dm-msi, number uapi-msi, handler case-msi, binding unlocked-ioctl',
  },
  {
    from: service(HSM, 'acrn_dev_ioctl'),
    to: dm(VMMAPI, 'vm_attach_ioreq_client'),
    kind: 'ioctl',
    shows: 'binding unlocked-ioctl, handler case-attach, number uapi-attach, number dm-attach, call attach',
  },
  { from: dm(VMMAPI, 'vm_drifted'), to: service(HSM, 'acrn_dev_ioctl'), kind: 'ioctl', shows: 'number-differs' },
  { from: dm(VMMAPI, 'vm_orphan'), to: service(HSM, 'acrn_dev_ioctl'), kind: 'ioctl', shows: 'no-handler' },
  { from: dm(VMMAPI, 'vm_old'), to: service(HSM, 'acrn_dev_ioctl'), kind: 'ioctl', shows: 'ioctl-abi-differs' },
  { from: dm(MAIN, 'vm_loop'), to: service(HSM, 'acrn_dev_ioctl'), kind: 'ioctl', shows: 'no-call' },
  {
    from: service(HYPERCALL, 'hcall_inject_msi'),
    to: hv(`${GUEST}/vmcall.c`, 'vmcall_vmexit_handler'),
    kind: 'hypercall',
    shows: 'call vmcall-msi, number linux-msi, number hv-msi, handler hc-msi, handler exit-vmcall',
  },
  {
    from: service(HYPERCALL, 'hcall_notify_req_finish'),
    to: hv(`${GUEST}/vmcall.c`, 'vmcall_vmexit_handler'),
    kind: 'hypercall',
    shows: 'number-differs',
  },
  {
    from: guest('arch/x86/include/asm/shared/io.h', 'outw'),
    to: hv(`${GUEST}/vmx_asm.S`, 'vm_exit'),
    kind: 'vm_exit',
    shows: 'call out-instruction, binding buildio, handler host-rip, handler io-bitmap, handler exit-pio',
  },
  {
    from: guest('fs/read_write.c', 'ksys_write'),
    to: hv(`${GUEST}/vmx_asm.S`, 'vm_exit'),
    kind: 'vm_exit',
    shows: 'no-call',
  },
  {
    from: hv(`${GUEST}/vcpu.c`, 'run_vcpu'),
    to: guest('arch/x86/include/asm/shared/io.h', 'outw'),
    kind: 'vm_entry',
    shows: 'call vmentry, handler vmresume',
  },
  {
    from: hv(`${GUEST}/vlapic.c`, 'apicv_trigger_pi_anv'),
    to: service('arch/x86/kernel/cpu/acrn.c', UPCALL),
    kind: 'interrupt_vector',
    shows: 'call ipi, number hv-vector, number linux-vector, handler sysvec',
  },
  {
    from: hv('hypervisor/common/schedule.c', 'make_reschedule_request'),
    to: hv('hypervisor/common/schedule.c', 'schedule'),
    kind: 'interrupt_vector',
    shows: 'call kick, call resched-set, handler resched-checked',
  },
  {
    from: service(IOREQ, 'ioreq_intr_handler'),
    to: service(IOREQ, 'ioreq_dispatcher'),
    kind: 'workqueue',
    expr: 'queue_work(ioreq_wq, &ioreq_work)',
    shows: 'call queue-work, binding declare-work',
  },
  {
    from: service(IOREQ, 'ioreq_intr_handler'),
    to: service(IOREQ, 'unbound_handler'),
    kind: 'workqueue',
    shows: 'no-registration',
  },
  {
    from: service(IOREQ, 'acrn_ioreq_dispatch'),
    to: service(IOREQ, 'acrn_ioreq_client_wait'),
    kind: 'waitqueue_wake',
    shows: 'call wake-wq, handler wait-wq',
  },
  {
    from: service(IOREQ, 'ioreq_task'),
    to: service(IOREQ, 'acrn_ioreq_client_wait'),
    kind: 'waitqueue_wait',
    shows: 'call task-waits, call wait-wq',
  },
  {
    from: hv('hypervisor/common/hypercall.c', 'hcall_notify_ioreq_finish'),
    to: hv(IO_REQ, 'acrn_insert_request'),
    kind: 'waitqueue_wake',
    shows: 'call signal-ioreq, handler wait-ioreq',
  },
  {
    from: hv('hypervisor/common/event.c', 'signal_event'),
    to: hv('hypervisor/common/event.c', 'wait_event'),
    kind: 'waitqueue_wake',
    shows: 'call wake-thread, handler sleep',
  },
  {
    from: service(IOREQ, 'acrn_ioreq_client_create'),
    to: service(IOREQ, 'ioreq_task'),
    kind: 'kthread_entry',
    shows: 'call kthread, binding kthread',
  },
  {
    from: dm(MAIN, 'add_cpu'),
    to: dm(MAIN, 'start_thread'),
    kind: 'thread_create',
    shows: 'call pthread-create, binding start-thread',
  },
  {
    from: service('fs/eventfd.c', 'eventfd_signal_mask'),
    to: service('fs/eventpoll.c', 'ep_poll_callback'),
    kind: 'eventfd',
    shows: 'call wake-wqh, binding callback, handler poll-wqh',
  },
  {
    from: service('fs/eventpoll.c', 'ep_poll_callback'),
    to: dm('devicemodel/core/mevent.c', 'mevent_dispatch'),
    kind: 'epoll',
    shows: 'call wake-ep, handler epoll-wait',
  },
  {
    from: dm('devicemodel/core/timer.c', 'acrn_timer_settime'),
    to: dm('devicemodel/core/timer.c', 'timer_handler'),
    kind: 'timerfd',
    shows: 'call settime, binding timer-added',
  },
  {
    from: dm(VIRTIO, 'vq_relchain'),
    to: dm(VIRTIO, 'vq_getchain'),
    kind: 'shared_memory',
    expr: 'used->idx = used->idx + 1',
    shows: 'call used-idx',
  },
  {
    from: guest('drivers/virtio/virtio_ring.c', 'virtqueue_publish'),
    to: dm(VIRTIO, 'vq_has_descs'),
    kind: 'shared_memory',
    shows: 'call avail-published, handler avail-idx',
  },
  {
    from: guest(VIRTIO_CONSOLE, 'virtcons_probe'),
    to: guest(VIRTIO_CONSOLE, 'vp_get'),
    kind: 'macro_defined_function',
    expr: 'cread_feature',
    shows: 'call feature-read, call feature-macro, call config-get, binding config-bound',
  },
  {
    from: guest(VIRTIO_CONSOLE, 'control_intr'),
    to: guest('kernel/workqueue.c', 'queue_work_on'),
    kind: 'direct_call',
    shows: 'call schedule-work, call queue-system, call queue-on',
  },
  {
    from: guest('kernel/workqueue.c', 'queue_work_on'),
    to: guest(VIRTIO_CONSOLE, 'control_work_handler'),
    kind: 'workqueue',
    shows: 'call queued-inside, call schedule-work, binding init-work',
  },
  {
    from: guest(HVC, 'hvc_kick'),
    to: guest(HVC, 'khvcd'),
    kind: 'waitqueue_wake',
    expr: 'wake_up_process',
    shows: 'call wake-task, binding khvcd-starts',
  },
  {
    from: guest(HVC, 'khvcd'),
    to: guest(HVC, 'khvcd'),
    kind: 'waitqueue_wait',
    expr: 'schedule',
    shows: 'call khvcd-waits',
  },
  { from: userOpen, to: guest(HVC, 'hvc_open'), kind: 'syscall', shows: 'binding open-bound' },
  { from: userOpen, to: guest(HVC, 'hvc_kick'), kind: 'syscall', shows: 'no-handler' },
  {
    from: guest(VIRTIO_CONSOLE, 'init_portdev'),
    to: guest(VIRTIO_CONSOLE, 'control_work_handler'),
    kind: 'fptr_bind',
    shows: 'binding init-work',
  },
  {
    from: hv(`${GUEST}/vlapic.c`, 'apicv_trigger_pi_anv'),
    to: hv(`${GUEST}/virq.c`, 'acrn_handle_pending_request'),
    kind: 'interrupt_vector',
    shows: 'call ipi, call request-set, handler request-checked',
  },
  {
    from: hv(`${GUEST}/vmexit.c`, 'vmexit_handler'),
    to: hv(`${GUEST}/vmx_io.c`, 'pio_instr_vmexit_handler'),
    kind: 'fptr_call',
    expr: 'dispatch->handler',
    shows: 'call exit-call-locked, call exit-call, binding exit-pio',
  },
  {
    from: hv(`${GUEST}/vmcall.c`, 'dispatch_hypercall'),
    to: hv('hypervisor/common/hypercall.c', 'hcall_inject_msi'),
    kind: 'fptr_call',
    expr: 'dispatch->handler',
    shows: 'call hc-call, binding hc-msi',
  },
  {
    from: hv(IO_REQ, 'set_io_req_state'),
    to: hv(IO_REQ, 'not_there'),
    kind: 'direct_call',
    shows: 'stage-absent',
  },
];

const refOf = (c: Case): HopRef => ({
  route: 'fixture',
  from: c.from.id,
  to: c.to.id,
  kind: c.kind,
  ...(c.caller === undefined ? {} : { caller: c.caller.id }),
  ...(c.expr === undefined ? {} : { expr: c.expr }),
});

let map: SourceMap;

beforeAll(async () => {
  const stages = new Map(CASES.flatMap((c) => [c.from, c.to, c.caller ?? c.from]).map((s) => [s.id, s]));
  map = await buildMap([...stages.values()], CASES.map(refOf), await fixtureTrees(), await testFacts());
});

/** A proof in the words of the marks; a line without a mark is given by its place. */
const shown = (proof: HopProof): string =>
  proof.reason ??
  proof.evidence
    .map((e) => `${e.role} ${fixtureMarks().get(`${e.file}:${e.line}`) ?? `${e.file}:${e.line}`}`)
    .join(', ');

describe('evidence of a hop', () => {
  it.each(CASES.map((c, at) => [`${c.kind}: ${c.from.function} -> ${c.to.function}`, at] as const))('%s', (_, at) => {
    expect(shown(defined(map.hops[at], 'proof'))).toBe(CASES[at]?.shows);
  });

  it('never shows a line without what it claims', () => {
    for (const proof of map.hops) {
      for (const line of proof.evidence) {
        expect(line.shows).not.toBe('');
      }
    }
  });
});
