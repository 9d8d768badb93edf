import { tells } from './tell.ts';

/** Why acrn-dm passes the stages of its console device. */
export const DEVICE_MODEL_CONSOLE = {
  ...tells('acrn:devicemodel/hw/pci/virtio/virtio_console.c', {
    virtio_console_init: [
      'Makes the console device: features, the notify function of every queue, ports with their backends. Here vq->notify is bound.',
      '建立控制台设备：特性、每个队列的 notify 函数、端口及其后端。vq->notify 在此绑定。',
    ],
    virtio_console_add_backends: ['Goes through the ports of the option string.', '遍历选项字符串中的各端口。'],
    virtio_console_add_backend: [
      'Makes one port with its backend, and watches the backend for input if it can be read.',
      '建立一个端口及其后端；后端可读时监视其输入。',
    ],
    virtio_console_get_be_type: ['Which kind of backend the option names.', '选项所指的后端种类。'],
    virtio_console_open_backend: [
      'Opens the file, terminal or socket behind a port.',
      '打开端口背后的文件、终端或套接字。',
    ],
    virtio_console_config_backend: [
      'Prepares an opened backend: raw mode for terminals, listening for sockets.',
      '准备已打开的后端：终端设为原始模式，套接字开始监听。',
    ],
    virtio_console_backend_can_read: [
      'Whether input can come from this kind of backend; from a file it cannot.',
      '此类后端是否会有输入；文件没有。',
    ],
    virtio_console_add_port: [
      'Takes the next free port and gives it its two queues and its function.',
      '取下一个空闲端口，给它两个队列和处理函数。',
    ],
    virtio_console_reset: [
      'The driver has reset the device. What the ports know of each other stays.',
      '驱动复位了设备。端口之间已知的内容保留。',
    ],
    virtio_console_neg_features: ['Stores the accepted features; nobody looks at them.', '保存接受的特性；无人查看。'],
    virtio_console_cfgread: [
      'Reads the console’s configuration: columns, rows, number of ports.',
      '读取控制台配置：列数、行数、端口数。',
    ],
    virtio_console_vq_to_port: [
      'Which port a queue belongs to; the two control queues belong to the control port.',
      '队列属于哪个端口；两个控制队列属于控制端口。',
    ],
    virtio_console_port_to_vq: ['Which queue fills or empties buffers for a port.', '哪个队列为端口填充或清空缓冲区。'],
    virtio_console_notify_rx: [
      'The driver has offered receive buffers. After the first kick the port counts as ready and no more kicks are wanted.',
      '驱动提供了接收缓冲区。首次通知后端口视为就绪，不再需要通知。',
    ],
    virtio_console_notify_tx: [
      'The driver has sent something: every chain is taken, given to the port’s function, and put into the used ring. Then comes one interrupt for all.',
      '驱动发送了内容：取出每条链，交给端口的函数，放入已用环。最后为全部发一次中断。',
    ],
    virtio_console_backend_write: [
      'Writes the guest’s buffer to the backend by writev(2). If that fails the backend is reset, and later output is dropped.',
      '用 writev(2) 把客户机的缓冲区写到后端。失败则复位后端，之后的输出被丢弃。',
    ],
    virtio_console_backend_read: [
      'The backend has input: it is read straight into a receive buffer of the guest. Without one, the input is thrown away.',
      '后端有输入：直接读入客户机的接收缓冲区。没有缓冲区则丢弃输入。',
    ],
    virtio_console_control_tx: [
      'A control message of the driver: it is ready, or a port is ready or opened.',
      '驱动的控制消息：驱动就绪，或某端口就绪、打开。',
    ],
    virtio_console_control_send: [
      'Sends a control message to the driver, through the control receive queue.',
      '经控制接收队列向驱动发送控制消息。',
    ],
    virtio_console_announce_port: ['Tells the driver of a port.', '把一个端口告知驱动。'],
    virtio_console_open_port: [
      'Tells the driver that the host’s end of a port is open or closed.',
      '告知驱动端口的主机端已打开或关闭。',
    ],
  }),
} as const;
