import { tells } from './tell.ts';

/** Why the guest passes the stages of its virtqueues. */
export const GUEST_RING = {
  ...tells('linux:drivers/virtio/virtio_ring.c', {
    virtqueue_add_outbuf: ['Offers a buffer for the device to read.', '提供一个供设备读取的缓冲区。'],
    virtqueue_add_inbuf: ['Offers a buffer for the device to write.', '提供一个供设备写入的缓冲区。'],
    virtqueue_add: [
      'Chooses the layout of the ring that was negotiated; here it is the split one.',
      '按协商结果选择环的布局；这里是分离式环。',
    ],
    virtqueue_add_split: [
      'Writes the buffer’s address and length into free descriptors, puts their head into the available ring, and only then, behind a write barrier, moves the index that the device watches.',
      '把缓冲区的地址和长度写入空闲描述符，将链头放入可用环，然后在写屏障之后才移动设备所看的索引。',
    ],
    vring_map_one_sg: [
      'Turns a piece of memory into an address that the device can use. Without an IOMMU platform this is its physical address.',
      '把一段内存换成设备可用的地址。没有 IOMMU 时即其物理地址。',
    ],
    vring_unmap_one_split: [
      'Undoes the mapping of one descriptor; there is nothing to undo where physical addresses are used.',
      '撤销一个描述符的映射；使用物理地址时无需撤销。',
    ],
    virtqueue_kick: [
      'Tells the device about new buffers, if it wants to be told.',
      '若设备希望得知，则告知其有新缓冲区。',
    ],
    virtqueue_kick_prepare: ['Asks whether a kick is needed, by the ring’s layout.', '按环的布局判断是否需要通知。'],
    virtqueue_kick_prepare_split: [
      'Reads the device’s wish, behind a full barrier: its NO_NOTIFY flag, or its event index where that was negotiated. A kick that can be spared is a VM exit that is spared.',
      '在完整屏障之后读取设备的意愿：NO_NOTIFY 标志，或协商后的事件索引。省下一次通知就省下一次 VM 退出。',
    ],
    virtqueue_notify: [
      'Calls the transport’s notify function. If that fails, the queue is broken for good.',
      '调用传输层的通知函数。若失败，该队列从此视为损坏。',
    ],
    virtqueue_get_buf: ['Takes one used buffer back from the device.', '从设备取回一个已用缓冲区。'],
    virtqueue_get_buf_ctx: [
      'Chooses how to take a used buffer back, by the ring’s layout.',
      '按环的布局选择取回已用缓冲区的方式。',
    ],
    virtqueue_get_buf_ctx_split: [
      'Compares its own index with the used ring’s. If they differ it reads the next entry, behind a read barrier, checks that the id makes sense, and frees the descriptors.',
      '比较自己的索引与已用环的索引。若不同，则在读屏障之后读取下一项，检查其编号合理，并释放描述符。',
    ],
    detach_buf_split: ['Puts a chain’s descriptors back on the free list.', '把一条链的描述符放回空闲链表。'],
    vring_interrupt: [
      'An interrupt says that the queue may have used buffers. It looks first, and calls the driver’s callback only if there are some: lines and vectors may be shared.',
      '中断表明队列可能有已用缓冲区。先查看，确有才调用驱动的回调：中断线和向量可能共享。',
    ],
    vring_create_virtqueue: ['Creates a virtqueue in the layout that was negotiated.', '按协商的布局创建虚拟队列。'],
    vring_create_virtqueue_split: [
      'Creates a split virtqueue: memory for the rings, then the driver’s own bookkeeping.',
      '创建分离式虚拟队列：先为环分配内存，再建立驱动自己的记录。',
    ],
    vring_alloc_queue_split: [
      'Tries to get memory for the rings in one piece, with fewer entries if there is not enough, as the transport allows.',
      '尝试为环取得一整块内存；不够时在传输层允许下减少项数。',
    ],
    vring_alloc_queue: [
      'Gets zeroed pages for the rings. The device will see exactly these.',
      '取得清零的页面用于环。设备看到的正是这些页面。',
    ],
    vring_alloc_state_extra_split: [
      'Allocates what the driver remembers of each descriptor, so that it never has to trust what the device could change.',
      '为每个描述符分配驱动自己的记录，使其不必信任设备可能改动的内容。',
    ],
    virtqueue_vring_init_split: [
      'Sets the driver’s copies of index and flags to zero; without a callback it asks for no interrupts.',
      '把驱动保存的索引和标志清零；没有回调时不要求中断。',
    ],
    __vring_new_virtqueue: [
      'Ties rings, callback and notify function together into one virtqueue and reads off the features which kind of events it uses.',
      '把环、回调和通知函数组合成一个虚拟队列，并由特性决定所用的事件方式。',
    ],
    vring_transport_features: [
      'Clears the feature bits that neither ring code nor transport understands, before features are fixed.',
      '在确定特性之前，清除环代码和传输层都不认识的特性位。',
    ],
  }),
  ...tells('linux:include/uapi/linux/virtio_ring.h', {
    vring_size: [
      'Bytes of a ring with so many entries, used part aligned. Device and driver compute it alike, so they agree on where each part lies.',
      '给定项数的环的字节数，已用部分对齐。设备与驱动计算方式相同，因而对各部分位置一致。',
    ],
  }),
} as const;
