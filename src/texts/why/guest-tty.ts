import { tells } from './tell.ts';

/** Why the guest passes the stages of its file system and terminal layers. */
export const GUEST_TTY = {
  ...tells('linux:fs/read_write.c', {
    'SYSCALL_DEFINE3(write)': [
      'The kernel’s entry for write(2). It only hands the file descriptor, buffer and length on, so that the real work is shared with other callers.',
      '内核的 write(2) 入口。它只把文件描述符、缓冲区和长度传下去，以便与其他调用者共用真正的实现。',
    ],
    'SYSCALL_DEFINE3(read)': [
      'The kernel’s entry for read(2): it hands descriptor, buffer and length on.',
      '内核的 read(2) 入口：把描述符、缓冲区和长度传下去。',
    ],
    ksys_write: [
      'Looks the file up by its descriptor and takes its position under the lock that threads of the process share. From here on the file, not the number, is what is written to.',
      '按描述符找到文件，并在进程内线程共享的锁下取得其位置。从这里起，写入的对象是文件而不是编号。',
    ],
    ksys_read: [
      'Looks the file up by its descriptor and takes its position, as for a write.',
      '按描述符找到文件并取得其位置，与写入时相同。',
    ],
    vfs_write: [
      'Checks that the file may be written and that the buffer lies in user memory, then picks the file’s own way of writing. This is where a terminal and a plain port part.',
      '检查文件可写、缓冲区位于用户内存，然后选择该文件自己的写方法。终端与普通端口在此分道。',
    ],
    vfs_read: [
      'Checks that the file may be read, then picks the file’s own way of reading.',
      '检查文件可读，然后选择该文件自己的读方法。',
    ],
    new_sync_write: [
      'Wraps buffer and position in the request form that newer drivers take, waits for it at once, and stores the new position.',
      '把缓冲区和位置包装成新式驱动所用的请求形式，立即等待其完成，并保存新位置。',
    ],
    new_sync_read: [
      'Wraps buffer and position in the request form that newer drivers take, and waits for it at once.',
      '把缓冲区和位置包装成新式驱动所用的请求形式，并立即等待完成。',
    ],
  }),
  ...tells('linux:drivers/tty/tty_io.c', {
    tty_open: [
      'Connects an open file to the terminal behind a device number, and opens the driver if nobody else has.',
      '把打开的文件与设备号背后的终端连接起来；若无人打开过，则打开其驱动。',
    ],
    tty_write: [
      'The write method of every terminal file. It passes the request on with the terminal that the file belongs to.',
      '所有终端文件的写方法。它连同文件所属的终端把请求传下去。',
    ],
    file_tty_write: [
      'Makes sure that the terminal is alive and has a line discipline, and holds on to that discipline during the write.',
      '确认终端有效且有线路规程，并在写入期间持有该规程。',
    ],
    iterate_tty_write: [
      'Copies the caller’s bytes into a kernel buffer, a piece at a time, and gives each piece to the line discipline. The write lock keeps writers from mixing their lines.',
      '把调用者的字节逐段复制到内核缓冲区，并把每段交给线路规程。写锁防止不同写者的行混在一起。',
    ],
    tty_read: [
      'The read method of every terminal file: it asks the line discipline for what has come in.',
      '所有终端文件的读方法：向线路规程索取已到达的内容。',
    ],
    tty_put_char: [
      'Gives one character to the driver, by its own single-character method if it has one, else by a write of length one.',
      '把一个字符交给驱动：驱动有单字符方法就用它，否则以长度为一的写代替。',
    ],
    tty_wakeup: ['Tells whoever waits to write that the driver has room again.', '告知等待写入者：驱动又有空间了。'],
  }),
  ...tells('linux:drivers/tty/tty_ioctl.c', {
    tty_write_room: [
      'Asks the driver how many bytes it can take now, so that the line discipline does not produce more than that.',
      '询问驱动现在能接收多少字节，使线路规程不会产生更多。',
    ],
  }),
  ...tells('linux:drivers/tty/n_tty.c', {
    n_tty_write: [
      'The line discipline’s write: it echoes what is pending, then processes the output. It sends what needs no change in blocks, and single characters such as newline by themselves.',
      '线路规程的写：先回显待处理内容，再处理输出。无需改动的部分成块发送，换行等字符则单独处理。',
    ],
    n_tty_read: [
      'Gives a reader what has been typed. In canonical mode it sleeps until a whole line is there.',
      '把键入的内容交给读者。规范模式下，直到有一整行才返回，否则睡眠。',
    ],
    process_output_block: [
      'Sends the longest run of characters that output processing leaves as they are. Stopping at the newline is why one line becomes two kicks.',
      '发送输出处理不改动的最长一段字符。在换行处停下，因此一行会变成两次通知。',
    ],
    process_output: [
      'Sends one character that needs processing, if the driver has room for what it becomes.',
      '在驱动容得下结果时，发送一个需要处理的字符。',
    ],
    do_output_char: [
      'Applies the terminal’s output flags to one character: with ONLCR a newline leaves as carriage return and newline.',
      '对一个字符应用终端的输出标志：有 ONLCR 时，换行以回车加换行发出。',
    ],
    process_echoes: [
      'Sends echoes that are still waiting before new output, so that the order on the screen is right.',
      '在新输出之前发送尚未发出的回显，使屏幕上的顺序正确。',
    ],
    __process_echoes: [
      'Walks the buffer of pending echoes and writes out as much as the driver takes.',
      '遍历待回显缓冲区，写出驱动能接收的部分。',
    ],
    commit_echoes: [
      'Makes the echoes gathered so far visible to the output side, and starts sending them.',
      '使目前收集的回显对输出端可见，并开始发送。',
    ],
    flush_echoes: [
      'Sends all gathered echoes, whatever is left of them, at the end of a piece of input.',
      '一段输入结束时，发送所有收集到的回显。',
    ],
    echo_char: [
      'Queues the echo of a typed character in the form the user should see, control characters as ^X.',
      '把键入字符以用户应看到的形式排入回显队列，控制字符显示为 ^X。',
    ],
    echo_char_raw: ['Queues the echo of a character as it is.', '按原样把字符排入回显队列。'],
    n_tty_receive_buf2: [
      'Takes input from the driver’s buffer and treats each character according to the terminal’s settings.',
      '从驱动缓冲区取得输入，并按终端设置处理每个字符。',
    ],
    n_tty_receive_char: [
      'Puts one ordinary character into the read buffer and echoes it.',
      '把一个普通字符放入读缓冲区并回显。',
    ],
    n_tty_receive_handle_newline: [
      'A newline completes a line: it becomes readable, and whoever sleeps in read(2) is woken.',
      '换行使一行完整：它变为可读，睡在 read(2) 中的进程被唤醒。',
    ],
  }),
  ...tells('linux:drivers/tty/tty_buffer.c', {
    tty_flip_buffer_push: [
      'Hands characters that a driver has collected to a worker, because the driver may be in an interrupt and line disciplines may sleep.',
      '把驱动收集的字符交给工作线程，因为驱动可能在中断中，而线路规程可能睡眠。',
    ],
    flush_to_ldisc: [
      'The worker’s side: it moves the collected characters into the line discipline.',
      '工作线程一侧：把收集的字符送入线路规程。',
    ],
  }),
  ...tells('linux:drivers/tty/hvc/hvc_console.c', {
    hvc_init: [
      'Registers the hvc terminal driver and starts its thread khvcd, when the first console of a hypervisor appears.',
      '首个虚拟机监控器控制台出现时，注册 hvc 终端驱动并启动线程 khvcd。',
    ],
    hvc_alloc: [
      'Makes a terminal /dev/hvcN for one console and remembers how to put and get its characters.',
      '为一个控制台建立终端 /dev/hvcN，并记住收发字符的方法。',
    ],
    hvc_open: [
      'First open of a console: the driver below is asked to watch for input, and khvcd is started to catch what is there already.',
      '控制台首次打开：要求下层驱动监视输入，并启动 khvcd 以取走已有内容。',
    ],
    hvc_write: [
      'Copies bytes into the console’s output buffer and pushes, until all are out. The spinlock keeps the buffer whole, so interrupts are off while it pushes.',
      '把字节复制到控制台输出缓冲区并推出，直到全部发出。自旋锁保证缓冲区完整，因此推出期间中断关闭。',
    ],
    hvc_write_room: ['Free space of the console’s output buffer.', '控制台输出缓冲区的剩余空间。'],
    hvc_push: [
      'Gives the output buffer to the console’s own put_chars and keeps what was not taken. For virtio this is the way into the virtqueue.',
      '把输出缓冲区交给控制台自己的 put_chars，未被接收的保留。对 virtio 而言，这就是进入虚拟队列的路。',
    ],
    hvc_kick: [
      'Wakes khvcd: there may be input to poll for, or output that is left over.',
      '唤醒 khvcd：可能有输入可轮询，或有剩余的输出。',
    ],
    khvcd: [
      'A thread that polls consoles which cannot interrupt. It sleeps longer and longer while nothing comes.',
      '轮询那些不能产生中断的控制台的线程。没有内容时睡眠时间逐渐变长。',
    ],
    hvc_poll: [
      'One turn of polling a console: leftover output goes out, input comes in.',
      '对控制台轮询一次：送出剩余输出，取入输入。',
    ],
    __hvc_poll: [
      'Pushes leftover output, then reads characters from the console until it has none or the terminal’s buffer is full.',
      '送出剩余输出，然后从控制台读取字符，直到没有内容或终端缓冲区已满。',
    ],
  }),
} as const;
