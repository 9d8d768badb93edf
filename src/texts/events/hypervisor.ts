import { hazard, said } from './event-texts.ts';

/** Lines of the hypervisor's log. */
export const HYPERVISOR_LOGS = {
  'hv-emulate-io-failed': said(
    'an access of {size} bytes at {address:x} could not be emulated (direction {direction}, type {type})',
    '无法仿真 {address:x} 处 {size} 字节的访问（方向 {direction}，类型 {type}）',
  ),
  'hv-exit-handler-failed': said(
    'the handler of exit reason {reason} failed: {ret}',
    '退出原因 {reason} 的处理函数失败：{ret}',
  ),
  'hv-pending-request-failed': said('a pending request of vCPU {vcpu} failed', 'vCPU {vcpu} 的待处理请求失败'),
  'hv-hypercall-failed': said('hypercall {hypercall:x} returned {ret}', '超级调用 {hypercall:x} 返回 {ret}'),
  'hv-vm-pcpus-invalid': said(
    'VM {vm} may not run on the pCPUs {affinity:x}',
    '虚拟机 {vm} 不能运行在物理 CPU {affinity:x} 上',
  ),
  'hv-guest-flags-wrong': said('a VM may not have the flags {flags:x}', '虚拟机不能有标志 {flags:x}'),
  'hv-ioreq-buffer-unmapped': said(
    'the page for I/O requests at {address:x} is not mapped',
    '位于 {address:x} 的 I/O 请求页没有映射',
  ),
  'hv-notify-vcpu-unknown': said('VM {vm} has no vCPU {vcpu}', '虚拟机 {vm} 没有 vCPU {vcpu}'),
  'hv-callback-vector-invalid': said('{vector:x} is no vector for the callback', '{vector:x} 不能作为回调向量'),
  'hv-set-vcpu-regs-invalid': said(
    'the registers of vCPU {vcpu} cannot be set now',
    '现在不能设置 vCPU {vcpu} 的寄存器',
  ),
  'hv-memory-region-copy-failed': said('memory region {index} could not be read', '无法读取内存区域 {index}'),
  'hv-memory-region-target-invalid': said('VM {vm} cannot be given memory regions', '不能为虚拟机 {vm} 设置内存区域'),
  'hv-copy-from-gpa-failed': said(
    '{length} bytes at guest address {address:x} could not be read',
    '无法读取客户机地址 {address:x} 处的 {length} 字节',
  ),
  'hv-asyncio-registered': said('{address:x} is registered for asyncio already', '{address:x} 已登记过 asyncio'),
  'hv-asyncio-full': said('there may be at most {max} asyncio addresses', 'asyncio 地址最多 {max} 个'),
  'hv-asyncio-base-zero': said('the VM has no asyncio buffer', '该虚拟机没有 asyncio 缓冲区'),
  'hv-asyncio-not-found': said('{address:x} is not registered for asyncio', '{address:x} 没有登记 asyncio'),
  'hv-sbuf-id-unsupported': said('there is no shared buffer {id}', '没有编号为 {id} 的共享缓冲区'),
  'hv-exit-reason-invalid': said('there is no exit reason {reason}', '没有退出原因 {reason}'),
  'hv-exit-unhandled': said('nobody handles exit reason {reason}', '没有函数处理退出原因 {reason}'),
  'hv-vector-illegal': said('vector {vector} is not legal', '向量 {vector} 不合法'),
  'hv-vlapic-disabled': said(
    'the local APIC is off, vector {vector} is dropped',
    '本地 APIC 已关闭，丢弃向量 {vector}',
  ),
  'hv-msi-address-invalid': said('{address:x} is no address of an MSI', '{address:x} 不是 MSI 地址'),
  'hv-delivery-mode-invalid': said('there is no delivery mode {delmode}', '没有投递模式 {delmode}'),
  'hv-mmio-spans-handlers': said(
    '{size} bytes at {address:x} belong to two handlers',
    '{address:x} 处的 {size} 字节分属两个处理函数',
  ),
  'hv-vm-create-failed': said('VM {vm} could not be created', '无法创建虚拟机 {vm}'),
} as const;

