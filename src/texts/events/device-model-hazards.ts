import { hazard, said } from './event-texts.ts';

/** Points where acrn-dm misbehaves. */
export const DEVICE_MODEL_HAZARDS = {
  'control-read-past-buffer': hazard(
    'memory',
    said(
      'The guest handed over {buffer} bytes at {address:x}, and 8 are read whatever the length is. What follows in guest memory is taken as part of the message; at the end of memory the process dies.',
      '客户机在 {address:x} 交出了 {buffer} 字节，而不论长度多少都会读取 8 字节。客户机内存中其后的内容被当作消息的一部分；若位于内存末尾，进程会崩溃。',
    ),
    said('A driver should send control messages of 8 bytes at least.', '驱动发送的控制消息至少应为 8 字节。'),
  ),
  'control-write-past-buffer': hazard(
    'memory',
    said(
      '{written} bytes are written to a buffer of {buffer} at {address:x}. What lies behind it in guest memory is overwritten, a ring perhaps; at the end of memory the process dies.',
      '向 {address:x} 处 {buffer} 字节的缓冲区写入了 {written} 字节。客户机内存中其后的内容（可能是环）被覆盖；若位于内存末尾，进程会崩溃。',
    ),
    said(
      'A driver should post control buffers that the device may write and that take 8 bytes and the longest name of a port, 263 in all.',
      '驱动提供的控制缓冲区应当可由设备写入，并能容纳 8 字节加最长的端口名，共 263 字节。',
    ),
  ),
  'control-message-lost': hazard(
    'lost-data',
    said(
      'There is no free control buffer, so event {event} for port {port} is dropped for good.',
      '没有空闲的控制缓冲区，端口 {port} 的事件 {event} 被永久丢弃。',
    ),
    said(
      'A driver should keep buffers posted on the control receive queue before it says that it is ready.',
      '驱动在声明就绪之前，应当在控制接收队列中备好缓冲区。',
    ),
  ),
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
  'zero-length-kills-backend': hazard(
    'lost-data',
    said(
      'Writing an empty buffer gives 0, which is taken for an error: descriptor {fd} is closed. All later output of the port is dropped, and the guest is told that it was written.',
      '写入空缓冲区返回 0，被当作错误：描述符 {fd} 被关闭。此端口之后的所有输出都被丢弃，而客户机得到的结果是已写出。',
    ),
    said('A driver should not send empty buffers.', '驱动不应发送空缓冲区。'),
  ),
  'output-dropped': hazard(
    'lost-data',
    said(
      'The backend is closed. {bytes} bytes are dropped, and the guest is told that they were written.',
      '后端已关闭。{bytes} 字节被丢弃，而客户机得到的结果是已写出。',
    ),
    said(
      'An operator should watch the other end of the backend: a port that lost it needs a restart of the VM.',
      '应当留意后端的另一端：失去另一端的端口需要重启虚拟机才能恢复。',
    ),
  ),
  'short-write': hazard(
    'lost-data',
    said(
      'The backend took {taken} of {offered} bytes. The rest is dropped, and the guest is told that all were written.',
      '后端只接收了 {offered} 字节中的 {taken} 字节。其余被丢弃，而客户机得到的结果是全部写出。',
    ),
    said(
      'The other end of a terminal or socket should be read quickly enough; a file takes everything.',
      '应当足够快地读取终端或 socket 的另一端；文件后端则会全部接收。',
    ),
  ),
  'listening-event-disabled': hazard(
    'stuck',
    said(
      'The client has gone and the guest wrote first. What is switched off is the event of the listening socket {fd}: no client can connect again.',
      '客户端已离开，而客户机先写了数据。被关闭的是监听 socket {fd} 的事件：此后任何客户端都无法再连接。',
    ),
    said(
      'A client should stay connected as long as the VM writes to the port.',
      '只要虚拟机还在写该端口，客户端就应保持连接。',
    ),
  ),
  'stale-mevent-kept': hazard(
    'leak',
    said(
      'Descriptor {fd} is closed and its entry stays in the list of events. The next file with that number meets the old entry.',
      '描述符 {fd} 已关闭，但它的项仍留在事件列表中。下一个使用该编号的文件会遇到这个旧项。',
    ),
    said(
      'A client should stay connected as long as the VM writes to the port.',
      '只要虚拟机还在写该端口，客户端就应保持连接。',
    ),
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
  'connection-replaced': hazard(
    'leak',
    said(
      'A second client takes the place of descriptor {fd}. The first stays open with nobody to read it; what it sends, or its end, makes the event loop turn for ever.',
      '第二个客户端取代了描述符 {fd}。第一个仍然打开却无人读取；它发来数据或断开都会使事件循环空转不止。',
    ),
    said('Only one client at a time should connect to a port.', '一个端口同一时间只应有一个客户端连接。'),
  ),
  'read-side-never-consumed': hazard(
    'stuck',
    said(
      'Descriptor {fd} is readable and nothing is read from it: the event loop turns for ever and takes a whole CPU.',
      '描述符 {fd} 可读，却没有读出任何内容：事件循环空转不止，占满一个 CPU。',
    ),
    said(
      'A driver should post receive buffers that are not empty; an operator should not let a terminal hang up.',
      '驱动不应提供空的接收缓冲区；使用者不应让终端挂断。',
    ),
  ),
  'input-dropped': hazard(
    'lost-data',
    said(
      '{bytes} bytes from outside are read and dropped: the guest has no receive buffer posted.',
      '从外部读入的 {bytes} 字节被丢弃：客户机没有备好接收缓冲区。',
    ),
    said(
      'A driver should post receive buffers and kick that queue before input is expected.',
      '驱动应当在期待输入之前备好接收缓冲区并通知该队列。',
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
  'freed-console-registered': hazard(
    'memory',
    said(
      'The console could not be set up and is given back, while {events} events of it stay registered. Input on one of them uses freed memory.',
      '控制台初始化失败并被释放，而它的 {events} 个事件仍处于登记状态。其中任何一个有输入都会使用已释放的内存。',
    ),
    said(
      'An operator should give every port of a console a backend that can be opened.',
      '应当为控制台的每个端口配置可以打开的后端。',
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
