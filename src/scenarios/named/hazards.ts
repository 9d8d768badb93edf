import { USER_VM_LAYOUT } from '../../emulator/boundaries.ts';
import { consoleOptions, define, hello, PATHS, PORT_0 } from '../define.ts';
import type { Scenario } from '../scenario.ts';
import { INTERRUPT_HAZARDS } from './interrupt-hazards.ts';
import { RESET_HAZARDS } from './reset-hazards.ts';

const plainPort = { console: consoleOptions('file', false) } as const;

/** Registers of the legacy transport (virtio 1.2, 4.1.4.10). */
const REGISTER = { queuePfn: 8, queueSelect: 14, queueNotify: 16, status: 18 } as const;

/** Port 0's transmit queue, and the queue of control messages to the device. */
const TRANSMIT = 1;
const CONTROL_RECEIVE = 2;
const CONTROL_TRANSMIT = 3;

/** DEVICE_READY for no port in particular (virtio 1.2, 5.3.6.2). */
const DEVICE_READY = 'hex:ffffffff00000100';

/** A descriptor behind the end of the guest's memory. */
const OUTSIDE = { address: USER_VM_LAYOUT.lowMemory + 0x1000, length: 16 } as const;

const post = (queue: number, ...descriptors: readonly object[]) =>
  ({ do: 'post', vcpu: 0, queue, descriptors }) as const;

const register = (offset: number, size: 1 | 2 | 4, value: number) =>
  ({ do: 'register', vcpu: 0, offset, size, value }) as const;