/** Points where the hypervisor's code misbehaves. */
export const HYPERVISOR_HAZARDS = {
  'hv-stale-ioreq-event': hazard(
    'spurious',
    said(
      'A finish notification that nobody had waited for is still set. This wait of vCPU {vcpu} ends at once, and it reads a result that is not there yet.',
      '一个无人等待的完成通知仍处于置位状态。vCPU {vcpu} 的这次等待立即结束，读到的是尚未产生的结果。',
    ),
    said(
      'Whoever completes requests should report each one once, and only one that was handed out.',
      '完成请求的一方应当对每个请求只报告一次，并且只报告已经分发的请求。',
    ),
  ),
  'hv-ioreq-slot-busy': hazard(
    'refused',
    said(
      'The request slot of vCPU {vcpu} is in state {state}, not free. The access is refused and the guest gets a fault or a wrong value.',
      'vCPU {vcpu} 的请求槽位处于状态 {state}，并非空闲。访问被拒绝，客户机会得到异常或错误的值。',
    ),
    said(
      'The Service VM should leave a slot only in the states that the protocol names, and finish what it took.',
      'Service VM 应当只让槽位处于协议规定的状态，并完成它取走的请求。',
    ),
  ),
  'hv-gp-injected': hazard(
    'death',
    said(
      'The emulation of an access failed, and vCPU {vcpu} gets a general protection fault for it.',
      '一次访问仿真失败，vCPU {vcpu} 因此收到一般保护异常。',
    ),
    said(
      'A driver should access only registers that a device claims, in sizes that it takes; the device model should be alive while the VM runs.',
      '驱动应当只访问设备声明的寄存器，并使用设备接受的宽度；虚拟机运行期间设备模型应当保持运行。',
    ),
  ),
  'hv-asyncio-assign-error-ignored': hazard(
    'ignored-error',
    said(
      'The address could not be registered for asyncio of VM {vm}, and the hypercall says that it was. Its kicks then go the slow way.',
      '无法为虚拟机 {vm} 的 asyncio 登记该地址，而超级调用却报告成功。之后这些通知走慢速路径。',
    ),
    said(
      'An operator should not give a VM more queues with asyncio than the table takes.',
      '不要为虚拟机配置超过表容量的 asyncio 队列。',
    ),
  ),
  'hv-zombie-vcpu-runs': hazard(
    'spurious',
    said(
      'vCPU {vcpu} was paused for good. A finished request wakes its thread, and it enters the guest once more.',
      'vCPU {vcpu} 已被永久暂停。一个完成的请求唤醒了它的线程，使它再次进入客户机。',
    ),
    said('Requests should be finished before a VM is paused.', '应当在暂停虚拟机之前完成其请求。'),
  ),
  'hv-panic': hazard(
    'death',
    said(
      'The thread of vCPU {vcpu} ends in the hypervisor: {fault}.',
      'vCPU {vcpu} 的线程在虚拟机监控器中终止：{fault}。',
    ),
    said(
      'Addresses that a guest or the Service VM hands to the hypervisor should lie in memory.',
      '客户机或 Service VM 交给虚拟机监控器的地址应当位于内存之中。',
    ),
  ),
  'hv-upcall-lost': hazard(
    'lost-interrupt',
    said(
      'The notification for vCPU {vcpu} of VM {vm} was dropped. Requests that are pending wait for the next one.',
      '发往虚拟机 {vm} 的 vCPU {vcpu} 的通知被丢弃。待处理的请求要等到下一次通知。',
    ),
    said(
      'This is a fault that the scenario asks for. A system that must survive it needs a timeout or polling.',
      '这是场景要求的故障。需要承受它的系统应当有超时或轮询机制。',
    ),
  ),
} as const;
