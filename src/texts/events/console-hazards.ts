import { hazard, said } from './event-texts.ts';

/** Points where virtio_console.c misbehaves. */
export const CONSOLE_HAZARDS = {
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
  'buffer-direction-ignored': hazard(
    'memory',
    said(
      'Queue {queue}: the buffer at descriptor {head} goes the other way, and nobody looks: a buffer that only the device may write is sent, or one that it may only read is written.',
      '队列 {queue}：描述符 {head} 的缓冲区方向相反，而没有任何检查：只供设备写入的缓冲区被发送，或只供读取的缓冲区被写入。',
    ),
    said('A driver should set the WRITE flag on receive buffers only.', '驱动应当只对接收缓冲区设置 WRITE 标志。'),
  ),
  'one-port-fails-device': hazard(
    'stuck',
    said(
      'One port could not be set up, so the whole device fails with its {ports} ports, and the process ends.',
      '一个端口无法建立，于是整个设备连同其 {ports} 个端口都失败，进程随之结束。',
    ),
    said(
      'An operator should give at most 16 ports, each with a backend that can be opened.',
      '最多应配置 16 个端口，且每个端口的后端都能打开。',
    ),
  ),
  'port-name-cut': hazard(
    'lost-data',
    said(
      'The name of port {port} has {length} bytes; the guest gets the first 255, without an end mark.',
      '端口 {port} 的名称有 {length} 字节；客户机只得到前 255 字节，且没有结束符。',
    ),
    said('An operator should give short names.', '应当使用较短的端口名。'),
  ),
  'port-ready-before-device-ready': hazard(
    'ignored-error',
    said(
      'PORT_READY for port {port} comes before DEVICE_READY, and is answered all the same.',
      '端口 {port} 的 PORT_READY 先于 DEVICE_READY 到达，却照样得到应答。',
    ),
    said('A driver should say DEVICE_READY first.', '驱动应当先发送 DEVICE_READY。'),
  ),
  'control-value-ignored': hazard(
    'ignored-error',
    said(
      'The driver says that it could not set port {port} up (value 0). The value is not read: the port counts as ready.',
      '驱动声明端口 {port} 建立失败（值为 0）。该值没有被读取：端口仍被视为就绪。',
    ),
    said(
      'A driver that fails to add a port should not expect the device to know.',
      '驱动添加端口失败时，不应指望设备知道。',
    ),
  ),
  'queue-without-port': hazard(
    'lost-data',
    said(
      'Queue {queue} belongs to no port: what is sent there is dropped, and comes back as if it had been written.',
      '队列 {queue} 不属于任何端口：发送到那里的内容被丢弃，却像已写出一样归还。',
    ),
    said(
      'A driver should use the queues of ports that the device has added.',
      '驱动应当只使用设备已添加的端口的队列。',
    ),
  ),
  'no-notify-not-set': hazard(
    'spurious',
    said(
      'The first kick of receive queue {queue} comes before any buffer. Only that kick sets NO_NOTIFY, and only with buffers there: every later kick leaves the guest for nothing.',
      '接收队列 {queue} 的首次通知早于任何缓冲区。只有这次通知会设置 NO_NOTIFY，且仅当已有缓冲区时：此后每次通知都白白退出客户机。',
    ),
    said(
      'A driver should post receive buffers before its first kick of that queue.',
      '驱动应当在首次通知该队列之前备好接收缓冲区。',
    ),
  ),
  'unlocked-queue-access': hazard(
    'memory',
    said(
      'Input is handed to queue {queue} without a lock, while a vCPU thread may change the same queue: a data race on its indices and ring pointers.',
      '输入在未加锁的情况下交给队列 {queue}，而 vCPU 线程可能正在修改同一队列：其索引与环指针存在数据竞争。',
    ),
    said(
      'A driver should not reset the device or move its rings while input may arrive.',
      '驱动不应在可能有输入到达时复位设备或移动环。',
    ),
  ),
  'reset-keeps-console-state': hazard(
    'spurious',
    said(
      'The device is reset, but it keeps what it knows of the driver (ready: {ready}, and which receive queues were kicked): after a new set-up NO_NOTIFY is not set again.',
      '设备已复位，却仍保留对驱动的记忆（ready：{ready}，以及哪些接收队列被通知过）：重新建立之后不会再次设置 NO_NOTIFY。',
    ),
    said(
      'A driver should not rely on notifications being suppressed after a reset.',
      '驱动不应依赖复位之后的通知抑制。',
    ),
  ),
} as const;
