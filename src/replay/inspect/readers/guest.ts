import { reads } from './reads.ts';

const hvc_console_c = reads('linux:drivers/tty/hvc/hvc_console.c');
const tty_buffer_c = reads('linux:drivers/tty/tty_buffer.c');
const workqueue_c = reads('linux:kernel/workqueue.c');
const handle_c = reads('linux:kernel/irq/handle.c');
const virtio_pci_common_c = reads('linux:drivers/virtio/virtio_pci_common.c');
const irqdesc_h = reads('linux:include/linux/irqdesc.h');
const chip_c = reads('linux:kernel/irq/chip.c');
const virtio_console_c = reads('linux:drivers/char/virtio_console.c');
const n_tty_c = reads('linux:drivers/tty/n_tty.c');
const tty_io_c = reads('linux:drivers/tty/tty_io.c');
const io_h = reads('linux:arch/x86/include/asm/io.h');
const irqflags_h = reads('linux:arch/x86/include/asm/irqflags.h');
const shared_io_h = reads('linux:arch/x86/include/asm/shared/io.h');
const virtio_pci_modern_dev_c = reads('linux:drivers/virtio/virtio_pci_modern_dev.c');
const virtio_c = reads('linux:drivers/virtio/virtio.c');
const virtio_pci_legacy_c = reads('linux:drivers/virtio/virtio_pci_legacy.c');
const virtio_pci_modern_c = reads('linux:drivers/virtio/virtio_pci_modern.c');
const virtio_ring_c = reads('linux:drivers/virtio/virtio_ring.c');
const virtio_pci_legacy_dev_c = reads('linux:drivers/virtio/virtio_pci_legacy_dev.c');

