import { tells } from './tell.ts';

/** Why acrn-dm passes the stages of its virtio framework. */
export const DEVICE_MODEL_VIRTIO = {
  ...tells('acrn:devicemodel/hw/pci/virtio/virtio.c', {
    virtio_linkup: [
      'Ties a device to the virtio framework: its queues, its operations, its PCI function.',
      '把设备接入 virtio 框架：队列、操作、PCI 功能。',
    ],
    virtio_reset_dev: [
      'Puts everything that the driver had set up back: features, queues, vectors, interrupts.',
      '撤回驱动建立的一切：特性、队列、向量、中断。',
    ],
    virtio_set_io_bar: ['Makes the legacy registers a BAR of ports.', '把 legacy 寄存器做成端口 BAR。'],
    virtio_interrupt_init: ['Offers MSI-X or MSI, and a line in any case.', '提供 MSI-X 或 MSI，并总是提供中断线。'],
    virtio_intr_init: [
      'Decides the kind of interrupts that the device offers, and makes their BAR.',
      '决定设备提供的中断类型，并建立其 BAR。',
    ],
    virtio_set_modern_bar: [
      'Gives a modern device its BARs: memory, and ports if wanted.',
      '为 modern 设备建立 BAR：内存，按需再加端口。',
    ],
    virtio_set_modern_mmio_bar: [
      'Lays common configuration, ISR, device configuration and notification into BAR 4 and describes them by capabilities.',
      '把公共配置、ISR、设备配置和通知区放入 BAR 4，并用能力项描述。',
    ],
    virtio_set_modern_pio_bar: [
      'Lays the notification register into a BAR of ports: a port exit costs less than an EPT violation.',
      '把通知寄存器放入端口 BAR：端口退出的代价低于 EPT 违例。',
    ],
    virtio_find_capability: ['Finds a virtio capability by its kind.', '按种类查找 virtio 能力项。'],
    virtio_get_cap_id: [
      'Which capability’s region an offset in BAR 4 falls into.',
      'BAR 4 中的偏移落在哪个能力项的区域。',
    ],
    virtio_find_cr: ['Binary search for the register at an offset.', '二分查找某偏移处的寄存器。'],
    virtio_find_legacy_cr: ['Finds the legacy register at an offset.', '查找某偏移处的 legacy 寄存器。'],
    virtio_find_modern_cr: [
      'Finds the register of the common configuration at an offset.',
      '查找公共配置中某偏移处的寄存器。',
    ],
    virtio_pci_read: [
      'A BAR of the device is read: MSI-X table, legacy registers or modern ones, by the BAR’s number.',
      '读设备的某个 BAR：按编号分为 MSI-X 表、legacy 或 modern 寄存器。',
    ],
    virtio_pci_write: [
      'A BAR of the device is written: MSI-X table, legacy registers or modern ones, by the BAR’s number.',
      '写设备的某个 BAR：按编号分为 MSI-X 表、legacy 或 modern 寄存器。',
    ],
    virtio_pci_legacy_read: [
      'Answers the read of a legacy register. Reading ISR clears it and lowers the line.',
      '应答 legacy 寄存器的读取。读 ISR 会清零并放下中断线。',
    ],
    virtio_pci_legacy_write: [
      'Does what the write of a legacy register asks. A write of QNOTIFY is the kick: the queue’s notify function is called right here, while the vCPU waits.',
      '执行 legacy 寄存器写入的要求。写 QNOTIFY 即通知：在此直接调用队列的 notify 函数，而 vCPU 等待着。',
    ],
    virtio_pci_modern_mmio_read: [
      'Answers the read of a modern register, by the region that it lies in.',
      '按所在区域应答 modern 寄存器的读取。',
    ],
    virtio_pci_modern_mmio_write: [
      'Does what the write of a modern register asks, by the region that it lies in.',
      '按所在区域执行 modern 寄存器写入的要求。',
    ],
    virtio_pci_modern_pio_write: [
      'A kick through the port BAR: it calls the queue’s notify function.',
      '经端口 BAR 的通知：调用队列的 notify 函数。',
    ],
    virtio_notify_cfg_write: [
      'A kick through BAR 4: the offset tells the queue, and its notify function is called.',
      '经 BAR 4 的通知：由偏移得知队列，并调用其 notify 函数。',
    ],
    virtio_common_cfg_read: ['Answers the read of the common configuration.', '应答公共配置的读取。'],
    virtio_common_cfg_write: [
      'Takes a write to the common configuration: features, status, the selected queue.',
      '接收对公共配置的写入：特性、状态、选中的队列。',
    ],
    virtio_device_cfg_read: ['Asks the device for its own configuration.', '向设备索取其自身配置。'],
    virtio_pci_status_handler: [
      'The status has changed: with DRIVER_OK ioeventfds or the polling timer begin, with 0 the device is reset.',
      '状态改变：DRIVER_OK 时启动 ioeventfd 或轮询定时器，为 0 时复位设备。',
    ],
    virtio_vq_init: [
      'Maps the rings of the selected queue from the page number that the driver gave.',
      '按驱动给出的页号映射选中队列的环。',
    ],
    virtio_vq_enable: ['Maps the rings of the selected queue from three addresses.', '按三个地址映射选中队列的环。'],
    virtio_register_ioeventfd: [
      'Asks the kernel to signal an eventfd for the kick of one queue, instead of sending it here.',
      '请求内核在某队列被通知时触发 eventfd，而不再送到这里。',
    ],
    virtio_set_iothread: [
      'Starts or stops the handling of every queue by an iothread.',
      '启动或停止由 iothread 处理各队列。',
    ],
    iothread_handler: [
      'The iothread’s side of a kick: it reads the eventfd empty and calls the queue’s notify function.',
      '通知在 iothread 一侧：读空 eventfd 并调用队列的 notify 函数。',
    ],
    acrn_parse_virtio_poll_interval: [
      'Reads the option that makes devices poll, within its bounds.',
      '解析使设备轮询的选项，并限制其范围。',
    ],
    virtio_start_timer: ['Arms the polling timer.', '设定轮询定时器。'],
    virtio_poll_timer: [
      'A turn of polling: kicks are switched off, every queue with descriptors is handled, and the timer goes on.',
      '一次轮询：关闭通知，处理每个有描述符的队列，定时器继续。',
    ],
    vq_getchain: [
      'Takes the next head out of the available ring and follows its descriptors, with checks, into a list of pointers to guest memory.',
      '从可用环取下一个链头，边检查边沿描述符走，得到指向客户机内存的列表。',
    ],
    _vq_record: ['Turns one descriptor into a pointer and a length.', '把一个描述符变成指针和长度。'],
    vq_retchain: ['Gives a chain back as if it had never been taken.', '把链放回，如同从未取出。'],
    vq_relchain: [
      'Puts the chain into the used ring with the bytes written, and moves the index last, behind a barrier.',
      '把链连同写入字节数放入已用环，最后在屏障之后移动索引。',
    ],
    vq_endchains: [
      'After a batch it decides on one interrupt: only if something was used and the driver wants to hear of it.',
      '一批之后决定是否发一次中断：仅当有已用项且驱动愿意得知。',
    ],
  }),
  ...tells('acrn:devicemodel/include/virtio.h', {
    vq_has_descs: [
      'Whether the driver has made something available: the driver’s index differs from the device’s.',
      '驱动是否提供了新内容：驱动的索引与设备的不同。',
    ],
    vq_ring_ready: ['Whether the rings are mapped at all.', '环是否已映射。'],
    vq_interrupt: [
      'Interrupts for a queue: by its MSI-X entry, else by ISR bit with MSI or the line.',
      '为队列发中断：用其 MSI-X 表项，否则用 ISR 位加 MSI 或中断线。',
    ],
  }),
} as const;
