import { all, type Check, type Claim, calls, callsName } from './check-types.ts';
import { svAcrn, svIoeventfd, svIoreq, svVm } from './functions.ts';

const assign = svIoeventfd('acrn_ioeventfd_assign');
const clientCreate = svIoreq('acrn_ioreq_client_create');
const task = svIoreq('ioreq_task');
const handler = svIoeventfd('acrn_ioeventfd_handler');
const upcall = svAcrn('DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)');
const interruptHandler = svIoreq('ioreq_intr_handler');
const dispatcher = svIoreq('ioreq_dispatcher');
const dispatch = svIoreq('acrn_ioreq_dispatch');
const wait = svIoreq('acrn_ioreq_client_wait');

const isKnown = (fn: typeof task): Check => ({ is: 'known', fn });

/** Claims about the Service VM's kernel. */
export const SERVICE_VM_CLAIMS = [
  {
    id: 13,
    rules: [
      { verdict: 'true', when: calls(assign, svIoreq('acrn_io_range_add')) },
      {
        verdict: 'renamed',
        when: all(calls(assign, svIoreq('acrn_ioreq_range_add')), isKnown(svIoreq('acrn_ioreq_range_add'))),
      },
    ],
    otherwise: 'wrong',
    instead: isKnown(assign),
  },
  {
    id: 15,
    rules: [
      {
        verdict: 'true',
        when: all(
          calls(svVm('acrn_vm_create'), svIoeventfd('acrn_ioeventfd_init')),
          calls(svIoeventfd('acrn_ioeventfd_init'), clientCreate),
          { is: 'hop', from: clientCreate, to: task, kind: 'kthread_entry' },
        ),
      },
    ],
    otherwise: 'wrong',
    instead: isKnown(clientCreate),
  },
  {
    id: 16,
    rules: [
      {
        verdict: 'true',
        when: all(callsName(task, ['has_pending_request']), {
          is: 'hop',
          from: task,
          to: handler,
          kind: 'fptr_call',
        }),
      },
    ],
    otherwise: 'wrong',
    instead: isKnown(task),
  },
  {
    id: 17,
    rules: [
      {
        verdict: 'true',
        when: all(
          isKnown(upcall),
          callsName(svAcrn('acrn_init_platform'), ['sysvec_install', 'alloc_intr_gate'], 'HYPERVISOR_CALLBACK_VECTOR'),
          { is: 'macro', near: upcall, name: 'HYPERVISOR_CALLBACK_VECTOR', value: 0xf3n },
        ),
      },
    ],
    otherwise: 'wrong',
    instead: isKnown(svAcrn('acrn_init_platform')),
  },
  {
    id: 18,
    rules: [{ verdict: 'true', when: { is: 'hop', from: upcall, to: interruptHandler, kind: 'fptr_call' } }],
    otherwise: 'wrong',
    instead: isKnown(upcall),
  },
  {
    id: 19,
    rules: [
      {
        verdict: 'true',
        when: all(callsName(interruptHandler, ['queue_work', 'queue_work_on'], 'ioreq_wq'), {
          is: 'hop',
          from: interruptHandler,
          to: dispatcher,
          kind: 'workqueue',
        }),
      },
    ],
    otherwise: 'wrong',
    instead: isKnown(interruptHandler),
  },
  {
    id: 20,
    rules: [
      {
        verdict: 'true',
        when: all(
          calls(dispatcher, dispatch),
          callsName(dispatch, ['set_bit', '__atomic_fetch_or'], 'ioreqs_map'),
          callsName(dispatch, ['wake_up_interruptible']),
          { is: 'hop', from: dispatch, to: wait, kind: 'waitqueue_wake' },
        ),
      },
    ],
    otherwise: 'wrong',
    instead: isKnown(dispatch),
  },
] as const satisfies readonly Claim[];
