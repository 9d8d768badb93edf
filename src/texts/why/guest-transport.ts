import { tells } from './tell.ts';

/** Why the guest passes the stages of the virtio bus and its PCI transports. */
export const GUEST_TRANSPORT = {
  ...tells('linux:drivers/virtio/virtio.c', {
    register_virtio_device: [
      'Puts a device that a transport has found on the virtio bus: it is reset and acknowledged, then drivers are tried.',
      '把传输层找到的设备放上 virtio 总线：先复位并确认，再尝试各驱动。',
    ],
    virtio_reset_device: [
      'Resets the device, so that nothing an earlier driver set up is still in use.',
      '复位设备，使先前驱动建立的内容不再使用。',
    ],
    virtio_add_status: [
      'Adds one bit to the device’s status: the driver says how far it has come.',
      '给设备状态加一位：驱动说明进展到哪一步。',
    ],
    virtio_dev_probe: [
      'Walks a device through initialisation: DRIVER, features, FEATURES_OK, the driver’s own probe, DRIVER_OK.',
      '带设备走完初始化：DRIVER、特性、FEATURES_OK、驱动自己的 probe、DRIVER_OK。',
    ],
    virtio_features_ok: [
      'For a device with VERSION_1 it sets FEATURES_OK and reads back whether the device agrees. A legacy device has no such step.',
      '对带 VERSION_1 的设备设置 FEATURES_OK 并回读设备是否同意。legacy 设备没有这一步。',
    ],
  }),
  ...tells('linux:include/linux/virtio_config.h', {
    virtio_device_ready: [
      'Sets DRIVER_OK: from here on the device may use the queues.',
      '设置 DRIVER_OK：从此设备可以使用队列。',
    ],
    virtio_find_vqs: [
      'Asks the transport for the driver’s queues by name and callback.',
      '按名称和回调向传输层请求驱动的队列。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_common.c', {
    virtio_pci_probe: [
      'PCI has found a virtio function: it is enabled, tried as a modern device and, failing that, as a legacy one.',
      'PCI 找到 virtio 功能：启用它，先按 modern 设备尝试，失败则按 legacy 设备。',
    ],
    vp_find_vqs: [
      'Tries one MSI-X vector per queue, then fewer vectors, then the interrupt line: the best way that the machine has.',
      '先试每队列一个 MSI-X 向量，再试更少的向量，最后用中断线：采用机器所能提供的最佳方式。',
    ],
    vp_find_vqs_msix: [
      'Sets all queues up with MSI-X, each with a vector if there are enough. Their handlers are called without asking the device why.',
      '以 MSI-X 建立所有队列，向量足够时每个队列一个。其处理函数无需询问设备原因即可调用。',
    ],
    vp_find_one_vq_msix: [
      'Sets up one queue and ties its MSI-X vector to the ring’s interrupt handler.',
      '建立一个队列，并把其 MSI-X 向量绑定到环的中断处理函数。',
    ],
    vp_find_vqs_intx: [
      'Sets all queues up on the one interrupt line, which may be shared with other devices.',
      '所有队列共用一根中断线，这根线还可能与其他设备共享。',
    ],
    vp_del_vqs: [
      'Takes down what an attempt to set up queues has left, before the next one.',
      '在下一次尝试之前，撤除上次建立队列留下的内容。',
    ],
    vp_request_msix_vectors: [
      'Gets MSI-X vectors from PCI and ties the first to configuration changes. Fails where the machine has no MSI.',
      '从 PCI 取得 MSI-X 向量，并把第一个绑定到配置变化。机器没有 MSI 时失败。',
    ],
    vp_setup_vq: [
      'Creates one queue through the transport and puts it on the list that a shared interrupt walks through.',
      '经传输层创建一个队列，并加入共享中断所遍历的列表。',
    ],
    vp_notify: [
      'Writes the queue’s number to the device’s notify register. To the guest this is one store; to the machine it is a VM exit.',
      '把队列编号写入设备的通知寄存器。对客户机只是一次写，对机器则是一次 VM 退出。',
    ],
    vp_interrupt: [
      'The interrupt line was raised: it reads the ISR register, which says why and lowers the line, or that another device was meant.',
      '中断线被拉起：读取 ISR 寄存器，它说明原因并放下中断线，或表明是别的设备。',
    ],
    vp_vring_interrupt: [
      'Asks every queue whether it has used buffers, because a shared interrupt does not say which.',
      '逐个询问队列是否有已用缓冲区，因为共享中断不指明是哪个。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_legacy.c', {
    virtio_pci_legacy_probe: [
      'Takes the device as a legacy one: registers in BAR 0, and the functions that use them.',
      '按 legacy 设备处理：寄存器在 BAR 0，并设定使用它们的函数。',
    ],
    setup_vq: [
      'Asks for the queue’s size, allocates rings of just that size, and gives the device their page number.',
      '询问队列大小，按此分配环，并把其页号交给设备。',
    ],
    vp_get_features: [
      'Reads what the device offers: 32 bits on a legacy device.',
      '读取设备提供的特性：legacy 设备为 32 位。',
    ],
    vp_finalize_features: ['Writes the accepted features back to the device.', '把接受的特性写回设备。'],
    vp_get: [
      'Reads device configuration byte by byte, behind the common registers.',
      '逐字节读取公共寄存器之后的设备配置。',
    ],
    vp_get_status: ['Reads the status register.', '读取状态寄存器。'],
    vp_set_status: [
      'Writes the status register. Zero would be a reset, so it must not be.',
      '写状态寄存器。写零意味着复位，故不允许为零。',
    ],
    vp_reset: [
      'Writes zero to the status register and reads it back, which flushes the write, then waits for interrupts under way.',
      '向状态寄存器写零并回读以冲刷该写入，然后等待进行中的中断。',
    ],
    vp_config_vector: [
      'Tells the device which MSI-X entry to use for configuration changes.',
      '告知设备配置变化使用哪个 MSI-X 表项。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_legacy_dev.c', {
    vp_legacy_probe: [
      'Checks that it is a legacy virtio function and maps BAR 0, which holds I/O ports.',
      '确认是 legacy virtio 功能，并映射保存 I/O 端口的 BAR 0。',
    ],
    vp_legacy_get_features: ['Port read of the features that the device offers.', '以端口读取设备提供的特性。'],
    vp_legacy_set_features: ['Port write of the accepted features.', '以端口写入接受的特性。'],
    vp_legacy_get_status: ['Port read of the status register.', '以端口读取状态寄存器。'],
    vp_legacy_set_status: ['Port write of the status register.', '以端口写入状态寄存器。'],
    vp_legacy_queue_vector: [
      'Gives the selected queue an MSI-X entry and reads back whether the device took it.',
      '给选中的队列分配 MSI-X 表项，并回读设备是否接受。',
    ],
    vp_legacy_config_vector: [
      'Gives configuration changes an MSI-X entry and reads back whether the device took it.',
      '给配置变化分配 MSI-X 表项，并回读设备是否接受。',
    ],
    vp_legacy_get_queue_size: ['Selects a queue and reads how many entries it has.', '选中队列并读取其项数。'],
    vp_legacy_get_queue_enable: [
      'Whether the selected queue already has an address: then somebody uses it.',
      '选中的队列是否已有地址：若有，则已被使用。',
    ],
    vp_legacy_set_queue_address: [
      'Gives the device the page number of the rings. The device maps them at this moment.',
      '把环的页号交给设备。设备在此刻映射它们。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_modern.c', {
    virtio_pci_modern_probe: [
      'Tries the device as a modern one. Without the capabilities that describe its registers this fails, and the legacy way is tried.',
      '按 modern 设备尝试。没有描述寄存器的能力项则失败，转而尝试 legacy 方式。',
    ],
    setup_vq: [
      'Creates one queue, gives the device the three addresses of its rings, and maps the place where it is notified.',
      '创建一个队列，把环的三个地址交给设备，并映射其通知位置。',
    ],
    vp_modern_find_vqs: [
      'Sets up the queues as for legacy, then enables each: a modern device uses none before.',
      '与 legacy 相同地建立队列，然后逐一启用：modern 设备在此之前不使用任何队列。',
    ],
    vp_active_vq: [
      'Writes addresses, size and vector of one queue into the common configuration.',
      '把一个队列的地址、大小和向量写入公共配置。',
    ],
    vp_get_features: ['Reads all 64 feature bits, in two halves.', '分两半读取全部 64 个特性位。'],
    vp_finalize_features: [
      'Writes the accepted features back; VERSION_1 must be among them.',
      '写回接受的特性；其中必须有 VERSION_1。',
    ],
    vp_transport_features: [
      'Accepts the feature bits that the PCI transport itself understands.',
      '接受 PCI 传输层自身支持的特性位。',
    ],
    vp_get: ['Reads device configuration through its own capability.', '经其自身的能力项读取设备配置。'],
    vp_get_status: ['Reads the status field.', '读取状态字段。'],
    vp_set_status: ['Writes the status field.', '写状态字段。'],
    vp_reset: [
      'Writes zero to the status and waits until the device reads as zero: a modern device may take its time.',
      '向状态写零并等待其读回零：modern 设备可能需要时间。',
    ],
    vp_config_vector: [
      'Tells the device which MSI-X entry to use for configuration changes.',
      '告知设备配置变化使用哪个 MSI-X 表项。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_modern_dev.c', {
    vp_modern_probe: [
      'Looks for the vendor capabilities that say in which BAR the registers lie, and maps them.',
      '查找说明寄存器位于哪个 BAR 的厂商能力项，并映射它们。',
    ],
    vp_modern_get_features: [
      'Selects each half of the offered features and reads it.',
      '依次选择并读取所提供特性的两半。',
    ],
    vp_modern_set_features: [
      'Selects each half of the accepted features and writes it.',
      '依次选择并写入所接受特性的两半。',
    ],
    vp_modern_get_status: ['Memory read of the status field.', '以内存读取状态字段。'],
    vp_modern_set_status: ['Memory write of the status field.', '以内存写入状态字段。'],
    vp_modern_get_num_queues: ['How many queues the device has.', '设备有多少个队列。'],
    vp_modern_get_queue_size: ['Selects a queue and reads its largest size.', '选中队列并读取其最大大小。'],
    vp_modern_set_queue_size: [
      'Selects a queue and writes the size that the driver will use.',
      '选中队列并写入驱动将使用的大小。',
    ],
    vp_modern_get_queue_enable: ['Whether the selected queue is enabled already.', '选中的队列是否已启用。'],
    vp_modern_set_queue_enable: [
      'Enables the selected queue: the device maps its rings.',
      '启用选中的队列：设备映射其环。',
    ],
    vp_modern_queue_address: [
      'Writes the addresses of descriptor table, driver area and device area, each in two halves.',
      '写入描述符表、驱动区和设备区的地址，各分两半。',
    ],
    vp_modern_queue_vector: [
      'Gives the selected queue an MSI-X entry and reads back whether the device took it.',
      '给选中的队列分配 MSI-X 表项，并回读设备是否接受。',
    ],
    vp_modern_config_vector: [
      'Gives configuration changes an MSI-X entry and reads back whether the device took it.',
      '给配置变化分配 MSI-X 表项，并回读设备是否接受。',
    ],
    vp_modern_get_queue_notify_off: [
      'Reads the number by which this queue’s place of notification is computed.',
      '读取用于计算该队列通知位置的编号。',
    ],
    vp_modern_map_vq_notify: [
      'Maps the place that a kick of this queue writes to: notify capability plus offset times multiplier.',
      '映射该队列通知所写的位置：通知能力项加上偏移乘以倍数。',
    ],
  }),
} as const;
