import { said } from './event-texts.ts';

/** Lines of the guest kernel's log. */
export const GUEST_LOGS = {
  'guest-bad-io-access': said(
    'an access at port {port:x}, which is no address for this accessor',
    '访问端口 {port:x}，该访问函数不接受这个地址',
  ),
  'guest-bad-notification-offset': said(
    'queue {queue} has its notify register at offset {offset:x}, beyond the region',
    '队列 {queue} 的通知寄存器偏移为 {offset:x}，超出区域',
  ),
  'guest-bad-virtqueue-length': said(
    'a queue cannot have {num} entries: no power of two',
    '队列不能有 {num} 项：不是 2 的幂',
  ),
  'guest-capability-out-of-range': said(
    '{length} bytes at offset {offset:x} lie outside of BAR {bar}',
    '偏移 {offset:x} 处的 {length} 字节超出 BAR {bar}',
  ),
  'guest-device-refuses-features': said(
    'the device does not accept the features; its status is {status:x}',
    '设备不接受这些特性；其状态为 {status:x}',
  ),
  'guest-error-adding-buffer-to-queue': said(
    'a buffer could not be put back into the control queue',
    '无法把缓冲区放回控制队列',
  ),
  'guest-error-allocating-control-buffers': said('no buffers for control messages', '没有用于控制消息的缓冲区'),
  'guest-error-allocating-hvc': said('no hvc console for port {port}', '无法为端口 {port} 分配 hvc 控制台'),
  'guest-error-allocating-inbufs': said('no receive buffers for port {port}', '端口 {port} 没有接收缓冲区'),
  'guest-error-initializing-vqs': said('the queues could not be set up: {err}', '无法建立队列：{err}'),
  'guest-errors-adding-buffers-back': said(
    '{errors} buffers of port {port} could not be put back',
    '端口 {port} 有 {errors} 个缓冲区无法放回',
  ),
  'guest-failed-add-buf': said(
    'a receive buffer of port {port} could not be put back',
    '无法放回端口 {port} 的接收缓冲区',
  ),
  'guest-invalid-index-in-control-packet': said(
    'a control message names port {id}, which does not exist',
    '控制消息指明端口 {id}，但没有这个端口',
  ),
  'guest-invalid-max-nr-ports': said('the device claims {ports} ports', '设备声称有 {ports} 个端口'),
  'guest-leaving-for-legacy-driver': said(
    'PCI device {devfn:x} has no modern interface; the legacy driver takes it',
    'PCI 设备 {devfn:x} 没有 modern 接口，由 legacy 驱动接管',
  ),
  'guest-missing-capabilities': said(
    'PCI device {devfn:x} lacks a capability that a modern device has',
    'PCI 设备 {devfn:x} 缺少 modern 设备应有的能力',
  ),
  'guest-modern-device-without-version-1': said(
    'a modern device does not offer VERSION_1',
    'modern 设备没有提供 VERSION_1',
  ),
  'guest-no-irq-handler': said(
    'CPU {cpu} has no handler for vector {vector:x}',
    'CPU {cpu} 没有向量 {vector:x} 的处理函数',
  ),
  'guest-oops': said('task {task} ends: {reason}', '任务 {task} 终止：{reason}'),
  'guest-port-id-out-of-bound': said(
    'a control message adds port {id}, the highest is {max}',
    '控制消息要添加端口 {id}，而最大编号是 {max}',
  ),
  'guest-tty-signal': said('the character {character} raises a signal', '字符 {character} 引发信号'),
  'guest-used-id-is-no-head': said(
    'queue {queue}: the device returned {id}, which is not in use; the queue is broken',
    '队列 {queue}：设备归还了并未使用的 {id}；该队列已损坏',
  ),
  'guest-used-id-out-of-range': said(
    'queue {queue}: the device returned {id}, beyond the queue; the queue is broken',
    '队列 {queue}：设备归还的 {id} 超出队列；该队列已损坏',
  ),
} as const;

/** Why a task, thread or process ends, by the code of the fault. */
export const FAULTS = {
  'guest-exception': said('an exception that the hypervisor injected', '虚拟机监控器注入的异常'),
  'guest-kernel-bug': said('a check of the kernel that failed', '内核检查失败'),
  'null-pointer-call': said('a call through a pointer that is NULL', '经 NULL 指针的调用'),
  'use-after-free': said('memory was used after it had been given back', '使用了已释放的内存'),
} as const;

/** What an access outside of all memory is. */
export const OUTSIDE_RAM = said('an access at {address}, where no memory is', '访问了没有内存的地址 {address}');
