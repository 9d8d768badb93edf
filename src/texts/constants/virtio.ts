import { constants } from './constant-texts.ts';

const feature = constants('feature-bit');
const register = constants('register');
const status = constants('status-bit');
const ring = constants('ring-flag');
const event = constants('console-event');

/** Feature bits: offered by the device, accepted by the driver. */
export const FEATURE_BITS = feature({
  VIRTIO_F_NOTIFY_ON_EMPTY: [
    'Legacy: the device interrupts when it runs out of buffers, even where interrupts are off.',
    'legacy：设备用完缓冲区时发送中断，即使中断已关闭。',
    '6.3',
  ],
  VIRTIO_F_ANY_LAYOUT: [
    'Legacy: the device takes any division of a message into descriptors.',
    'legacy：设备接受消息在描述符间的任意划分。',
    '6.3',
  ],
  VIRTIO_F_VERSION_1: [
    'The device speaks virtio 1.0 or later; without it the transport is legacy.',
    '设备遵循 virtio 1.0 或更高版本；没有它则为 legacy 传输方式。',
    '6',
  ],
  VIRTIO_F_ACCESS_PLATFORM: [
    'The device reaches memory through the platform (an IOMMU), not by physical addresses.',
    '设备经平台（IOMMU）访问内存，而不是用物理地址。',
    '6',
  ],
  VIRTIO_F_RING_PACKED: [
    'Queues have the packed layout instead of the split one.',
    '队列使用 packed 布局而非 split 布局。',
    '2.8',
  ],
  VIRTIO_F_IN_ORDER: [
    'The device uses buffers in the order in which they were made available.',
    '设备按缓冲区可用的顺序使用它们。',
    '6',
  ],
  VIRTIO_F_ORDER_PLATFORM: [
    'Memory accesses of driver and device are ordered by the platform.',
    '驱动与设备的内存访问顺序由平台保证。',
    '6',
  ],
  VIRTIO_F_NOTIFICATION_DATA: [
    'A kick carries more than the queue number: how far the driver has come.',
    '通知除队列号外还携带驱动的进度。',
    '2.9',
  ],
  VIRTIO_F_RING_RESET: ['Single queues can be reset.', '可以单独复位队列。', '2.6.1'],
  VIRTIO_RING_F_INDIRECT_DESC: [
    'A descriptor may stand for a table of descriptors elsewhere in memory.',
    '一个描述符可以代表内存别处的一张描述符表。',
    '2.7.5.3',
  ],
  VIRTIO_RING_F_EVENT_IDX: [
    'Each side says by an index when it wants to be told next, instead of by a flag.',
    '双方用索引（而非标志）说明下一次何时需要通知。',
    '2.7.10',
  ],
  VIRTIO_CONSOLE_F_SIZE: [
    'The configuration holds columns and rows of the terminal.',
    '配置空间含有终端的列数与行数。',
    '5.3.3',
  ],
  VIRTIO_CONSOLE_F_MULTIPORT: [
    'The device has several ports, and control queues that introduce them.',
    '设备有多个端口，并以控制队列介绍它们。',
    '5.3.3',
  ],
  VIRTIO_CONSOLE_F_EMERG_WRITE: [
    'A character can be written through the configuration, before any queue works.',
    '在队列可用之前即可经配置空间写出字符。',
    '5.3.3',
  ],
});

