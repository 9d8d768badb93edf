import { said } from '../events/event-texts.ts';
import { branch } from './branch-text.ts';

/** Texts of the points in the guest where the code could have gone another way. */
export const GUEST_BRANCH_TEXTS = {
  'file-is-terminal': branch(
    said(
      'The file is a terminal: bytes pass its line discipline before the driver sees them.',
      '该文件是终端：字节先经过线路规程，驱动才能看到。',
    ),
    said(
      'A port that is no console has no terminal: bytes go straight to the driver, in one kick.',
      '非控制台端口没有终端：字节直接到驱动，只通知一次。',
    ),
  ),
  'file-is-port': branch(
    said(
      'The file is a port that is no console, with methods of the driver’s own.',
      '该文件是非控制台端口，使用驱动自己的方法。',
    ),
    said(
      'A console’s file is a terminal: the line would be split at its newline and sent in two kicks.',
      '控制台的文件是终端：该行会在换行处拆开，分两次通知。',
    ),
  ),
  'output-processed': branch(
    said(
      'OPOST and ONLCR are set: the newline leaves as carriage return and newline, apart from the text before it.',
      'OPOST 与 ONLCR 已置位：换行以回车加换行发出，与前面的文字分开。',
    ),
    said(
      'Without output processing the whole line would go in one block. A plain port has none.',
      '没有输出处理时，整行会一次发出。普通端口就没有。',
    ),
  ),
  'port-has-room': branch(
    said('The queue has room, so the writer need not sleep.', '队列有空间，写者无需睡眠。'),
    said(
      'With the queue full, the writer would sleep until out_intr wakes it.',
      '队列已满时，写者会睡眠，直到 out_intr 唤醒它。',
    ),
  ),
  'port-is-full': branch(
    said(
      'The queue is full: the writer sleeps until an interrupt tells of used buffers.',
      '队列已满：写者睡眠，直到中断告知有已用缓冲区。',
    ),
    said('With room, it would send at once.', '有空间时会立即发送。'),
  ),
  'descriptors-free': branch(
    said('There are free descriptors for this buffer.', '有空闲描述符可用于该缓冲区。'),
    said(
      'Without one the driver would get ENOSPC, and the port would count as full.',
      '没有时驱动会得到 ENOSPC，端口视为已满。',
    ),
  ),
  'kick-wanted': branch(
    said(
      'VRING_USED_F_NO_NOTIFY is clear: the device wants to hear of new buffers.',
      'VRING_USED_F_NO_NOTIFY 未置位：设备希望得知新缓冲区。',
    ),
    said(
      'With the flag set, the buffer would lie in the ring and there would be no VM exit.',
      '置位时，缓冲区会留在环中，不发生 VM 退出。',
    ),
  ),
  'kick-not-wanted': branch(
    said(
      'VRING_USED_F_NO_NOTIFY is set: the device looks by itself, so there is no kick and no VM exit.',
      'VRING_USED_F_NO_NOTIFY 已置位：设备自行查看，因此没有通知，也没有 VM 退出。',
    ),
    said('With the flag clear, the driver would kick.', '未置位时驱动会发出通知。'),
  ),
  'notified-by-port': branch(
    said(
      'The place of notification is an I/O port, so iowrite16 becomes OUT.',
      '通知位置是 I/O 端口，因此 iowrite16 变成 OUT。',
    ),
    said(
      'A modern device is notified by a store to memory, which leaves the guest as an EPT violation.',
      'modern 设备通过写内存得到通知，以 EPT 违例离开客户机。',
    ),
  ),
  'notified-by-memory': branch(
    said(
      'The device has VERSION_1: its place of notification is memory, so the write is a store.',
      '设备带有 VERSION_1：通知位置是内存，因此这是一次存储。',
    ),
    said(
      'A legacy device is notified by OUT, which leaves the guest as an I/O instruction.',
      'legacy 设备以 OUT 得到通知，作为 I/O 指令离开客户机。',
    ),
  ),
  'used-not-yet': branch(
    said(
      'The device has not used this buffer yet. A console write waits for that, with interrupts off.',
      '设备尚未用完此缓冲区。控制台写入为此等待，且中断关闭。',
    ),
    said(
      'In the stock run the kick itself takes so long that the buffer is used before the guest runs again. With a polling device it really spins.',
      '在常规运行中，通知本身耗时已足够，客户机再次运行前缓冲区已用完。设备轮询时则真的会自旋。',
    ),
  ),
  'used-something': branch(
    said(
      'The used index differs from the driver’s: there is something to collect.',
      '已用索引与驱动的不同：有内容可收取。',
    ),
    said(
      'With equal indices the interrupt would be nobody’s, and nothing would be called.',
      '索引相同时该中断不属于任何人，不会调用任何函数。',
    ),
  ),
  'legacy-device': branch(
    said(
      'The device does not offer VERSION_1 and has no virtio capabilities, so the modern probe failed.',
      '设备不提供 VERSION_1，也没有 virtio 能力项，因此 modern 探测失败。',
    ),
    said(
      'With them the driver would use memory registers and 64-bit queue addresses.',
      '若有，驱动会使用内存寄存器和 64 位队列地址。',
    ),
  ),
  'modern-device': branch(
    said(
      'The device offers VERSION_1 and describes its registers by capabilities.',
      '设备提供 VERSION_1，并以能力项描述寄存器。',
    ),
    said(
      'Stock virtio-console offers neither; the driver then takes the legacy way.',
      '常规 virtio-console 两者皆无，驱动走 legacy 方式。',
    ),
  ),
  'vectors-there': branch(
    said(
      'PCI gave a vector to each queue, so each has a handler of its own.',
      'PCI 给每个队列一个向量，因此各有自己的处理函数。',
    ),
    said(
      'Without MSI all queues would share the interrupt line, and the ISR register would be read on each interrupt.',
      '没有 MSI 时所有队列共享中断线，每次中断都要读 ISR 寄存器。',
    ),
  ),
  'no-vectors': branch(
    said('The guest runs with pci=nomsi: only the interrupt line is left.', '客户机以 pci=nomsi 运行：只剩中断线。'),
    said(
      'With MSI-X each queue would have a vector, and no register would be read.',
      '有 MSI-X 时每个队列一个向量，也不必读寄存器。',
    ),
  ),
} as const;
