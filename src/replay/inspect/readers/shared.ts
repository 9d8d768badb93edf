import { reads } from './reads.ts';

const virtio_c = reads('acrn:devicemodel/hw/pci/virtio/virtio.c');
const virtio_h = reads('acrn:devicemodel/include/virtio.h');
const virtio_ring_c = reads('linux:drivers/virtio/virtio_ring.c');
const virtio_console_c = reads('acrn:devicemodel/hw/pci/virtio/virtio_console.c');
const ioreq_c = reads('linux:drivers/virt/acrn/ioreq.c');
const sbuf_c = reads('acrn:hypervisor/common/sbuf.c');
const acrn_sbuf_c = reads('linux:drivers/virt/acrn/sbuf.c');
const main_c = reads('acrn:devicemodel/core/main.c');
const ioeventfd_c = reads('linux:drivers/virt/acrn/ioeventfd.c');
const io_req_c = reads('acrn:hypervisor/dm/io_req.c');

/** Which functions read the rings, the I/O request page and the shared buffer of asyncio, by the field's path with N for each number. */
export const SHARED_READERS: Readonly<Record<string, readonly string[]>> = {
  'ring.avail.flags': virtio_c('vq_endchains'),
  'ring.avail.idx': [...virtio_c('vq_getchain'), ...virtio_h('vq_has_descs')],
  'ring.avail.ring': virtio_c('vq_getchain'),
  'ring.desc': [...virtio_c('_vq_record', 'vq_getchain'), ...virtio_ring_c('detach_buf_split', 'virtqueue_add_split')],
  'ring.used.flags': [
    ...virtio_c('virtio_poll_timer'),
    ...virtio_console_c('virtio_console_notify_rx'),
    ...virtio_ring_c('virtqueue_kick_prepare_split'),
  ],
  'ring.used.idx': [
    ...virtio_c('vq_endchains', 'vq_relchain'),
    ...virtio_ring_c('virtqueue_get_buf_ctx_split', 'vring_interrupt'),
  ],
  'ring.used.ring': virtio_ring_c('virtqueue_get_buf_ctx_split'),
  'sbuf.data': ioreq_c('acrn_asyncio_dispatch'),
  'sbuf.ele_size': [...sbuf_c('sbuf_put'), ...acrn_sbuf_c('acrn_sbuf_move_next')],
  'sbuf.flags': sbuf_c('sbuf_put'),
  'sbuf.head': [...sbuf_c('sbuf_put'), ...acrn_sbuf_c('acrn_sbuf_get_data_ptr', 'acrn_sbuf_move_next')],
  'sbuf.size': [...sbuf_c('sbuf_put'), ...acrn_sbuf_c('acrn_sbuf_move_next')],
  'sbuf.tail': [...sbuf_c('sbuf_put'), ...acrn_sbuf_c('acrn_sbuf_get_data_ptr')],
  'slot.address': [
    ...main_c('vmexit_inout', 'vmexit_mmio_emul'),
    ...ioeventfd_c('acrn_ioeventfd_handler'),
    ...ioreq_c('find_ioreq_client', 'handle_cf8cfc'),
  ],
  'slot.completion_polling': ioreq_c('ioreq_complete_request'),
  'slot.direction': [
    ...main_c('vmexit_inout', 'vmexit_mmio_emul', 'vmexit_pci_emul'),
    ...ioeventfd_c('acrn_ioeventfd_handler'),
    ...ioreq_c('handle_cf8cfc'),
  ],
  'slot.kernel_handled': main_c('vm_loop'),
  'slot.processed': [
    ...main_c('vm_loop'),
    ...io_req_c('acrn_insert_request', 'dm_emulate_io_complete', 'has_complete_ioreq'),
    ...ioreq_c('acrn_ioreq_dispatch'),
  ],
  'slot.size': [
    ...main_c('vmexit_inout', 'vmexit_mmio_emul', 'vmexit_pci_emul'),
    ...ioeventfd_c('acrn_ioeventfd_handler'),
    ...ioreq_c('find_ioreq_client', 'handle_cf8cfc'),
  ],
  'slot.type': [
    ...main_c('handle_vmexit'),
    ...ioeventfd_c('acrn_ioeventfd_handler'),
    ...ioreq_c('find_ioreq_client', 'handle_cf8cfc'),
  ],
  'slot.value': [
    ...main_c('vmexit_inout', 'vmexit_mmio_emul', 'vmexit_pci_emul'),
    ...io_req_c('complete_ioreq'),
    ...ioeventfd_c('acrn_ioeventfd_handler'),
    ...ioreq_c('handle_cf8cfc'),
  ],
};