/** Registers of the legacy and the modern PCI transport. The driver writes or reads them, the device traps that. */
export const REGISTERS = register({
  VIRTIO_PCI_HOST_FEATURES: [
    'Features that the device offers, 32 bits; the driver only reads it.',
    '设备提供的特性（32 位）；驱动只读。',
    '4.1.4.10',
  ],
  VIRTIO_PCI_GUEST_FEATURES: ['Features that the driver accepts.', '驱动接受的特性。', '4.1.4.10'],
  VIRTIO_PCI_QUEUE_PFN: [
    'Page number of the selected queue: writing it makes the device map the rings.',
    '所选队列的页号：写入后设备映射各环。',
    '4.1.4.10',
  ],
  VIRTIO_PCI_QUEUE_NUM: [
    'Size of the selected queue; 0 where there is none.',
    '所选队列的长度；不存在则为 0。',
    '4.1.4.10',
  ],
  VIRTIO_PCI_QUEUE_SEL: [
    'Chooses the queue that the queue registers speak of.',
    '选择队列寄存器所指的队列。',
    '4.1.4.10',
  ],
  VIRTIO_PCI_QUEUE_NOTIFY: [
    'The kick: the driver writes the number of the queue that has new buffers, and leaves the guest by it.',
    '通知（kick）：驱动写入有新缓冲区的队列号，并因此退出客户机。',
    '4.1.5.2',
  ],
  VIRTIO_PCI_STATUS: [
    'How far the driver has come; writing 0 resets the device.',
    '驱动初始化的进度；写 0 复位设备。',
    '4.1.4.10',
  ],
  VIRTIO_PCI_ISR: [
    'Why the interrupt line was raised; reading it clears it and lowers the line.',
    '中断线拉起的原因；读取会清除它并放下中断线。',
    '4.1.4.5',
  ],
  VIRTIO_PCI_ISR_CONFIG: [
    'Bit of the ISR register: the configuration changed.',
    'ISR 寄存器的位：配置已改变。',
    '4.1.4.5',
  ],
  VIRTIO_PCI_ISR_QUEUES: [
    'Bit of the ISR register: a queue has used buffers.',
    'ISR 寄存器的位：某个队列有已用缓冲区。',
    '4.1.4.5',
  ],
  VIRTIO_MSI_CONFIG_VECTOR: [
    'MSI-X entry that tells changes of the configuration.',
    '告知配置变化所用的 MSI-X 表项。',
    '4.1.4.10',
  ],
  VIRTIO_MSI_QUEUE_VECTOR: [
    'MSI-X entry by which the selected queue interrupts.',
    '所选队列中断所用的 MSI-X 表项。',
    '4.1.4.10',
  ],
  VIRTIO_MSI_NO_VECTOR: [
    'No MSI-X entry: such a queue never interrupts.',
    '没有 MSI-X 表项：该队列从不中断。',
    '4.1.5.1.2',
  ],
  VIRTIO_PCI_QUEUE_ADDR_SHIFT: [
    'The legacy page number counts pages of 4096 bytes.',
    'legacy 页号以 4096 字节的页计数。',
    '2.7.2',
  ],
  VIRTIO_PCI_VRING_ALIGN: [
    'Where the used ring of a legacy queue begins: at the next multiple of this.',
    'legacy 队列的 used 环起始于它的下一个整数倍处。',
    '2.7.2',
  ],
  VIRTIO_PCI_CAP_COMMON_CFG: ['Capability: where the common configuration lies.', '能力：公共配置的位置。', '4.1.4.3'],
  VIRTIO_PCI_CAP_NOTIFY_CFG: ['Capability: where queues are notified.', '能力：队列通知的位置。', '4.1.4.4'],
  VIRTIO_PCI_CAP_ISR_CFG: ['Capability: where the ISR register lies.', '能力：ISR 寄存器的位置。', '4.1.4.5'],
  VIRTIO_PCI_CAP_DEVICE_CFG: [
    "Capability: where the device's own configuration lies.",
    '能力：设备专有配置的位置。',
    '4.1.4.6',
  ],
  VIRTIO_PCI_CAP_PCI_CFG: [
    'Capability: a window through which BARs are reached from configuration space.',
    '能力：从配置空间访问 BAR 的窗口。',
    '4.1.4.9',
  ],
  VIRTIO_PCI_COMMON_STATUS: [
    'How far the driver has come; writing 0 resets the device.',
    '驱动初始化的进度；写 0 复位设备。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_DFSELECT: [
    'Chooses which 32 of the offered features are read.',
    '选择读取哪 32 位设备特性。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_DF: ['32 of the features that the device offers.', '设备提供的特性中的 32 位。', '4.1.4.3'],
  VIRTIO_PCI_COMMON_GFSELECT: [
    'Chooses which 32 of the accepted features are written.',
    '选择写入哪 32 位驱动特性。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_GF: ['32 of the features that the driver accepts.', '驱动接受的特性中的 32 位。', '4.1.4.3'],
  VIRTIO_PCI_COMMON_MSIX: [
    'MSI-X entry that tells changes of the configuration.',
    '告知配置变化所用的 MSI-X 表项。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_NUMQ: ['How many queues the device has.', '设备的队列数。', '4.1.4.3'],
  VIRTIO_PCI_COMMON_CFGGENERATION: [
    'Changes when the configuration has changed, so that a torn read is noticed.',
    '配置改变时随之变化，从而发现不一致的读取。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_Q_SELECT: [
    'Chooses the queue that the queue registers speak of.',
    '选择队列寄存器所指的队列。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_Q_SIZE: [
    'Size of the selected queue; the driver may make it smaller.',
    '所选队列的长度；驱动可以减小它。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_Q_MSIX: [
    'MSI-X entry by which the selected queue interrupts.',
    '所选队列中断所用的 MSI-X 表项。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_Q_ENABLE: [
    'Writing 1 lets the device use the selected queue.',
    '写 1 使设备可以使用所选队列。',
    '4.1.4.3',
  ],
  VIRTIO_PCI_COMMON_Q_NOFF: [
    'Where the selected queue is notified, in multiples of the notify capability.',
    '所选队列的通知位置，以通知能力的倍数计。',
    '4.1.4.4',
  ],
});

/** Bits of the device status. */
export const STATUS_BITS = status({
  VIRTIO_CONFIG_S_ACKNOWLEDGE: ['The guest has found the device.', '客户机已发现设备。', '2.1'],
  VIRTIO_CONFIG_S_DRIVER: ['The guest knows how to drive it.', '客户机知道如何驱动它。', '2.1'],
  VIRTIO_CONFIG_S_FEATURES_OK: ['The features are agreed.', '特性协商完成。', '2.1'],
  VIRTIO_CONFIG_S_DRIVER_OK: [
    'The driver is ready: from here on the device may use the queues.',
    '驱动就绪：设备从此可以使用队列。',
    '2.1',
  ],
  VIRTIO_CONFIG_S_NEEDS_RESET: [
    'The device met an error that only a reset mends.',
    '设备遇到只有复位才能恢复的错误。',
    '2.1',
  ],
  VIRTIO_CONFIG_S_FAILED: ['The driver has given up.', '驱动已放弃。', '2.1'],
});

/** Flags of descriptors and rings. */
export const RING_FLAGS = ring({
  VRING_DESC_F_NEXT: [
    'The chain goes on with the descriptor that `next` names.',
    '链继续到 next 所指的描述符。',
    '2.7.5',
  ],
  VRING_DESC_F_WRITE: [
    'The device writes this buffer; without the flag it reads it.',
    '设备写此缓冲区；没有此标志则读取。',
    '2.7.5',
  ],
  VRING_DESC_F_INDIRECT: ['The buffer is a table of descriptors.', '该缓冲区是一张描述符表。', '2.7.5.3'],
  VRING_USED_F_NO_NOTIFY: [
    'The device asks the driver not to kick: it looks by itself.',
    '设备请驱动不要通知：它会自行查看。',
    '2.7.10',
  ],
  VRING_AVAIL_F_NO_INTERRUPT: ['The driver asks the device not to interrupt.', '驱动请设备不要发送中断。', '2.7.7'],
  VQ_ALLOC: ['acrn-dm: the rings of this queue are mapped.', 'acrn-dm：此队列的环已映射。'],
  VIRTIO_USE_MSIX: ['acrn-dm: the device interrupts by MSI-X.', 'acrn-dm：设备以 MSI-X 发送中断。'],
});

/** Events of the control queues of virtio-console. */
export const CONSOLE_EVENTS = event({
  VIRTIO_CONSOLE_DEVICE_READY: [
    'Driver to device: the driver can take control messages.',
    '驱动到设备：驱动可以接收控制消息。',
    '5.3.6.2',
  ],
  VIRTIO_CONSOLE_PORT_ADD: [
    'Device to driver: there is a port.',
    '设备到驱动：有一个端口。',
    '5.3.6.2',
    'VIRTIO_CONSOLE_DEVICE_ADD',
  ],
  VIRTIO_CONSOLE_DEVICE_ADD: [
    'Device to driver: there is a port.',
    '设备到驱动：有一个端口。',
    '5.3.6.2',
    'VIRTIO_CONSOLE_PORT_ADD',
  ],
  VIRTIO_CONSOLE_PORT_REMOVE: [
    'Device to driver: the port is gone.',
    '设备到驱动：端口已移除。',
    '5.3.6.2',
    'VIRTIO_CONSOLE_DEVICE_REMOVE',
  ],
  VIRTIO_CONSOLE_DEVICE_REMOVE: [
    'Device to driver: the port is gone.',
    '设备到驱动：端口已移除。',
    '5.3.6.2',
    'VIRTIO_CONSOLE_PORT_REMOVE',
  ],
  VIRTIO_CONSOLE_PORT_READY: [
    'Driver to device: the port has its buffers; value 0 says that this failed.',
    '驱动到设备：端口已备好缓冲区；值为 0 表示失败。',
    '5.3.6.2',
  ],
  VIRTIO_CONSOLE_CONSOLE_PORT: [
    'Device to driver: the port is a console, so an hvc terminal is made for it.',
    '设备到驱动：该端口是控制台，因此为它创建 hvc 终端。',
    '5.3.6.2',
  ],
  VIRTIO_CONSOLE_RESIZE: [
    'Device to driver: the terminal has another size.',
    '设备到驱动：终端尺寸已改变。',
    '5.3.6.2',
    'VIRTIO_CONSOLE_CONSOLE_RESIZE',
  ],
  VIRTIO_CONSOLE_PORT_OPEN: [
    'Either side: the port is open (1) or closed (0) here.',
    '双向：本侧端口打开（1）或关闭（0）。',
    '5.3.6.2',
  ],
  VIRTIO_CONSOLE_PORT_NAME: [
    'Device to driver: the name of the port follows.',
    '设备到驱动：其后是端口名称。',
    '5.3.6.2',
  ],
});
