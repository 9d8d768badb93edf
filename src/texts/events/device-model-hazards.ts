import { hazard, said } from './event-texts.ts';

/** Points where acrn-dm misbehaves, outside of virtio_console.c. */
export const DEVICE_MODEL_HAZARDS = {
  'descriptor-lost': hazard(
    'lost-data',
    said(
      'Queue {queue}: the chain at descriptor {head} is refused. It was taken from the avail ring and never comes back in the used ring; the rest of the batch waits for the next kick. A Linux hvc writer spins for it for ever.',
      '队列 {queue}：位于描述符 {head} 的链被拒绝。它已从 avail 环取走，却永远不会出现在 used 环中；同批的其余链要等下一次通知。Linux 的 hvc 写者会为它一直自旋。',
    ),
    said(
      'A driver should give this device chains of one direct descriptor inside of memory.',
      '驱动交给此设备的每条链应当只有一个位于内存之内的直接描述符。',
    ),
  ),
  'avail-index-jump': hazard(
    'stuck',
    said(
      'Queue {queue}: the avail index is {ahead} ahead of the device, in a queue of {size}. Nothing is taken until it is back in range.',
      '队列 {queue}：avail 索引比设备超前 {ahead}，而队列长度只有 {size}。在它回到范围内之前不会取走任何内容。',
    ),
    said('A driver should never add more entries than the queue is long.', '驱动添加的项数不应超过队列长度。'),
  ),
  'stale-mevent-reused': hazard(
    'stuck',
    said(
      'Descriptor {fd} has an old entry in the list of events, which is handed out again. The new file is never polled: its input is not seen.',
      '描述符 {fd} 在事件列表中有一个旧项，它被再次使用。新文件从不被轮询：看不到它的输入。',
    ),
    said(
      'After a client has gone, the VM should be restarted before devices are added or clients connect.',
      '客户端离开之后，应当先重启虚拟机，再添加设备或连接客户端。',
    ),
  ),
  'pfn-zero-maps-ring': hazard(
    'memory',
    said(
      'Page 0 does not switch queue {queue} off, as the specification says: the ring is mapped at guest address 0, and what stands there is taken for descriptors.',
      '页号 0 并不像规范所说的那样停用队列 {queue}：环被映射到客户机地址 0，那里的内容被当作描述符。',
    ),
    said(
      'A driver should reset the device to give a queue up, and not kick it after writing page 0.',
      '驱动应当通过复位设备来放弃队列，写入页号 0 之后不应再通知它。',
    ),
  ),
  'spurious-interrupt': hazard(
    'spurious',
    said(
      'Queue {queue} was reset, its used index in guest memory was not. A kick sees a difference and raises an interrupt with nothing behind it, once.',
      '队列 {queue} 已复位，但客户机内存中的 used 索引没有。一次通知会发现差异，并引发一次没有内容的中断。',
    ),
    said(
      'A driver should not kick a queue after a reset, and should bear an interrupt with nothing behind it.',
      '驱动在复位之后不应再通知队列，并应能承受没有内容的中断。',
    ),
  ),
  'msix-interrupt-lost': hazard(
    'lost-interrupt',
    said(
      'MSI-X vector {entry} is masked or not in the table. The interrupt is dropped: no pending bit is set, and nothing is sent when it is unmasked.',
      'MSI-X 向量 {entry} 被屏蔽，或不在表中。中断被丢弃：不设置挂起位，解除屏蔽后也不会补发。',
    ),
    said(
      'A driver should give each queue a vector of the table, and look at the used ring after it has unmasked one.',
      '驱动应当为每个队列指定表中的向量，并在解除屏蔽之后检查 used 环。',
    ),
  ),
  'eventfd-leaked': hazard(
    'leak',
    said(
      'The eventfd for queue {queue} could not be handed to an I/O thread and stays open. Each time the driver says DRIVER_OK it happens again.',
      '队列 {queue} 的 eventfd 无法交给 I/O 线程，并一直保持打开。驱动每次声明 DRIVER_OK 都会再次发生。',
    ),
    said(
      'A device should ask for I/O threads only together with the thread that serves it.',
      '设备只有在有线程为其服务时才应请求 I/O 线程。',
    ),
  ),
  'timer-leaked': hazard(
    'leak',
    said(
      'DRIVER_OK was written again: another poll timer is made, and the one before it keeps running.',
      '再次写入了 DRIVER_OK：又创建了一个轮询定时器，而先前的那个继续运行。',
    ),
    said('A driver should write DRIVER_OK once after a reset.', '驱动在每次复位之后只应写一次 DRIVER_OK。'),
  ),
  'use-after-free': hazard(
    'memory',
    said(
      'A {what} is used that was given back before. The real process reads freed memory, or dies.',
      '使用了先前已释放的 {what}。真实的进程会读到已释放的内存，或者崩溃。',
    ),
    said(
      'A driver should read the interrupt status, which clears it, before it resets the VM.',
      '驱动在复位虚拟机之前应当读取中断状态，读取即清除。',
    ),
  ),
  'iothread-start-race': hazard(
    'stuck',
    said(
      'I/O thread {iothread} looks at its flag before the flag is set, and ends at once. Eventfds are registered all the same: no kick is ever served, not even after a reset.',
      'I/O 线程 {iothread} 在标志设置之前就检查它，于是立即结束。eventfd 仍被登记：此后任何通知都得不到处理，复位后也不行。',
    ),
    said(
      'Nothing that a driver does avoids it. An operator who sees a device stop at its first kick should start the VM again.',
      '驱动无法避免。若发现设备在第一次通知时就停住，应当重新启动虚拟机。',
    ),
  ),
  'used-index-moved': hazard(
    'memory',
    said(
      'Queue {queue}: used.idx was left at {expected} and is {found} now. It is read back from guest memory, so the next entry goes where the guest points.',
      '队列 {queue}：used.idx 原为 {expected}，现在是 {found}。它从客户机内存读回，因此下一项写到客户机所指之处。',
    ),
    said(
      'A driver should never write the used ring, and clear it before a queue is set up.',
      '驱动不应写 used 环，并应在建立队列之前将其清零。',
    ),
  ),
  'pfn-outside-memory': hazard(
    'ignored-error',
    said(
      'Page {pfn:x} is outside of memory: queue {queue} is off, but its register reads back the bad number.',
      '页号 {pfn:x} 在内存之外：队列 {queue} 被停用，但其寄存器仍读回错误的数值。',
    ),
    said('A driver should put its rings into memory.', '驱动应当把环放在内存之内。'),
  ),
  'driver-ok-not-checked': hazard(
    'ignored-error',
    said(
      'Queue {queue} is kicked while the status is {status:x}, without DRIVER_OK: it is served all the same.',
      '在状态为 {status:x}、尚无 DRIVER_OK 时通知了队列 {queue}：它照样得到处理。',
    ),
    said('A driver should set DRIVER_OK before it kicks.', '驱动应当先设置 DRIVER_OK，再发出通知。'),
  ),
  'features-renegotiated': hazard(
    'ignored-error',
    said(
      'Features {features:x} are taken although the status is {status:x}: with DRIVER_OK they were settled.',
      '状态已是 {status:x}，仍接受特性 {features:x}：有了 DRIVER_OK，特性本应已经确定。',
    ),
    said(
      'A driver should negotiate features once, before FEATURES_OK or DRIVER_OK.',
      '驱动应当在 FEATURES_OK 或 DRIVER_OK 之前一次性协商特性。',
    ),
  ),
  'vector-written-without-msix': hazard(
    'ignored-error',
    said(
      'MSI-X is off, so offset {offset} is device configuration, but the write goes to {register}: reads and writes of one offset mean different registers.',
      'MSI-X 未启用，偏移 {offset} 属于设备配置，写入却进入 {register}：同一偏移的读与写对应不同的寄存器。',
    ),
    said(
      'A driver should write vector registers only with MSI-X on, and never the configuration of a console.',
      '驱动应当仅在启用 MSI-X 时写向量寄存器，且不应写控制台的配置。',
    ),
  ),
  'isr-write-ignored': hazard(
    'refused',
    said(
      'The value {value} is written to the interrupt status; nothing happens and nothing is logged.',
      '向中断状态写入了 {value}；什么也没发生，也没有记录日志。',
    ),
    said('A driver should clear the interrupt status by reading it.', '驱动应当通过读取来清除中断状态。'),
  ),
  'emergency-write-not-offered': hazard(
    'lost-data',
    said(
      'The character {value} is written to emerg_wr at offset {offset}: the feature was never offered (its number was taken for its bit), and the write is refused.',
      '字符 {value} 被写入偏移 {offset} 处的 emerg_wr：该特性从未提供（其编号被当作位掩码），写入被拒绝。',
    ),
    said(
      'A driver should use emerg_wr only where the feature was negotiated.',
      '驱动应当仅在协商了该特性时使用 emerg_wr。',
    ),
  ),
  'intx-pending-behind-msi': hazard(
    'spurious',
    said(
      'With MSI on the interrupt line goes pending as well, and stays so.',
      '启用 MSI 时，中断线也进入挂起状态，并一直保持。',
    ),
    said(
      'A driver should read the interrupt status before it switches MSI off.',
      '驱动在关闭 MSI 之前应当读取中断状态。',
    ),
  ),
  'stale-intx-raised': hazard(
    'spurious',
    said(
      'The line becomes permitted again and an old pending interrupt is raised: one that was delivered another way long ago.',
      '中断线重新获准，一个旧的挂起中断被引发：它早已通过其他方式送达。',
    ),
    said(
      'A driver should bear an interrupt with nothing behind it when it changes the kind of interrupts.',
      '驱动在切换中断方式时，应能承受没有内容的中断。',
    ),
  ),
  'ioeventfds-unregistered': hazard(
    'ignored-error',
    said(
      'The status {status:x} has no DRIVER_OK and is no reset: all ioeventfds are taken away, and kicks go the slow way.',
      '状态 {status:x} 没有 DRIVER_OK，也不是复位：所有 ioeventfd 都被撤销，通知改走慢速路径。',
    ),
    said(
      'A driver should keep DRIVER_OK in the status until it resets the device.',
      '在复位设备之前，驱动应当在状态中保留 DRIVER_OK。',
    ),
  ),
  'kicks-lost-at-reset': hazard(
    'lost-data',
    said(
      'Queue {queue}: its eventfd is closed with {kicks} kicks that the I/O thread has not seen. They are lost.',
      '队列 {queue}：其 eventfd 被关闭时还有 {kicks} 次通知未被 I/O 线程看到。它们丢失了。',
    ),
    said(
      'A driver should wait for its buffers before it resets the device.',
      '驱动在复位设备之前应当等待其缓冲区归还。',
    ),
  ),
  'segmentation-fault': hazard(
    'death',
    said(
      'The process touches {address:x}, which is not its memory, and dies. The VM goes on without devices.',
      '进程访问了不属于自己的内存 {address:x} 并崩溃。虚拟机失去设备后继续运行。',
    ),
    said(
      'A driver should hand over buffers that lie inside of memory with all that the device may touch.',
      '驱动交出的缓冲区，连同设备可能访问的范围，都应当位于内存之内。',
    ),
  ),
  'null-pointer-call': hazard(
    'death',
    said(
      'The process calls through {expr}, which is NULL, and dies. The VM goes on without devices.',
      '进程经 {expr} 调用，而它是 NULL，于是崩溃。虚拟机失去设备后继续运行。',
    ),
    said('A driver should use a queue only after it has set it up.', '驱动应当先建立队列，然后才使用它。'),
  ),
} as const;