/** What a careless guest can do to acrn-dm. */
export const GUEST_HAZARDS: readonly Scenario[] = [
  define('zero-length-output', {
    title: ['An empty buffer ends the backend', '空缓冲区使后端失效'],
    summary: [
      'writev of nothing returns 0, which acrn-dm takes for an error: it closes the backend, and all later output is dropped.',
      'writev 写入零字节返回 0，acrn-dm 将其视为错误并关闭后端，此后的输出全部丢弃。',
    ],
    machine: plainPort,
    actions: [post(TRANSMIT, { length: 0 }), { do: 'rest' }, post(TRANSMIT, { data: 'lost' })],
    expected: { end: 'quiet', hazards: ['zero-length-kills-backend', 'output-dropped'] },
  }),
  define('chained-output', {
    route: 'port-write',
    title: ['Two descriptors in a chain are refused', '两个描述符的链被拒绝'],
    summary: [
      'splice(2) lays two pages out as one chain; acrn-dm takes one descriptor only, and the buffer never comes back.',
      'splice(2) 把两页排成一条链；acrn-dm 只接受单个描述符，该缓冲区再也不会归还。',
    ],
    machine: plainPort,
    actions: [{ do: 'splice', vcpu: 0, path: PORT_0, pages: ['first page ', 'second page'] }],
    expected: { end: 'quiet', hazards: ['descriptor-lost'] },
  }),
  define('bad-descriptor', {
    title: ['A descriptor points outside memory', '描述符指向内存之外'],
    summary: [
      'acrn-dm consumes the head, logs two lines and stops; the good buffer behind it waits for the next kick.',
      'acrn-dm 消耗该链头，记录两行日志后停止；其后的正常缓冲区要等到下一次通知。',
    ],
    machine: plainPort,
    actions: [post(TRANSMIT, OUTSIDE, { data: 'waits' })],
    expected: { end: 'quiet', hazards: ['descriptor-lost'] },
  }),
  define('descriptor-loop', {
    title: ['A chain that bites its tail', '首尾相接的链'],
    summary: [
      'A descriptor that names itself as the next one is refused at its second element.',
      '以自身为后继的描述符在第二个元素处被拒绝。',
    ],
    machine: plainPort,
    actions: [post(TRANSMIT, { data: 'again', flags: 1, next: 63 })],
    expected: { end: 'quiet', hazards: ['descriptor-lost'] },
  }),
  define('indirect-descriptor', {
    title: ['An indirect descriptor was never negotiated', '未经协商的间接描述符'],
    summary: [
      'The console offers no indirect descriptors: acrn-dm refuses the table, and the buffer never comes back.',
      '控制台不提供间接描述符：acrn-dm 拒绝该表，缓冲区再也不会归还。',
    ],
    machine: plainPort,
    actions: [post(TRANSMIT, { data: 'a table of descriptors would be here', length: 32, flags: 4 })],
    expected: { end: 'quiet', hazards: ['descriptor-lost'] },
  }),
  define('avail-index-jump', {
    title: ['The available index jumps too far', '可用索引跳得过远'],
    summary: [
      'An index more than the queue size ahead: one error for each kick, and nothing is processed.',
      '索引超前量大于队列长度：每次通知报告一个错误，什么也不处理。',
    ],
    machine: plainPort,
    actions: [{ ...post(TRANSMIT, { data: 'never seen' }), advance: 65 }],
    expected: { end: 'quiet', hazards: ['avail-index-jump'] },
  }),
  define('short-control-message', {
    title: ['A control message of four bytes', '四字节的控制消息'],
    summary: [
      'acrn-dm reads eight bytes whatever the length is: what lies behind the buffer is taken for the event.',
      'acrn-dm 不论长度总是读取八字节：缓冲区之后的内容被当作事件。',
    ],
    actions: [post(CONTROL_TRANSMIT, { data: DEVICE_READY, length: 4 })],
    expected: { end: 'quiet', hazards: ['control-read-past-buffer'] },
  }),
  define('guest-kills-device-model', {
    title: ['A guest kills acrn-dm', '客户机使 acrn-dm 崩溃'],
    summary: [
      'The same message in the last four bytes of memory: acrn-dm dies with SIGSEGV, and the vCPU waits for ever.',
      '同样的消息位于内存最后四字节：acrn-dm 因 SIGSEGV 终止，vCPU 永远等待。',
    ],
    actions: [post(CONTROL_TRANSMIT, { address: USER_VM_LAYOUT.lowMemory - 4, length: 4 })],
    expected: { end: 'quiet', hazards: ['control-read-past-buffer', 'segmentation-fault'], hangs: true },
  }),
  define('control-buffer-overflow', {
    title: ['Control messages overrun their buffers', '控制消息越界写入'],
    summary: [
      'Control buffers of four bytes: acrn-dm copies whole messages all the same, past the ends.',
      '控制缓冲区只有四字节：acrn-dm 仍然复制整条消息，写过缓冲区末尾。',
    ],
    actions: [
      { do: 'shrink', vcpu: 0, queue: CONTROL_RECEIVE, length: 4 },
      post(CONTROL_TRANSMIT, { data: DEVICE_READY }),
    ],
    expected: { end: 'quiet', hazards: ['control-write-past-buffer'] },
  }),
  define('page-zero', {
    title: ['Queue page 0 maps the ring at address 0', '队列页号 0 把环映射到地址 0'],
    summary: [
      'Writing 0 to the page register should switch the queue off; acrn-dm maps a ring at the start of memory.',
      '向页号寄存器写 0 本应关闭队列；acrn-dm 却在内存起点映射一个环。',
    ],
    actions: [register(REGISTER.queueSelect, 2, 5), register(REGISTER.queuePfn, 4, 0)],
    expected: { end: 'quiet', hazards: ['pfn-zero-maps-ring'] },
  }),
  define('page-outside-memory', {
    title: ['A queue is put outside memory', '队列位于内存之外'],
    summary: [
      'acrn-dm logs an error and switches the queue off, but the page register reads back the bad number.',
      'acrn-dm 记录错误并关闭该队列，但页号寄存器仍读回错误的数值。',
    ],
    actions: [register(REGISTER.queueSelect, 2, 5), register(REGISTER.queuePfn, 4, 0xfffff)],
    expected: { end: 'quiet', hazards: ['pfn-outside-memory'] },
  }),
  define('spurious-interrupt', {
    title: ['A kick after reset raises an interrupt', '复位后的通知引发中断'],
    summary: [
      'Reset forgets the ring but not where it lay: a kick of the dead queue finds a moved index and interrupts for nothing.',
      '复位清除了队列状态却仍记得环的位置：对失效队列的通知发现索引变动，引发一次无谓的中断。',
    ],
    machine: plainPort,
    actions: [
      hello(PORT_0),
      { do: 'rest' },
      register(REGISTER.status, 1, 0),
      register(REGISTER.queueNotify, 2, TRANSMIT),
    ],
    expected: { end: 'quiet', hazards: ['spurious-interrupt'] },
  }),
  define('wrong-register-size', {
    title: ['A register is written with the wrong size', '以错误宽度写寄存器'],
    summary: [
      'A kick of one byte is no kick: acrn-dm logs a line and does nothing.',
      '单字节的通知不算通知：acrn-dm 记录一行日志，什么也不做。',
    ],
    actions: [register(REGISTER.queueNotify, 1, TRANSMIT)],
  }),
  define('queue-out-of-range', {
    title: ['A kick for a queue that does not exist', '通知不存在的队列'],
    summary: [
      'The number of the queue is checked; acrn-dm logs a line and does nothing.',
      '队列号会被检查；acrn-dm 记录一行日志，什么也不做。',
    ],
    actions: [register(REGISTER.queueNotify, 2, 200)],
  }),
  define('queue-without-port', {
    title: ['A queue that belongs to no port', '不属于任何端口的队列'],
    summary: [
      'The device has queues for 16 ports: what is sent on one without a port is dropped, and comes back as if it had been written.',
      '设备有 16 个端口的队列：在没有端口的队列上发送的内容被丢弃，却像已写出一样归还。',
    ],
    machine: plainPort,
    actions: [post(9, { data: 'to nobody' })],
    expected: { end: 'quiet', hazards: ['queue-without-port'] },
  }),
  define('wrong-direction', {
    title: ['A buffer that only the device may write is sent', '发送只供设备写入的缓冲区'],
    summary: [
      'acrn-dm never looks at the WRITE flag: the buffer is sent like any other.',
      'acrn-dm 从不检查 WRITE 标志：该缓冲区与其他缓冲区一样被发送。',
    ],
    machine: plainPort,
    actions: [post(TRANSMIT, { data: 'sent all the same', flags: 2 })],
    expected: { end: 'quiet', hazards: ['buffer-direction-ignored'] },
  }),
  ...RESET_HAZARDS,
  ...INTERRUPT_HAZARDS,
];

