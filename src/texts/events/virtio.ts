import { said } from './event-texts.ts';

/** Lines that virtio.c of acrn-dm logs. */
export const VIRTIO_LOGS = {
  'vq-enable-failed': said('the ring of the queue is not in guest memory', '队列的环不在客户机内存中'),
  'ndesc-out-of-range': said(
    '{device}: {ndesc} heads are waiting, more than the queue has',
    '{device}：有 {ndesc} 个待处理的链头，超过队列长度',
  ),
  'descriptor-index-out-of-range': said(
    '{device}: there is no descriptor {next}',
    '{device}：没有编号为 {next} 的描述符',
  ),
  'mapping-to-host-failed': said(
    '{device}: a buffer cannot be taken, it lies outside of the memory or there are too many of them',
    '{device}：无法取得某个缓冲区，它在内存之外或数量过多',
  ),
  'forbidden-indirect': said(
    '{device}: an indirect descriptor, which was not negotiated',
    '{device}：出现未经协商的间接描述符',
  ),
  'invalid-indirect-length': said(
    '{device}: {length} bytes are no length for a table of descriptors',
    '{device}：描述符表的长度不能是 {length} 字节',
  ),
  'cannot-get-host-memory': said(
    '{device}: a table of descriptors lies outside of the memory',
    '{device}：某个描述符表位于内存之外',
  ),
  'nested-indirect': said(
    '{device}: an indirect descriptor inside of an indirect table',
    '{device}：间接描述符表中又有间接描述符',
  ),
  'invalid-next': said(
    '{device}: entry {next} of a table with {entries} descriptors',
    '{device}：描述符表只有 {entries} 项，却指向第 {next} 项',
  ),
  'descriptor-loop': said(
    '{device}: a chain of {count} descriptors, which is a loop',
    '{device}：一条链有 {count} 个描述符，构成循环',
  ),
  'no-valid-descriptor': said(
    '{device}: the index of the avail ring is further ahead than the queue is long',
    '{device}：avail 环的索引超前量大于队列长度',
  ),
  'read-bad-size': said(
    '{device}: a read of {size} bytes from register {register}',
    '{device}：以 {size} 字节读取寄存器 {register}',
  ),
  'read-bad-offset': said(
    '{device}: a read of {size} bytes at offset {offset:x}, where no register is',
    '{device}：在没有寄存器的偏移 {offset:x} 处读取 {size} 字节',
  ),
  'write-bad-size': said(
    '{device}: a write of {size} bytes to register {register}',
    '{device}：以 {size} 字节写入寄存器 {register}',
  ),
  'write-read-only': said(
    '{device}: a write to the read-only register {register}',
    '{device}：写入只读寄存器 {register}',
  ),
  'write-bad-offset': said(
    '{device}: a write of {size} bytes at offset {offset:x}, where no register is',
    '{device}：在没有寄存器的偏移 {offset:x} 处写入 {size} 字节',
  ),
  'notify-out-of-range': said(
    '{device}: a kick for queue {queue}, which it does not have',
    '{device}：收到对队列 {queue} 的通知，但没有这个队列',
  ),
  'eventfd-write-failed': said(
    '{device}: the eventfd of queue {queue} could not be signalled',
    '{device}：无法触发队列 {queue} 的 eventfd',
  ),
  'missing-notify': said(
    '{device}: queue {queue} has no function for kicks',
    '{device}：队列 {queue} 没有处理通知的函数',
  ),
  'bad-queue-index': said(
    '{device}: {register} was accessed while queue {curq} of {max} was selected',
    '{device}：访问 {register} 时选中的是队列 {curq}，而队列共 {max} 个',
  ),
  'unexpected-bar-read': said('{device}: a read from BAR {bar}', '{device}：意外读取 BAR {bar}'),
  'unexpected-bar-write': said('{device}: a write to BAR {bar}', '{device}：意外写入 BAR {bar}'),
  'modern-bad-size': said(
    '{device}: an access of {size} bytes to BAR {bar}, offset {offset:x}',
    '{device}：以 {size} 字节访问 BAR {bar} 偏移 {offset:x}',
  ),
  'modern-bad-range': said(
    '{device}: an access of {size} bytes to BAR {bar} that leaves its part at offset {offset:x}',
    '{device}：对 BAR {bar} 偏移 {offset:x} 的 {size} 字节访问超出了所在区域',
  ),
  'modern-not-supported': said(
    '{device}: an access of {size} bytes to BAR {bar}, offset {offset:x}, that nothing there takes',
    '{device}：BAR {bar} 偏移 {offset:x} 处不支持 {size} 字节的访问',
  ),
  'device-config-limit': said(
    '{device}: {size} bytes at offset {offset:x} lie beyond the device configuration',
    '{device}：偏移 {offset:x} 处的 {size} 字节超出设备配置空间',
  ),
  'device-config-failed': said(
    '{device}: {size} bytes at offset {offset:x} of the device configuration could not be accessed',
    '{device}：无法访问设备配置空间偏移 {offset:x} 处的 {size} 字节',
  ),
  'add-capability-failed': said(
    'the PCI capability of kind {type} could not be added',
    '无法添加类型为 {type} 的 PCI 能力',
  ),
  'ioeventfd-registered': said(
    'eventfd {fd} is registered for {len} bytes at {addr:x} with the value {data}',
    'eventfd {fd} 已登记到 {addr:x} 处的 {len} 字节，匹配值为 {data}',
  ),
  'ioeventfd-unregistered': said(
    'eventfd {fd} is no longer registered for {len} bytes at {addr:x}',
    'eventfd {fd} 已取消在 {addr:x} 处 {len} 字节的登记',
  ),
  'ioeventfd-failed': said('the eventfd could not be registered: {rc}', '无法登记 eventfd：{rc}'),
  'invalid-modern-parameters': said(
    'features {features:x} name no transport that an eventfd could be registered for',
    '特性 {features:x} 没有可登记 eventfd 的传输方式',
  ),
  'eventfd-read-failed': said('the eventfd of a kick could not be read', '无法读取通知所用的 eventfd'),
} as const;