/** Which functions of the guest's kernel read its own fields, by the field's path with N for each number. */
export const GUEST_READERS: Readonly<Record<string, readonly string[]>> = {
  'hvcN.do_wakeup': hvc_console_c('__hvc_poll'),
  'hvcN.irq_requested': hvc_console_c('__hvc_poll'),
  'hvcN.lock': hvc_console_c('__hvc_poll', 'hvc_write'),
  'hvcN.n_outbuf': hvc_console_c('__hvc_poll', 'hvc_push', 'hvc_write', 'hvc_write_room'),
  'hvcN.ops.get_chars': hvc_console_c('__hvc_poll'),
  'hvcN.ops.notifier_add': hvc_console_c('hvc_open'),
  'hvcN.ops.put_chars': hvc_console_c('hvc_push'),
  'hvcN.port.buf.read': [...hvc_console_c('__hvc_poll'), ...tty_buffer_c('flush_to_ldisc')],
  'hvcN.port.buf.used': [...hvc_console_c('__hvc_poll'), ...tty_buffer_c('flush_to_ldisc')],
  'hvcN.port.buf.work.pending': workqueue_c('queue_work_on'),
  'hvcN.port.count': hvc_console_c('hvc_open', 'hvc_write'),
  hvc_kicked: hvc_console_c('khvcd'),
  'irq_desc[N].action[N].handler': handle_c('__handle_irq_event_percpu'),
  'irq_desc[N].cpu': virtio_pci_common_c('vp_find_one_vq_msix', 'vp_find_vqs_intx', 'vp_request_msix_vectors'),
  'irq_desc[N].handle_irq': irqdesc_h('generic_handle_irq_desc'),
  'irq_desc[N].istate': [...chip_c('handle_edge_irq', 'handle_fasteoi_irq'), ...handle_c('handle_irq_event')],
  'irq_desc[N].vector': [
    ...virtio_pci_common_c('vp_find_one_vq_msix', 'vp_find_vqs_intx', 'vp_request_msix_vectors'),
    ...chip_c('handle_fasteoi_irq'),
  ],
  'vcpuN.activity_state': [
    ...virtio_console_c('in_intr', 'out_intr'),
    ...hvc_console_c('hvc_kick'),
    ...n_tty_c('n_tty_receive_handle_newline'),
    ...tty_io_c('iterate_tty_write'),
    ...workqueue_c('queue_work_on'),
  ],
  'vcpuN.injected_exception': [
    ...io_h('readb', 'readl', 'readw', 'writeb', 'writel', 'writew'),
    ...irqflags_h('native_safe_halt'),
    ...shared_io_h('inb', 'inl', 'inw', 'outb', 'outl', 'outw'),
    ...chip_c('handle_fasteoi_irq'),
  ],
  'vcpuN.rflags.IF': [
    ...io_h('writew'),
    ...irqflags_h('native_safe_halt'),
    ...shared_io_h('outw'),
    ...virtio_console_c(
      '__send_control_msg',
      '__send_to_port',
      'fill_queue',
      'fill_readbuf',
      'handle_control_message',
      'in_intr',
      'port_fops_open',
      'port_has_data',
      'will_write_block',
    ),
    ...hvc_console_c('__hvc_poll', 'hvc_write'),
    ...virtio_pci_common_c('virtio_pci_probe', 'vp_request_msix_vectors', 'vp_setup_vq', 'vp_vring_interrupt'),
    ...virtio_pci_modern_dev_c('vp_modern_probe'),
  ],
  'virtioN.features': [
    ...virtio_console_c('virtcons_probe'),
    ...virtio_c('virtio_features_ok'),
    ...virtio_pci_legacy_c('vp_finalize_features'),
    ...virtio_pci_modern_c('vp_finalize_features'),
    ...virtio_ring_c('__vring_new_virtqueue', 'vring_create_virtqueue', 'vring_transport_features'),
  ],
  'virtioN.portdev.c_ivq_lock': virtio_console_c('control_work_handler', 'fill_queue'),
  'virtioN.portdev.c_ovq_lock': virtio_console_c('__send_control_msg'),
  'virtioN.portdev.control_work.pending': workqueue_c('queue_work_on'),
  'virtioN.ports[N].cons.vtermno': virtio_console_c('find_port_by_vtermno', 'init_port_console'),
  'virtioN.ports[N].guest_connected': virtio_console_c(
    'in_intr',
    'port_fops_open',
    'port_fops_read',
    'wait_port_writable',
    'will_read_block',
    'will_write_block',
  ),
  'virtioN.ports[N].host_connected': virtio_console_c('port_fops_read', 'will_read_block', 'will_write_block'),
  'virtioN.ports[N].inbuf': virtio_console_c('fill_readbuf', 'get_inbuf', 'port_has_data'),
  'virtioN.ports[N].inbuf_lock': virtio_console_c('fill_queue', 'fill_readbuf', 'in_intr', 'port_has_data'),
  'virtioN.ports[N].name': virtio_console_c('handle_control_message'),
  'virtioN.ports[N].outvq_full': virtio_console_c('will_write_block'),
  'virtioN.ports[N].outvq_lock': virtio_console_c(
    '__send_to_port',
    'handle_control_message',
    'port_fops_open',
    'will_write_block',
  ),
  'virtioN.ports[N].stats.bytes_received': virtio_console_c('get_inbuf'),
  'virtioN.ports[N].stats.bytes_sent': virtio_console_c('__send_to_port'),
  'virtioN.vqs[N].avail_flags_shadow': virtio_ring_c('virtqueue_get_buf_ctx_split', 'virtqueue_vring_init_split'),
  'virtioN.vqs[N].avail_idx_shadow': virtio_ring_c('virtqueue_add_split', 'virtqueue_kick_prepare_split'),
  'virtioN.vqs[N].broken': [
    ...virtio_console_c('__send_control_msg', '__send_to_port'),
    ...virtio_ring_c('virtqueue_add_split', 'virtqueue_get_buf_ctx_split', 'virtqueue_notify', 'vring_interrupt'),
  ],
  'virtioN.vqs[N].callback': virtio_ring_c('virtqueue_vring_init_split', 'vring_interrupt'),
  'virtioN.vqs[N].free_head': virtio_ring_c('detach_buf_split', 'virtqueue_add_split'),
  'virtioN.vqs[N].last_used_idx': virtio_ring_c('virtqueue_get_buf_ctx_split', 'vring_interrupt'),
  'virtioN.vqs[N].notify': virtio_ring_c('virtqueue_notify'),
  'virtioN.vqs[N].num_added': virtio_ring_c('virtqueue_add_split', 'virtqueue_kick_prepare_split'),
  'virtioN.vqs[N].num_free': [
    ...virtio_console_c('__send_to_port', 'add_inbuf'),
    ...virtio_ring_c('detach_buf_split', 'virtqueue_add_split'),
  ],
  'virtioN.vqs[N].priv': [...virtio_pci_common_c('vp_notify'), ...virtio_pci_modern_c('setup_vq')],
  'vp_dev[N].config_vector': virtio_pci_common_c('vp_request_msix_vectors'),
  'vp_dev[N].intx_enabled': virtio_pci_common_c('vp_del_vqs'),
  'vp_dev[N].isr': virtio_pci_common_c('vp_interrupt'),
  'vp_dev[N].ldev.ioaddr': [
    ...virtio_pci_legacy_c('setup_vq', 'vp_get'),
    ...virtio_pci_legacy_dev_c(
      'vp_legacy_config_vector',
      'vp_legacy_get_features',
      'vp_legacy_get_queue_enable',
      'vp_legacy_get_queue_size',
      'vp_legacy_get_status',
      'vp_legacy_probe',
      'vp_legacy_queue_vector',
      'vp_legacy_set_features',
      'vp_legacy_set_queue_address',
      'vp_legacy_set_status',
    ),
  ],
  'vp_dev[N].lock': virtio_pci_common_c('vp_setup_vq', 'vp_vring_interrupt'),
  'vp_dev[N].msix_enabled': [...virtio_pci_common_c('vp_del_vqs'), ...virtio_pci_legacy_c('vp_get')],
  'vp_dev[N].msix_used_vectors': virtio_pci_common_c('vp_del_vqs', 'vp_find_vqs_msix', 'vp_request_msix_vectors'),
};
