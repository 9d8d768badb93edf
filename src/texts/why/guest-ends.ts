import { said } from '../events/event-texts.ts';
import { tells } from './tell.ts';

/** Why the guest passes the stages that routes do not take: closing, splicing, panicking, restarting. */
export const GUEST_ENDS = {
  'user:splice(2)': said(
    'A process of the guest moves pages of a pipe to a port without copying them.',
    '客户机的一个进程把管道的页面移到端口而不复制。',
  ),
  'user:close(2)': said('A process of the guest closes a file.', '客户机的一个进程关闭文件。'),
  ...tells('linux:drivers/virtio/virtio_ring.c', {
    alloc_indirect_split: [
      'Gets memory for a table of its own, where the device takes indirect descriptors.',
      '设备接受间接描述符时，为单独的描述符表取得内存。',
    ],
    vring_del_virtqueue: ['Frees a virtqueue with its rings.', '释放虚拟队列及其环。'],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_common.c', {
    vp_config_changed: [
      'The device says that its configuration has changed; the driver is asked to look.',
      '设备表明其配置已变化；请驱动查看。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_legacy.c', {
    del_vq: [
      'Takes the queue’s address and vector away from the device, then frees it.',
      '从设备撤回队列的地址和向量，然后释放。',
    ],
  }),
  ...tells('linux:drivers/virtio/virtio_pci_modern.c', {
    del_vq: ['Takes the queue’s vector away from the device and frees it.', '从设备撤回队列的向量并释放。'],
  }),
  ...tells('linux:drivers/char/virtio_console.c', {
    discard_port_data: ['Gives buffers with unread input back to the device.', '把含未读输入的缓冲区还给设备。'],
    notifier_del_vio: ['hvc has closed the console; nothing is left to stop.', 'hvc 关闭了控制台；没有需要停止的。'],
    will_read_block: [
      'Whether a read would have to wait: nothing has come, and the host is there.',
      '读取是否需要等待：没有内容，且主机仍在。',
    ],
    port_fops_read: [
      'read(2) on a port: it sleeps until there is data, then copies it.',
      '对端口的 read(2)：睡眠到有数据，然后复制。',
    ],
    pipe_to_sg: [
      'Takes one page of the pipe into the list that will become descriptors.',
      '把管道的一页放入将成为描述符的列表。',
    ],
    port_fops_splice_write: [
      'Sends pages of a pipe as they are: each becomes a descriptor of one chain.',
      '按原样发送管道的页面：每页成为同一条链的一个描述符。',
    ],
    port_fops_release: [
      'A port is closed: the device is told, and input that nobody read is given back.',
      '端口关闭：告知设备，并归还无人读取的输入。',
    ],
    unplug_port: [
      'A port is removed: its readers and writers are woken, its buffers freed.',
      '端口被移除：唤醒其读写者，释放缓冲区。',
    ],
    flush_bufs: ['Gives all buffers of a queue back.', '归还队列的所有缓冲区。'],
  }),
  ...tells('linux:drivers/tty/tty_io.c', {
    tty_release: ['The last file of a terminal is closed.', '终端的最后一个文件被关闭。'],
  }),
  ...tells('linux:drivers/tty/n_tty.c', {
    n_tty_process_echo_ops: [
      'Carries out one operation of the echo buffer, such as erasing.',
      '执行回显缓冲区中的一个操作，例如擦除。',
    ],
    eraser: ['Erases what was typed, by a character, a word or a line.', '擦除键入内容：一个字符、一个词或一行。'],
    isig: [
      'A typed character means a signal: it is sent to the foreground processes.',
      '键入的字符代表信号：发送给前台进程。',
    ],
  }),
  ...tells('linux:drivers/tty/hvc/hvc_console.c', {
    hvc_close: [
      'Last close of a console: output that is left is given time to go out.',
      '控制台最后一次关闭：给剩余输出留出发送时间。',
    ],
    hvc_console_flush: ['Waits until the console below has taken everything.', '等待下层控制台取走全部内容。'],
    hvc_console_print: [
      'Prints a message of the kernel itself, with a carriage return before each newline.',
      '打印内核自己的消息，每个换行前加回车。',
    ],
  }),
  ...tells('linux:kernel/printk/printk.c', {
    devkmsg_open: ['A process opens the kernel’s log.', '进程打开内核日志。'],
    devkmsg_write: ['A process writes a line into the kernel’s log.', '进程向内核日志写入一行。'],
    devkmsg_emit: ['Hands that line to the kernel’s own printing.', '把该行交给内核自身的打印。'],
    devkmsg_release: ['A process closes the kernel’s log.', '进程关闭内核日志。'],
    vprintk_emit: [
      'Stores a message, and prints it at once if nobody else is printing.',
      '保存消息；若无人正在打印则立即打印。',
    ],
    console_unlock: [
      'Whoever gives the consoles back must print what has come meanwhile.',
      '释放控制台者必须打印期间到来的内容。',
    ],
    __console_flush_and_unlock: [
      'Prints all that is stored, then lets the consoles go.',
      '打印所有已保存内容，然后释放控制台。',
    ],
    console_flush_all: ['Prints messages until no console has any left.', '打印消息，直到每个控制台都没有剩余。'],
    console_emit_next_record: [
      'Prints one message on one console, with interrupts off.',
      '在一个控制台上打印一条消息，期间关闭中断。',
    ],
  }),
  ...tells('linux:kernel/panic.c', {
    panic: [
      'The kernel cannot go on: it says why and restarts, if it was told to.',
      '内核无法继续：说明原因，若有设定则重启。',
    ],
  }),
  ...tells('linux:kernel/reboot.c', {
    emergency_restart: [
      'Restarts without any order, since nothing can be trusted any more.',
      '不按任何次序重启，因为已没有什么可信。',
    ],
  }),
  ...tells('linux:arch/x86/kernel/reboot.c', {
    machine_emergency_restart: ['Restarts in the way of this machine.', '按本机方式重启。'],
    native_machine_emergency_restart: [
      'Tries one way to reset after the other, such as the reset register.',
      '逐一尝试各种复位方式，例如复位寄存器。',
    ],
  }),
} as const;
