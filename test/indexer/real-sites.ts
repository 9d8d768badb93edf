import type { Site } from './tree-links.ts';

const VIRTIO = 'devicemodel/hw/pci/virtio/virtio.c';
const GUEST = 'hypervisor/arch/x86/guest';

/** Calls through pointers in ACRN at HEAD. */
export const ACRN_SITES: readonly Site[] = [
  {
    file: VIRTIO,
    inFunction: 'virtio_pci_legacy_write',
    callee: '(*vq->notify)',
    reaches: ['virtio_console_notify_tx', 'virtio_console_notify_rx', 'virtio_blk_notify', 'vmei_notify_tx'],
  },
  {
    file: 'devicemodel/hw/pci/virtio/virtio_console.c',
    inFunction: 'virtio_console_notify_tx',
    callee: 'port->cb',
    reaches: ['virtio_console_backend_write', 'virtio_console_control_tx'],
    only: true,
  },
  {
    file: 'devicemodel/hw/pci/core.c',
    inFunction: 'pci_emul_io_handler',
    callee: '(*ops->vdev_barwrite)',
    reaches: ['virtio_pci_write', 'pci_ahci_write'],
  },
  {
    file: 'devicemodel/core/inout.c',
    inFunction: 'emulate_inout',
    callee: 'handler',
    reaches: ['pci_emul_io_handler', 'default_inout', 'reset_handler'],
  },
  {
    file: 'devicemodel/core/main.c',
    inFunction: 'handle_vmexit',
    callee: '(*handler[exitcode])',
    reaches: ['vmexit_inout'],
  },
  {
    file: 'devicemodel/core/mem.c',
    inFunction: 'mem_write',
    callee: '(*mr->handler)',
    reaches: ['pci_emul_mem_handler'],
  },
  {
    file: 'devicemodel/core/mevent.c',
    inFunction: 'mevent_handle',
    callee: '(*mevp->run)',
    reaches: ['virtio_console_backend_read', 'timer_handler'],
  },
  { file: VIRTIO, inFunction: 'iothread_handler', callee: '(*viothrd->iothread_run)', reaches: ['virtio_blk_notify'] },
  {
    file: 'devicemodel/core/timer.c',
    inFunction: 'timer_handler',
    callee: '(*cb)',
    reaches: ['virtio_poll_timer'],
  },
  {
    file: `${GUEST}/vmexit.c`,
    inFunction: 'vmexit_handler',
    callee: 'dispatch->handler',
    reaches: ['pio_instr_vmexit_handler', 'ept_violation_vmexit_handler', 'vmcall_vmexit_handler'],
  },
  {
    file: `${GUEST}/vmcall.c`,
    inFunction: 'dispatch_hypercall',
    callee: 'dispatch->handler',
    reaches: ['hcall_inject_msi', 'hcall_notify_ioreq_finish'],
  },
  {
    file: `${GUEST}/vlapic.c`,
    inFunction: 'vlapic_accept_intr',
    callee: 'vlapic->ops->accept_intr',
    reaches: ['apicv_advanced_accept_intr', 'apicv_basic_accept_intr', 'ptapic_accept_intr'],
    only: true,
  },
  {
    file: 'hypervisor/common/schedule.c',
    inFunction: 'wake_thread',
    callee: 'scheduler->wake',
    reaches: ['sched_bvt_wake'],
  },
  {
    file: 'hypervisor/common/schedule.c',
    inFunction: 'run_thread',
    callee: 'obj->thread_entry',
    reaches: ['vcpu_thread', 'default_idle'],
    only: true,
  },
];

/** Folders and files of the kernel that route A, set-up and control handshake touch. */
export const LINUX_FOLDERS: readonly string[] = [
  'drivers/virt',
  'drivers/virtio',
  'drivers/char/virtio_console.c',
  'drivers/tty/hvc',
  'drivers/tty/n_tty.c',
  'drivers/tty/tty_io.c',
  'fs/eventfd.c',
  'fs/eventpoll.c',
  'fs/read_write.c',
  'kernel/irq',
  'lib/iomap.c',
  'arch/x86/kernel/cpu/acrn.c',
  'arch/x86/kernel/irq.c',
  'arch/x86/kernel/apic/msi.c',
  'arch/x86/include/asm/shared/io.h',
  'arch/x86/include/asm/io.h',
  'include/linux/virtio.h',
  'include/linux/virtio_config.h',
  'include/linux/virtio_pci_legacy.h',
  'include/linux/interrupt.h',
  'include/linux/irq.h',
  'include/linux/irqdesc.h',
  'include/linux/irqhandler.h',
  'include/linux/irqdomain.h',
  'include/linux/msi.h',
  'include/linux/device.h',
  'include/linux/fs.h',
  'include/linux/poll.h',
  'include/linux/wait.h',
  'include/linux/tty.h',
  'include/linux/tty_driver.h',
  'include/linux/tty_ldisc.h',
];

