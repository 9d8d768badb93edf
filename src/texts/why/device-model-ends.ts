import { tells } from './tell.ts';

/** Why acrn-dm passes the stages by which devices are taken down, reset, or fail. */
export const DEVICE_MODEL_ENDS = {
  ...tells('acrn:devicemodel/core/main.c', {
    vm_deinit_vdevs: [
      'Takes all virtual devices down, when the VM ends or starts anew.',
      '虚拟机结束或重新开始时，拆除所有虚拟设备。',
    ],
    vm_reset_vdevs: [
      'Takes all virtual devices down and sets them up again, for a guest that restarts.',
      '为重新启动的客户机拆除所有虚拟设备并重新建立。',
    ],
    vm_system_reset: [
      'The guest has asked for a reset: requests are drained, the VM is paused, devices are made anew, and the VM starts again.',
      '客户机请求复位：排空请求，暂停虚拟机，重建设备，再次启动虚拟机。',
    ],
  }),
  ...tells('acrn:devicemodel/arch/x86/pm.c', {
    reset_handler: ['The guest writes the reset register at port 0xcf9.', '客户机写端口 0xcf9 的复位寄存器。'],
  }),
  ...tells('acrn:devicemodel/core/inout.c', {
    default_inout: [
      'No device has this port: a read gives all ones, a write is ignored.',
      '没有设备拥有此端口：读得全 1，写被忽略。',
    ],
  }),
  ...tells('acrn:devicemodel/core/mem.c', {
    unregister_mem_fallback: ['Takes the range of last resort out.', '移除最后备用的范围。'],
  }),
  ...tells('acrn:devicemodel/core/iothread.c', {
    iothread_del: ['Takes an eventfd out of the iothread’s set.', '把 eventfd 移出 iothread 的集合。'],
    iothread_deinit: ['Ends all iothreads, when the VM goes.', '虚拟机结束时终止所有 iothread。'],
  }),
  ...tells('acrn:devicemodel/core/mevent.c', {
    is_dispatch_thread: [
      'Whether the caller is the dispatcher itself: then nobody has to be woken.',
      '调用者是否就是分发线程：若是则无需唤醒。',
    ],
    mevent_notify: [
      'Wakes the dispatcher by a byte in a pipe, so that it sees a change of its list.',
      '向管道写一个字节唤醒分发线程，使其看到列表的变化。',
    ],
    mevent_pipe_read: ['Reads the bytes away by which the dispatcher was woken.', '读掉用来唤醒分发线程的字节。'],
    mevent_disable: ['Stops watching a descriptor, but keeps it on the list.', '停止监视某描述符，但保留在列表中。'],
    mevent_add_to_del_list: [
      'Puts an entry aside until the dispatcher can free it.',
      '把某项放到一旁，待分发线程释放。',
    ],
    mevent_delete_event: [
      'Takes an entry off the list; the dispatcher frees it later if it may still be using it.',
      '把某项移出列表；若分发线程可能仍在使用，则稍后释放。',
    ],
    mevent_delete: ['Stops watching a descriptor for good.', '永久停止监视某描述符。'],
    mevent_delete_close: ['Stops watching a descriptor and closes it.', '停止监视某描述符并关闭它。'],
  }),
  ...tells('acrn:devicemodel/core/vmmapi.c', {
    vm_suspend: ['Says how the VM is to go on: reset, power off, and so on.', '说明虚拟机接下来如何：复位、关机等。'],
    vm_pause: ['ioctl: pause the VM.', 'ioctl：暂停虚拟机。'],
    vm_reset: ['ioctl: reset the VM.', 'ioctl：复位虚拟机。'],
    vm_clear_ioreq: [
      'ioctl: drop what the HSM still has of the VM’s requests.',
      'ioctl：丢弃 HSM 中该虚拟机残留的请求。',
    ],
    vm_set_suspend_mode: [
      'Notes in which way the VM is to be suspended; the threads look at it.',
      '记下虚拟机将以何种方式挂起；各线程会查看。',
    ],
  }),
  ...tells('acrn:devicemodel/hw/pci/core.c', {
    pci_emul_fallback_handler: [
      'No device claims this address in the PCI window: a read gives all ones.',
      'PCI 窗口中没有设备认领此地址：读得全 1。',
    ],
    pci_emul_free_bars: ['Gives all ports and memory of a function back.', '归还某功能的所有端口和内存。'],
    pci_emul_free_bar: ['Gives one BAR back.', '归还一个 BAR。'],
    pci_lintr_release: ['Gives a function’s interrupt line back.', '归还某功能的中断线。'],
    pci_set_msi_pending: ['Notes that a masked plain MSI is waiting.', '记下被屏蔽的普通 MSI 在等待。'],
    msicap_cfgwrite: [
      'The guest programs plain MSI; what waited for its unmasking is sent.',
      '客户机设置普通 MSI；等待解除屏蔽的消息被发送。',
    ],
    pci_emul_deinit: ['Takes one PCI function down.', '拆除一个 PCI 功能。'],
    pci_emul_ecfg_handler: [
      'Configuration space is accessed through memory instead of ports.',
      '经内存而非端口访问配置空间。',
    ],
    deinit_pci: ['Takes the whole PCI bus down.', '拆除整个 PCI 总线。'],
  }),
  ...tells('acrn:devicemodel/hw/pci/irq.c', {
    pci_irq_deinit: ['Takes the interrupt router down.', '拆除中断路由器。'],
  }),
  ...tells('acrn:devicemodel/hw/platform/ioapic.c', {
    ioapic_deinit: ['Forgets which I/O APIC pins were handed out.', '清除已分配的 I/O APIC 引脚记录。'],
  }),
  ...tells('acrn:devicemodel/hw/pci/virtio/virtio.c', {
    vq_clear_used_ring_flags: [
      'Lets the guest kick again, except where the device polls.',
      '允许客户机再次通知，除非设备在轮询。',
    ],
    virtio_isr_cfg_read: [
      'The modern ISR register is read: that clears it and lowers the line.',
      '读取 modern 的 ISR 寄存器：清零并放下中断线。',
    ],
    virtio_device_cfg_write: ['The guest writes the device’s own configuration.', '客户机写设备自身的配置。'],
    virtio_pci_modern_pio_read: [
      'The port of notification is read, which has no meaning.',
      '读取通知端口，这没有意义。',
    ],
  }),
  ...tells('acrn:devicemodel/hw/pci/virtio/virtio_console.c', {
    virtio_console_reset_backend: [
      'A backend has failed: its descriptor is given up, or a socket waits for the next client.',
      '后端失败：放弃其描述符，套接字则等待下一个客户端。',
    ],
    virtio_console_socket_clear: ['Forgets the connection of a socket.', '清除套接字的连接。'],
    make_socket_non_blocking: [
      'Makes a connection non-blocking, because the dispatcher must not wait for one backend.',
      '把连接设为非阻塞，因为分发线程不能等待单个后端。',
    ],
    virtio_console_accept_new_connection: [
      'A client connects: the port talks to it from now on, and drops an earlier one.',
      '客户端连接：端口从此与它通信，并放弃先前的。',
    ],
    virtio_console_restore_stdio: ['Gives the terminal its own settings back.', '恢复终端自身的设置。'],
    virtio_console_close_backend: [
      'Closes the file, terminal or socket behind a port.',
      '关闭端口背后的文件、终端或套接字。',
    ],
    virtio_console_destroy: ['Frees the console, once nobody holds it.', '无人持有时释放控制台。'],
    virtio_console_teardown_backend: [
      'The last event of a backend is gone: the console may be freed.',
      '后端的最后一个事件已结束：控制台可以释放。',
    ],
    virtio_console_close_all: ['Closes every backend of the console.', '关闭控制台的所有后端。'],
    virtio_console_deinit: ['Takes the console device down.', '拆除控制台设备。'],
  }),
} as const;
