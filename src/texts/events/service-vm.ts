import { hazard, said } from './event-texts.ts';

/** Lines of the Service VM's kernel log. */
export const SERVICE_VM_LOGS = {
  'sv-ioctl-vm-invalid': said(
    'ioctl {request:x} came before the VM was created',
    '尚未创建虚拟机就收到 ioctl {request:x}',
  ),
  'sv-ioctl-unknown': said('there is no ioctl {request:x}', '没有编号为 {request:x} 的 ioctl'),
  'sv-vm-create-failed': said('the hypervisor refused the VM: {ret}', '虚拟机监控器拒绝创建虚拟机：{ret}'),
  'sv-vm-created': said('VM {vm} was created', '已创建虚拟机 {vm}'),
  'sv-vm-destroy-failed': said('VM {vm} could not be destroyed: {ret}', '无法销毁虚拟机 {vm}：{ret}'),
  'sv-vm-destroyed': said('VM {vm} was destroyed', '已销毁虚拟机 {vm}'),
  'sv-hypercall-refused': said(
    'the hypervisor refused what ioctl {request:x} asks for: {ret}',
    '虚拟机监控器拒绝了 ioctl {request:x} 的要求：{ret}',
  ),
  'sv-ioreq-page-unpinned': said(
    'the page {page:x} for I/O requests could not be pinned',
    '无法锁定 I/O 请求页 {page:x}',
  ),
  'sv-ioreq-buffer-refused': said(
    'the hypervisor refused the page for I/O requests: {ret}',
    '虚拟机监控器拒绝了 I/O 请求页：{ret}',
  ),
  'sv-ioreq-client-not-found': said('nobody takes the request of vCPU {vcpu}', '没有客户端接收 vCPU {vcpu} 的请求'),
  'sv-ioreq-notify-failed': said(
    'the hypervisor refused the finished request of vCPU {vcpu}: {ret}',
    '虚拟机监控器拒绝了 vCPU {vcpu} 的完成通知：{ret}',
  ),
  'sv-ioreq-range-invalid': said('{start:x} to {end:x} is no range', '{start:x} 到 {end:x} 不是有效范围'),
  'sv-ioreq-handler-failed': said('the handler of a request failed: {ret}', '请求的处理函数失败：{ret}'),
  'sv-ioreq-client-created': said('the client {name} for I/O requests was created', '已创建 I/O 请求客户端 {name}'),
  'sv-ioreq-client-destroyed': said('the client {name} was destroyed', '已销毁客户端 {name}'),
  'sv-ioreq-flush-failed': said('{client} did not finish its requests in time', '{client} 未能及时完成其请求'),
  'sv-ioeventfd-client-failed': said('the client for eventfds could not be made', '无法创建 eventfd 的客户端'),
  'sv-msi-failed': said('VM {vm} could not be sent an MSI: {ret}', '无法向虚拟机 {vm} 发送 MSI：{ret}'),
  'sv-memmap-type-invalid': said('there is no kind {type} of memory mapping', '没有类型为 {type} 的内存映射'),
  'sv-memory-region-failed': said('the hypervisor refused a memory region: {ret}', '虚拟机监控器拒绝了内存区域：{ret}'),
  'sv-cf8-size': said('a PCI configuration access of {size} bytes', '{size} 字节的 PCI 配置访问'),
  'sv-irq-unhandled': said('there is no handler for vector {vector:x}', '没有向量 {vector:x} 的处理函数'),
} as const;

/** Points where the Service VM's code misbehaves. */
export const SERVICE_VM_HAZARDS = {
  'sv-upcall-before-workqueue': hazard(
    'death',
    said(
      'The handler of the upcall is armed before its workqueue exists. An upcall in between queues work on nothing.',
      '上行调用（upcall）的处理函数在其工作队列建立之前就已启用。其间的上行调用会把工作排到不存在的队列上。',
    ),
    said('The driver should be loaded before any VM runs.', '应当在任何虚拟机运行之前加载该驱动。'),
  ),
  'sv-upcall-unhandled': hazard(
    'lost-interrupt',
    said(
      'An upcall arrives and no handler is armed: it is gone, and the request waits for the next one.',
      '上行调用到达时没有启用任何处理函数：它就此丢失，请求要等下一次上行调用。',
    ),
    said(
      'The driver should not be unloaded, nor a client destroyed, while a VM still sends requests.',
      '虚拟机仍在发送请求时，不应卸载驱动，也不应销毁客户端。',
    ),
  ),
  'sv-dispatch-stops-early': hazard(
    'stuck',
    said(
      'The walk over the VMs ends at the first one without a request page. Requests of the VMs behind it are not seen.',
      '对虚拟机的遍历在第一个没有请求页的虚拟机处结束。其后的虚拟机的请求不会被看到。',
    ),
    said(
      'A VM should be destroyed completely before others go on with I/O.',
      '应当先彻底销毁一个虚拟机，再让其他虚拟机继续 I/O。',
    ),
  ),
  'sv-ioeventfd-no-match': hazard(
    'lost-data',
    said(
      'The address {address:x} is in a registered range, and no eventfd matches the value. The request is completed with no effect: the kick is lost.',
      '地址 {address:x} 在已登记的范围内，但没有 eventfd 与该值匹配。请求被当作完成而没有任何作用：这次通知丢失。',
    ),
    said(
      'A driver should write only the numbers of queues that it has set up to the notify register.',
      '驱动只应向通知寄存器写入它已建立的队列的编号。',
    ),
  ),
  'sv-ioeventfd-init-ignored': hazard(
    'ignored-error',
    said(
      'The client for eventfds could not be made, and the VM is created all the same. The first eventfd that is registered then meets a pointer that is NULL.',
      '无法创建 eventfd 的客户端，但虚拟机仍被创建。之后登记第一个 eventfd 时会遇到 NULL 指针。',
    ),
    said(
      'The Service VM should have memory and threads left when a VM is started.',
      '启动虚拟机时，Service VM 应当留有足够的内存和线程。',
    ),
  ),
  'sv-oops': hazard(
    'death',
    said('A thread of the kernel ends: {fault}.', '内核的一个线程终止：{fault}。'),
    said(
      'Addresses and counts that a VM or acrn-dm hands over should be those that were agreed on.',
      '虚拟机或 acrn-dm 交出的地址和计数应当与约定一致。',
    ),
  ),
  'sv-asyncio-missing': hazard(
    'refused',
    said(
      'This kernel has no asyncio: only the fork of ACRN has it. acrn-dm warns and goes on, and every kick takes the slow way.',
      '此内核没有 asyncio：只有 ACRN 的分支才有。acrn-dm 给出警告后继续运行，每次通知都走慢速路径。',
    ),
    said(
      'An operator who wants asyncio should run the kernel of ACRN in the Service VM.',
      '需要 asyncio 时，应当在 Service VM 中运行 ACRN 的内核。',
    ),
  ),
  'sv-asyncio-wild-pointer': hazard(
    'memory',
    said(
      'An element of the shared buffer is followed as a pointer to an eventfd: {address:x} is none.',
      '共享缓冲区中的一个元素被当作 eventfd 指针使用：{address:x} 并不是。',
    ),
    said(
      'An eventfd should stay registered until the hypervisor has let go of it.',
      'eventfd 应当保持登记，直到虚拟机监控器不再使用它。',
    ),
  ),
} as const;