/** Calls through pointers, and runners, in Linux 6.12; where 6.1 differs, as it has them. */
export const LINUX_SITES: readonly Site[] = [
  {
    file: 'fs/read_write.c',
    inFunction: 'new_sync_write',
    callee: 'filp->f_op->write_iter',
    reaches: ['tty_write'],
    before: {
      file: 'include/linux/fs.h',
      inFunction: 'call_write_iter',
      callee: 'file->f_op->write_iter',
      reaches: ['tty_write'],
    },
  },
  { file: 'fs/read_write.c', inFunction: 'vfs_write', callee: 'file->f_op->write', reaches: ['port_fops_write'] },
  {
    file: 'drivers/tty/tty_io.c',
    inFunction: 'iterate_tty_write',
    callee: 'ld->ops->write',
    reaches: ['n_tty_write'],
    before: {
      file: 'drivers/tty/tty_io.c',
      inFunction: 'do_tty_write',
      callee: 'write',
      reaches: ['n_tty_write'],
      only: true,
    },
  },
  {
    file: 'drivers/tty/n_tty.c',
    inFunction: 'process_output_block',
    callee: 'tty->ops->write',
    reaches: ['hvc_write'],
  },
  {
    file: 'drivers/tty/hvc/hvc_console.c',
    inFunction: 'hvc_push',
    callee: 'hp->ops->put_chars',
    reaches: ['put_chars'],
  },
  {
    file: 'drivers/virtio/virtio_ring.c',
    inFunction: 'virtqueue_notify',
    callee: 'vq->notify',
    reaches: ['vp_notify'],
  },
  {
    file: 'drivers/virtio/virtio_ring.c',
    inFunction: 'vring_interrupt',
    callee: 'vq->vq.callback',
    reaches: ['in_intr', 'out_intr', 'control_intr'],
  },
  {
    file: 'arch/x86/kernel/cpu/acrn.c',
    inFunction: 'DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)',
    callee: 'acrn_intr_handler',
    reaches: ['ioreq_intr_handler'],
    only: true,
  },
  {
    file: 'drivers/virt/acrn/ioreq.c',
    inFunction: 'ioreq_intr_handler',
    callee: 'queue_work',
    reaches: ['ioreq_dispatcher'],
  },
  {
    file: 'drivers/virt/acrn/ioreq.c',
    inFunction: 'ioreq_task',
    callee: 'client->handler',
    reaches: ['acrn_ioeventfd_handler'],
    only: true,
  },
  {
    file: 'include/linux/irqdesc.h',
    inFunction: 'generic_handle_irq_desc',
    callee: 'desc->handle_irq',
    reaches: ['handle_edge_irq'],
  },
  {
    file: 'kernel/irq/handle.c',
    inFunction: '__handle_irq_event_percpu',
    callee: 'action->handler',
    reaches: ['vring_interrupt'],
  },
  {
    file: 'drivers/virtio/virtio.c',
    inFunction: 'virtio_dev_probe',
    callee: 'drv->probe',
    reaches: ['virtcons_probe'],
  },
  {
    file: 'include/linux/virtio_config.h',
    inFunction: 'virtio_device_ready',
    callee: 'dev->config->set_status',
    reaches: ['vp_set_status'],
  },
  {
    file: 'include/linux/virtio_config.h',
    inFunction: 'virtio_find_vqs',
    callee: 'vdev->config->find_vqs',
    reaches: ['vp_find_vqs'],
  },
  {
    file: 'drivers/virtio/virtio_pci_common.c',
    inFunction: 'vp_setup_vq',
    callee: 'vp_dev->setup_vq',
    reaches: ['setup_vq'],
    only: true,
  },
  {
    file: 'fs/eventfd.c',
    inFunction: 'eventfd_signal_mask',
    callee: 'wake_up_locked_poll',
    reaches: ['ep_poll_callback', 'hsm_irqfd_wakeup'],
  },
  {
    file: 'drivers/virt/acrn/irqfd.c',
    inFunction: 'acrn_irqfd_assign',
    callee: 'vfs_poll',
    reaches: ['hsm_irqfd_poll_func'],
  },
];

/** Functions that macros make, labels, and where the last one stands alone: [file, function]. */
export const MADE_FUNCTIONS: readonly (readonly [string, string])[] = [
  ['fs/read_write.c', 'SYSCALL_DEFINE3(write)'],
  ['arch/x86/kernel/cpu/acrn.c', 'DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)'],
  ['arch/x86/kernel/irq.c', 'DEFINE_IDTENTRY_IRQ(common_interrupt)'],
  ['arch/x86/include/asm/shared/io.h', 'outw'],
  ['arch/x86/include/asm/io.h', 'writew'],
];
