import { said } from '../events/event-texts.ts';
import { branch } from './branch-text.ts';

/** Texts of the points in hypervisor, Service VM and acrn-dm where the code could have gone another way. */
export const MACHINE_BRANCH_TEXTS = {
  'left-by-port': branch(
    said(
      'The exit reason is an I/O instruction: the port is not in the guest’s I/O bitmap as allowed.',
      '退出原因是 I/O 指令：该端口在客户机 I/O 位图中不被允许。',
    ),
    said(
      'A store to device memory would leave as an EPT violation, and the instruction would have to be decoded.',
      '写设备内存会以 EPT 违例退出，并需要解码指令。',
    ),
  ),
  'left-by-ept': branch(
    said(
      'The exit reason is an EPT violation: no page stands behind the address.',
      '退出原因是 EPT 违例：该地址后没有页面。',
    ),
    said(
      'A port instruction would say all in its exit qualification, without decoding.',
      '端口指令的退出限定信息已说明一切，无需解码。',
    ),
  ),
  'no-asyncio': branch(
    said(
      'Nobody has registered this address for asyncio, so the request goes through the page and the vCPU waits for its answer.',
      '没有人为 asyncio 登记此地址，因此请求经请求页，vCPU 等待应答。',
    ),
    said(
      'With ACRN’s own kernel and an iothread, the kick would go through a shared buffer and the vCPU would go on at once.',
      '使用 ACRN 自有内核与 iothread 时，通知会经共享缓冲区，vCPU 立即继续。',
    ),
  ),
  asyncio: branch(
    said(
      'The address is registered for asyncio: the kick needs no answer, so the vCPU does not wait.',
      '此地址登记为 asyncio：通知无需应答，vCPU 不等待。',
    ),
    said(
      'With an upstream kernel the same kick goes through the request page to the HSM’s ioeventfd, and the vCPU sleeps meanwhile.',
      '使用上游内核时，同样的通知经请求页到 HSM 的 ioeventfd，期间 vCPU 睡眠。',
    ),
  ),
  'vcpu-sleeps': branch(
    said(
      'The VM does not poll for completion, so the vCPU’s thread sleeps and its processor is free.',
      '该虚拟机不轮询完成，因此 vCPU 线程睡眠，处理器得以空闲。',
    ),
    said(
      'A real-time VM would spin on the slot instead: quicker, and the processor stays busy.',
      '实时虚拟机会在槽上自旋：更快，但处理器一直忙。',
    ),
  ),
  'vcpu-spins': branch(
    said(
      'The VM polls for completion (--rtvm): its vCPU looks at the slot until it is complete.',
      '该虚拟机轮询完成（--rtvm）：其 vCPU 一直查看槽直到完成。',
    ),
    said(
      'Without polling the vCPU would sleep, and a hypercall would wake it.',
      '不轮询时 vCPU 会睡眠，由超级调用唤醒。',
    ),
  ),
  'upcall-arrives': branch(
    said('The notification has arrived and the HSM has set its handler.', '通知已到达，且 HSM 已设置处理函数。'),
    said(
      'If it were lost, the request would stay pending and the vCPU would sleep for ever.',
      '若丢失，请求会一直待处理，vCPU 永远睡眠。',
    ),
  ),
  'worker-prompt': branch(
    said('The worker runs as soon as the interrupt has queued the work.', '中断把工作排队后，工作线程立即运行。'),
    said(
      'If it were late, the vCPU would sleep that much longer, and nothing else would change.',
      '若延迟，vCPU 会多睡相应时间，此外没有变化。',
    ),
  ),
  'no-ioeventfd': branch(
    said(
      'No ioeventfd is registered, so no client claims the address and the request goes to the device model.',
      '没有登记 ioeventfd，没有客户端认领该地址，因此请求交给设备模型。',
    ),
    said(
      'With base.iothread a client in the kernel would claim the kick and signal an eventfd; acrn-dm’s loop would not run.',
      '设置 base.iothread 时，内核中的客户端会认领通知并触发 eventfd；acrn-dm 的循环不运行。',
    ),
  ),
  'ioeventfd-claims': branch(
    said('The client of the ioeventfds has claimed the address of the kick.', 'ioeventfd 客户端认领了通知的地址。'),
    said(
      'Without ioeventfds the request would go to acrn-dm’s loop, which handles it before the vCPU goes on.',
      '没有 ioeventfd 时，请求会交给 acrn-dm 的循环，处理完后 vCPU 才继续。',
    ),
  ),
  'completion-notified': branch(
    said(
      'completion_polling is clear in the slot: the hypervisor must be told by a hypercall.',
      '槽中 completion_polling 未置位：必须用超级调用告知虚拟机监控器。',
    ),
    said(
      'With it set there would be no hypercall; the vCPU sees the slot by itself.',
      '置位时没有超级调用；vCPU 自己看到槽的变化。',
    ),
  ),
  'completion-polled': branch(
    said(
      'completion_polling is set in the slot: marking it complete is all, no hypercall follows.',
      '槽中 completion_polling 已置位：标为完成即可，不再有超级调用。',
    ),
    said(
      'With it clear the hypervisor would be told, and would wake the vCPU.',
      '未置位时会告知虚拟机监控器，由它唤醒 vCPU。',
    ),
  ),
  'interrupt-posted': branch(
    said(
      'The vector is posted and a notification is outstanding; it is delivered with the next VM entry.',
      '向量已投递，通知尚未处理；将随下一次 VM 进入交付。',
    ),
    said(
      'If the notification were lost, the vector would lie in the descriptor, and whoever waits for it would go on sleeping.',
      '若通知丢失，向量会留在描述符中，等待它的进程继续睡眠。',
    ),
  ),
  'guest-halts': branch(
    said('Nothing is pending for this processor, so its thread sleeps.', '此处理器没有待办，因此其线程睡眠。'),
    said(
      'With an interrupt pending, the guest would be entered again at once.',
      '若有待处理中断，会立即再次进入客户机。',
    ),
  ),
  'slot-is-ours': branch(
    said(
      'The slot is PROCESSING and not handled by the kernel: it is acrn-dm’s turn.',
      '该槽为 PROCESSING 且非内核处理：轮到 acrn-dm。',
    ),
    said(
      'A request that the kernel handles, such as a kick through an ioeventfd, is left alone here.',
      '由内核处理的请求（例如经 ioeventfd 的通知）在此不予理会。',
    ),
  ),
  'request-is-port': branch(
    said('The request is a port access.', '该请求是端口访问。'),
    said('A memory access would be looked up in the tree of memory ranges.', '内存访问会在内存范围树中查找。'),
  ),
  'request-is-memory': branch(
    said('The request is a memory access.', '该请求是内存访问。'),
    said('A port access would be one look into a table.', '端口访问只需查一次表。'),
  ),
  'request-is-pci': branch(
    said(
      'The kernel has turned the two ports of PCI configuration into one request.',
      '内核已把 PCI 配置的两个端口访问合为一个请求。',
    ),
    said('Any other port would arrive as a plain port access.', '其他端口会作为普通端口访问到来。'),
  ),
  'notify-set': branch(
    said(
      'vq->notify is set, polling is off and no ioeventfd is started, so the notify function runs here, in the thread of vm_loop.',
      'vq->notify 已设置，轮询关闭，未启动 ioeventfd，因此 notify 函数在此（vm_loop 线程）运行。',
    ),
    said(
      'With base.iothread the kick would signal an eventfd, and another thread would call it while the vCPU goes on.',
      '设置 base.iothread 时，通知触发 eventfd，由另一线程调用，vCPU 可继续。',
    ),
  ),
  'thread-handles': branch(
    said(
      'The ioeventfd is started: the queue’s thread calls the notify function.',
      'ioeventfd 已启动：由队列的线程调用 notify 函数。',
    ),
    said(
      'Without it the thread of vm_loop would call it, and the vCPU would wait for that.',
      '否则由 vm_loop 线程调用，vCPU 要等待它完成。',
    ),
  ),
  'timer-polls': branch(
    said(
      'Polling is on (--virtio_poll): a timer looks at the rings, so the guest need not kick.',
      '轮询已打开（--virtio_poll）：定时器查看环，客户机无需通知。',
    ),
    said('Without polling the guest’s kick would bring control here.', '不轮询时由客户机的通知把控制带到这里。'),
  ),
  'something-available': branch(
    said(
      'The driver’s available index is ahead of the device’s: there is a chain to take.',
      '驱动的可用索引领先于设备的：有链可取。',
    ),
    said(
      'An index that is ahead by more than the queue’s size is refused, and nothing is taken.',
      '领先超过队列大小的索引会被拒绝，什么也不取。',
    ),
  ),
  'chain-of-one': branch(
    said(
      'The chain has one direct descriptor inside memory: all that this console takes.',
      '该链只有一个位于内存之内的直接描述符：此控制台只接受这样的链。',
    ),
    said(
      'A chain of two is refused: its head is gone from the available ring, and no used entry ever comes back.',
      '两个描述符的链会被拒绝：链头已从可用环取走，却永远没有已用项返回。',
    ),
  ),
  'chain-too-long': branch(
    said(
      'The chain has more descriptors than the one that the console has room for: it is refused, and there is no used entry for it.',
      '该链的描述符多于控制台所能容纳的一个：它被拒绝，也就没有对应的已用项。',
    ),
    said(
      'With a single descriptor the buffer would be written out and come back in the used ring.',
      '只有一个描述符时，缓冲区会被写出并在已用环中返回。',
    ),
  ),
  'chain-indirect': branch(
    said(
      'The descriptor is indirect, which the device has not offered: the chain is refused.',
      '该描述符是间接的，而设备并未提供此特性：链被拒绝。',
    ),
    said('A direct descriptor would be taken.', '直接描述符会被接受。'),
  ),
  'chain-outside': branch(
    said(
      'The buffer does not lie in the guest’s memory: it cannot be mapped, and the chain is refused.',
      '缓冲区不在客户机内存中：无法映射，链被拒绝。',
    ),
    said('A buffer inside memory would be taken.', '内存之内的缓冲区会被接受。'),
  ),
  'taken-not-used': branch(
    said(
      'The device’s index is ahead of the used index: a chain was taken that has not come back.',
      'last_avail 领先于已用索引：有一条链被取走而未返回。',
    ),
    said(
      'Where every chain comes back, both indices agree here and the guest gets one interrupt for all.',
      '所有链都返回时，两个索引在此一致，客户机得到一次中断。',
    ),
  ),
  'nothing-available': branch(
    said(
      'Both indices are equal: everything that was offered is taken, so the loop ends.',
      '两个索引相等：提供的都已取走，循环结束。',
    ),
    said('With more available, the loop would go on without another kick.', '若还有可用的，循环会继续而无需再次通知。'),
  ),
  'backend-open': branch(
    said(
      'The backend’s descriptor is valid, so the bytes go to writev(2).',
      '后端描述符有效，因此字节交给 writev(2)。',
    ),
    said(
      'Once a write has failed the descriptor is -1, and all later output is dropped in silence.',
      '一旦写失败，描述符变为 -1，之后的输出被静默丢弃。',
    ),
  ),
  'interrupt-wanted': branch(
    said(
      'VRING_AVAIL_F_NO_INTERRUPT is clear and the used index has moved: the guest is told.',
      'VRING_AVAIL_F_NO_INTERRUPT 未置位且已用索引已移动：告知客户机。',
    ),
    said(
      'With the flag set the device would stay silent, and the driver would find the buffer when it looks.',
      '置位时设备保持沉默，驱动查看时自会发现缓冲区。',
    ),
  ),
  'msix-on': branch(
    said(
      'MSI-X is on, so the message of the queue’s own entry is sent.',
      'MSI-X 已打开，因此发送该队列自己表项的消息。',
    ),
    said('Without it the ISR bit would be set and the interrupt line raised.', '否则置位 ISR 并拉起中断线。'),
  ),
  'msix-off': branch(
    said(
      'MSI-X is off, so the ISR bit is set and a plain MSI or the line is used.',
      'MSI-X 关闭，因此置位 ISR 并使用普通 MSI 或中断线。',
    ),
    said('With MSI-X each queue would send a message of its own.', '有 MSI-X 时每个队列发送各自的消息。'),
  ),
  'receiver-ready': branch(
    said(
      'The guest has offered receive buffers, so the input goes into one.',
      '客户机已提供接收缓冲区，输入放入其中。',
    ),
    said('Before that the input would be read and thrown away.', '在此之前，输入会被读出并丢弃。'),
  ),
  'receiver-not-ready': branch(
    said(
      'The guest has not offered receive buffers yet: the input is read and thrown away.',
      '客户机尚未提供接收缓冲区：输入被读出并丢弃。',
    ),
    said('With buffers there it would reach the guest.', '有缓冲区时会到达客户机。'),
  ),
  'first-receive-kick': branch(
    said(
      'This kick marks the port as ready; from then on NO_NOTIFY tells the driver not to kick for receive buffers.',
      '这次通知使端口就绪；此后 NO_NOTIFY 告诉驱动无需为接收缓冲区通知。',
    ),
    said('When buffers are given back later, the guest does not leave.', '之后归还缓冲区时，客户机不再退出。'),
  ),
  'driver-ok-threads': branch(
    said(
      'base.iothread is set: at DRIVER_OK each queue gets an eventfd that the kernel signals.',
      'base.iothread 已设置：DRIVER_OK 时每个队列得到一个由内核触发的 eventfd。',
    ),
    said(
      'Stock acrn-dm never sets it for the console, and kicks stay in vm_loop.',
      '常规 acrn-dm 从不为控制台设置，通知留在 vm_loop 中处理。',
    ),
  ),
} as const;
