import { tells } from './tell.ts';

/** Why the guest passes the stages of its console driver. */
export const GUEST_CONSOLE = {
  ...tells('linux:drivers/char/virtio_console.c', {
    virtcons_probe: [
      'Called when the bus has found a console device: it sets up the queues, tells the device that it is ready, and fills the control queue.',
      '总线发现控制台设备时调用：建立队列，告知设备已就绪，并填充控制队列。',
    ],
    init_vqs: [
      'Asks the transport for two queues per port and two for control. The order is fixed by the specification, so device and driver agree on the numbers.',
      '向传输层请求每端口两个、控制两个队列。顺序由规范规定，因此设备与驱动对编号一致。',
    ],
    fill_queue: [
      'Puts as many empty buffers as fit into a receive queue: the device can only send where a buffer waits.',
      '向接收队列放入尽可能多的空缓冲区：只有存在等待的缓冲区，设备才能发送。',
    ],
    alloc_buf: [
      'Allocates a buffer and its small header; where a port is splicing pages, room for a list of them.',
      '分配缓冲区及其小头部；端口拼接页面时，还包括页面列表的空间。',
    ],
    free_buf: [
      'Gives a buffer back to the allocator, with the pages that it may have carried.',
      '把缓冲区连同它可能携带的页面归还分配器。',
    ],
    add_inbuf: [
      'Offers one empty buffer for the device to write into, and kicks so that the device knows.',
      '提供一个供设备写入的空缓冲区，并发出通知让设备知道。',
    ],
    add_port: [
      'Makes a port that the device has announced: a character device, its queues, and its first receive buffers.',
      '建立设备宣告的端口：字符设备、其队列以及首批接收缓冲区。',
    ],
    init_port_console: [
      'The device said that this port is a console: hvc gets a terminal for it.',
      '设备说明该端口是控制台：为它向 hvc 申请一个终端。',
    ],
    send_control_msg: [
      'Sends a control message about a port, unless the port has gone.',
      '发送关于某端口的控制消息，除非该端口已不存在。',
    ],
    __send_control_msg: [
      'Puts one control message into the control queue, kicks, and spins until the device has used it: the message is shared memory that must not be reused before.',
      '把一条控制消息放入控制队列并通知，然后自旋到设备用完：在此之前这块共享内存不能复用。',
    ],
    control_intr: [
      'The control queue has messages. Handling them may sleep, so a worker is asked to do it.',
      '控制队列有消息。处理可能睡眠，因此交给工作线程。',
    ],
    control_work_handler: [
      'The worker takes each control message out, handles it, and gives the buffer back to the device.',
      '工作线程取出每条控制消息，处理它，再把缓冲区还给设备。',
    ],
    handle_control_message: [
      'Does what a control message says: a port is added, is a console, is opened by the host, or gets a name. Writers that wait for the host are woken.',
      '执行控制消息的内容：添加端口、成为控制台、由主机打开或获得名称。等待主机的写者被唤醒。',
    ],
    find_port_by_vtermno: [
      'Finds the port behind a terminal’s number; hvc knows nothing of ports.',
      '由终端编号找到端口；hvc 并不知道端口。',
    ],
    find_port_by_id: ['Finds the port with the number that a control message names.', '按控制消息中的编号找到端口。'],
    find_port_by_vq: [
      'Finds the port that a queue belongs to, because an interrupt names only the queue.',
      '找到队列所属的端口，因为中断只指明队列。',
    ],
    put_chars: [
      'hvc’s way to output. It copies the characters into a buffer of its own, because hvc’s may lie where no device may look, and sends that.',
      'hvc 的输出途径。它把字符复制到自己的缓冲区再发送，因为 hvc 的缓冲区可能位于设备不可访问处。',
    ],
    get_chars: [
      'hvc’s way to input: it takes characters out of the buffer that the device has filled last.',
      'hvc 的输入途径：从设备最近填充的缓冲区取出字符。',
    ],
    notifier_add_vio: [
      'hvc has opened the console. This driver interrupts by itself, so hvc need not poll.',
      'hvc 打开了控制台。本驱动自己产生中断，hvc 无需轮询。',
    ],
    __send_to_port: [
      'Puts one buffer into the port’s transmit queue and kicks. For a console it then spins until the device has used the buffer, since output may come from places that cannot sleep.',
      '把一个缓冲区放入端口的发送队列并通知。对控制台还会自旋到设备用完，因为输出可能来自不能睡眠的地方。',
    ],
    reclaim_consumed_buffers: [
      'Takes back transmit buffers that the device is done with, so that the queue has room. Ports that do not wait do it here, one write later.',
      '取回设备已处理完的发送缓冲区，使队列有空间。不等待的端口在下一次写入时于此处理。',
    ],
    port_fops_open: [
      'A process opens a port: only one may, and the device is told that somebody listens.',
      '进程打开端口：只允许一个，并告知设备有人在听。',
    ],
    port_fops_write: [
      'write(2) on a port that is no console: it waits for room, copies the bytes, and sends them without a terminal in between.',
      '对非控制台端口的 write(2)：等待空间，复制字节并发送，中间没有终端。',
    ],
    wait_port_writable: [
      'Sleeps until the port can take another buffer, unless the file is non-blocking or the port is gone.',
      '睡眠直到端口能再接收缓冲区，除非文件为非阻塞或端口已消失。',
    ],
    will_write_block: [
      'Whether a write would have to wait: the queue is full, or the host has not opened its end. Used buffers are taken back first.',
      '写入是否需要等待：队列已满，或主机未打开另一端。会先取回已用缓冲区。',
    ],
    port_has_data: [
      'Whether the port has something to read: a buffer that is half read, or a new one from the device.',
      '端口是否有内容可读：读了一半的缓冲区，或设备送来的新缓冲区。',
    ],
    get_inbuf: [
      'Takes the next filled buffer from the receive queue, with the length that the device wrote.',
      '从接收队列取下一个已填充的缓冲区及设备写入的长度。',
    ],
    fill_readbuf: [
      'Copies received bytes to the reader, and gives the buffer back to the device once it is empty.',
      '把收到的字节复制给读者，缓冲区读空后还给设备。',
    ],
    in_intr: [
      'The receive queue has something: the port remembers it, whoever waits to read is woken, and hvc is asked to poll.',
      '接收队列有内容：端口记下它，唤醒等待读取者，并请 hvc 轮询。',
    ],
    out_intr: [
      'The device has used transmit buffers: whoever waits for room is woken.',
      '设备已用完发送缓冲区：唤醒等待空间者。',
    ],
  }),
} as const;
