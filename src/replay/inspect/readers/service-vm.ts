import { reads } from './reads.ts';

const ioeventfd_c = reads('linux:drivers/virt/acrn/ioeventfd.c');
const ioreq_c = reads('linux:drivers/virt/acrn/ioreq.c');
const hsm_c = reads('linux:drivers/virt/acrn/hsm.c');
const sbuf_c = reads('linux:drivers/virt/acrn/sbuf.c');
const acrn_c = reads('linux:arch/x86/kernel/cpu/acrn.c');
const eventfd_c = reads('linux:fs/eventfd.c');
const eventpoll_c = reads('linux:fs/eventpoll.c');
const timerfd_c = reads('linux:fs/timerfd.c');

/** Which functions of the Service VM's kernel read its own fields, by the field's path with N for each number. */
export const SERVICE_VM_READERS: Readonly<Record<string, readonly string[]>> = {
  'acrn_hsmN.asyncio_sbuf': [
    ...ioeventfd_c('acrn_ioeventfd_asyncio_config'),
    ...ioreq_c('acrn_asyncio_dispatch', 'ioreq_dispatcher'),
  ],
  'acrn_hsmN.client "*".flags': ioreq_c('acrn_ioreq_client_wait'),
  'acrn_hsmN.client "*".ioreqs_map': ioreq_c(
    'acrn_ioreq_complete_request',
    'acrn_ioreq_dispatch',
    'has_pending_request',
    'ioreq_task',
  ),
  'acrn_hsmN.client "*".kthread_should_stop': ioreq_c('acrn_ioreq_client_wait', 'ioreq_task'),
  'acrn_hsmN.flags': ioreq_c('acrn_ioreq_dispatch'),
  'acrn_hsmN.ioreq_buf': ioreq_c(
    'acrn_ioreq_complete_request',
    'acrn_ioreq_dispatch',
    'acrn_ioreq_init',
    'ioreq_dispatcher',
    'ioreq_task',
  ),
  'acrn_hsmN.pci_conf_addr': ioreq_c('handle_cf8cfc'),
  'acrn_hsmN.vcpu_num': ioreq_c('acrn_ioreq_complete_request', 'acrn_ioreq_dispatch', 'ioreq_task'),
  'acrn_hsmN.vmid': [
    ...hsm_c('acrn_dev_ioctl'),
    ...ioeventfd_c('acrn_ioeventfd_asyncio_config', 'acrn_ioeventfd_init'),
    ...ioreq_c('acrn_ioreq_client_create', 'acrn_ioreq_init', 'ioreq_complete_request'),
    ...sbuf_c('acrn_sbuf_setup'),
  ],
  acrn_intr_handler: acrn_c('DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)'),
  'eventfdN.count': [...eventfd_c('eventfd_signal_mask'), ...eventpoll_c('ep_insert')],
  'ioreq_work.pending': ioreq_c('ioreq_intr_handler'),
  ioreq_wq: ioreq_c('ioreq_intr_handler'),
  'irq_stat.irq_hv_callback_count': acrn_c('DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)'),
  'timerfdN.ticks': [...eventpoll_c('ep_insert'), ...timerfd_c('timerfd_tmrproc')],
};