/** What the outside and acrn-dm's own options can do. */
export const OUTSIDE_HAZARDS: readonly Scenario[] = [
  define('input-dropped', {
    route: 'receive',
    title: ['Input before the guest is there is lost', '客户机就绪前的输入丢失'],
    summary: [
      'acrn-dm reads what was typed before the receive queue exists, and throws it away.',
      'acrn-dm 读取接收队列存在之前键入的内容，并将其丢弃。',
    ],
    actions: [{ do: 'input', to: 'stdio', data: 'too early\n' }, hello()],
    expected: { end: 'quiet', hazards: ['input-dropped'] },
  }),
  define('terminal-full', {
    title: ['Nobody reads the terminal', '无人读取终端'],
    summary: [
      'When the terminal is full a write is cut short, then refused; the guest is told that all went well.',
      '终端写满后，写入先被截短，随后被拒绝；而客户机得到的答复是一切正常。',
    ],
    machine: { console: consoleOptions('pty', false) },
    surroundings: { unread: true },
    actions: [{ do: 'write', vcpu: 0, path: PORT_0, data: 'x'.repeat(4000), times: 5 }],
    expected: { end: 'quiet', hazards: ['short-write', 'output-dropped'] },
  }),
  define('terminal-hang-up', {
    route: 'receive',
    title: ['A hung-up terminal keeps acrn-dm busy', '终端挂断使 acrn-dm 空转'],
    summary: [
      'The line is gone, epoll reports it for ever, and the dispatcher reads nothing in an endless loop.',
      '线路已断，epoll 不断报告，分发线程在死循环中什么也读不到。',
    ],
    machine: { console: consoleOptions('tty', false) },
    actions: [hello(PORT_0), { do: 'hang-up', to: 'tty' }],
    expected: { end: 'stuck', hazards: ['read-side-never-consumed'] },
  }),
  define('second-client', {
    route: 'receive',
    title: ['A second client takes the port over', '第二个客户端接管端口'],
    summary: [
      'The new connection replaces the old one; input of the first client then makes the dispatcher loop for ever.',
      '新连接取代旧连接；此后第一个客户端的输入使分发线程无限循环。',
    ],
    machine: { console: consoleOptions('socket', false) },
    actions: [
      hello(PORT_0),
      { do: 'connect', path: PATHS.socket, as: 'first' },
      { do: 'rest' },
      { do: 'connect', path: PATHS.socket, as: 'second' },
      { do: 'rest' },
      { do: 'input', to: 'first', data: 'hello\n' },
    ],
    expected: { end: 'stuck', hazards: ['connection-replaced', 'read-side-never-consumed'] },
  }),
  define('client-gone', {
    title: ['A client stops reading', '客户端停止读取'],
    summary: [
      'The write that fails with EPIPE makes acrn-dm stop listening: no client can ever connect again.',
      '以 EPIPE 失败的写入使 acrn-dm 停止监听：此后任何客户端都无法再连接。',
    ],
    machine: { console: consoleOptions('socket', false) },
    actions: [
      hello(PORT_0),
      { do: 'connect', path: PATHS.socket, as: 'client' },
      { do: 'rest' },
      { do: 'stop-reading', to: 'client' },
      hello(PORT_0),
      { do: 'connect', path: PATHS.socket, as: 'again' },
    ],
    expected: { end: 'quiet', hazards: ['listening-event-disabled', 'stale-mevent-kept'] },
  }),
  define('input-is-a-pipe', {
    title: ['Standard input cannot be written', '标准输入不可写'],
    summary: [
      'The stdio backend writes to descriptor 0; where that is the end of a pipe, the first byte ends the backend.',
      'stdio 后端写入描述符 0；若它是管道的读端，第一个字节就使后端失效。',
    ],
    surroundings: { stdin: 'pipe' },
    actions: [hello()],
    expected: { end: 'quiet', hazards: ['output-dropped'] },
  }),
  define('one-bad-port', {
    route: 'set-up',
    title: ['One bad port fails the whole device', '一个错误端口使整个设备失败'],
    summary: [
      'The second port names no path: acrn-dm frees the console while the first port stays registered, and ends.',
      '第二个端口没有路径：acrn-dm 释放控制台，而第一个端口仍在注册中，随后退出。',
    ],
    machine: { console: '@stdio:console,file:log' },
    actions: [hello()],
    expected: { end: 'quiet', hazards: ['freed-console-registered'], hangs: true },
  }),
  define('seventeenth-port', {
    route: 'set-up',
    title: ['One port too many', '端口过多'],
    summary: [
      'A console has room for 16 ports; the seventeenth fails the whole device, and acrn-dm ends.',
      '一个控制台最多 16 个端口；第 17 个使整个设备失败，acrn-dm 退出。',
    ],
    machine: { console: Array.from({ length: 17 }, (_, index) => `file:port${index}=/run/port${index}.out`).join(',') },
    actions: [hello(PORT_0)],
    expected: { end: 'quiet', hangs: true },
  }),
  define('iothread-without-thread', {
    route: 'set-up',
    title: ['base.iothread without a thread', '没有线程的 base.iothread'],
    summary: [
      'The flag alone makes 34 eventfds that nobody watches; kicks still go the synchronous way.',
      '仅有标志会创建 34 个无人监视的 eventfd；通知仍走同步路径。',
    ],
    forced: ['base.iothread-alone'],
    actions: [hello()],
    expected: { end: 'quiet', hazards: ['eventfd-leaked'] },
  }),
];
