import { consoleOptions, define, hello, PATHS, PORT_0 } from '../define.ts';
import type { Scenario } from '../scenario.ts';

const plainPort = { console: consoleOptions('file', false) } as const;

/** What the data path does without any fault: several ports, full and wrapping rings, input by every backend. */
export const DATA_PATH_SCENARIOS: readonly Scenario[] = [
  define('several-ports', {
    title: ['Four ports with four backends', '四个端口，四种后端'],
    summary: [
      'A console and three plain ports: each write comes out at its own backend.',
      '一个控制台端口和三个普通端口：每次写入都从各自的后端输出。',
    ],
    machine: { console: '@stdio:console,file:log=/run/log.out,pty:terminal,file:trace=/run/trace.out' },
    actions: [hello(), hello('/dev/vport0p1'), hello('/dev/vport0p2'), hello('/dev/vport0p3')],
  }),
  define('long-line', {
    title: ['A line longer than a page', '超过一页的长行'],
    summary: [
      'hvc copies at most one page at a time: a line of 10,000 characters becomes several buffers and kicks.',
      'hvc 每次最多复制一页：10,000 个字符的一行会变成多个缓冲区和多次通知。',
    ],
    machine: { console: consoleOptions('file') },
    actions: [{ do: 'write', vcpu: 0, path: '/dev/hvc0', data: `${'x'.repeat(9999)}\n` }],
  }),
  define('two-vcpus', {
    title: ['Two vCPUs write at once', '两个 vCPU 同时写入'],
    summary: [
      'Two processes write to the same console; its lock keeps each chunk whole, and both slots of the request page are used.',
      '两个进程写同一个控制台；锁保证每一段完整，请求页的两个槽都被使用。',
    ],
    machine: { vcpus: 2, seed: 7, console: consoleOptions('file') },
    actions: [
      { do: 'write', vcpu: 0, path: '/dev/hvc0', data: 'from vCPU 0\n' },
      { do: 'write', vcpu: 1, path: '/dev/hvc0', data: 'from vCPU 1\n' },
    ],
  }),
  define('wrap-around', {
    route: 'port-write',
    title: ['The ring wraps around', '环回绕'],
    summary: [
      'Seventy writes pass the end of a queue of 64: the available and used rings start again at slot 0.',
      '70 次写入越过长度为 64 的队列末尾：可用环与已用环都从槽 0 重新开始。',
    ],
    machine: plainPort,
    actions: [{ do: 'write', vcpu: 0, path: PORT_0, data: 'x', times: 70 }],
  }),
  define('ring-full', {
    route: 'poll',
    title: ['The ring is full', '环已满'],
    summary: [
      'While a polling device looks away, 64 writes fill the ring; the writer sleeps until an interrupt tells of used buffers.',
      '轮询设备尚未查看时，64 次写入填满了环；写入者睡眠，直到中断告知有缓冲区已用完。',
    ],
    machine: { ...plainPort, virtioPoll: 10_000_000 },
    actions: [{ do: 'rest' }, { do: 'write', vcpu: 0, path: PORT_0, data: 'x', times: 100 }],
    expected: { end: 'polling' },
  }),
  define('notification-suppressed', {
    route: 'receive',
    title: ['The device asks for no more kicks', '设备要求不再通知'],
    summary: [
      'After its first receive kick the device sets NO_NOTIFY: the guest gives its buffers back without leaving.',
      '设备在首次接收通知后设置 NO_NOTIFY：客户机归还缓冲区时不再退出。',
    ],
    actions: [
      { do: 'read', vcpu: 0, path: '/dev/hvc0', size: 64 },
      { do: 'input', to: 'stdio', data: 'first\n' },
      { do: 'read', vcpu: 0, path: '/dev/hvc0', size: 64 },
      { do: 'input', to: 'stdio', data: 'second\n' },
    ],
  }),
  define('receive-pty', {
    route: 'receive',
    title: ['Input from a pseudo terminal', '来自伪终端的输入'],
    summary: [
      'Somebody opens the terminal that acrn-dm made and types a line for a plain port.',
      '有人打开 acrn-dm 创建的终端，为普通端口键入一行。',
    ],
    machine: { console: consoleOptions('pty', false) },
    actions: [
      { do: 'read', vcpu: 0, path: PORT_0, size: 64 },
      { do: 'input', to: 'pty0', data: 'hello\n' },
    ],
  }),
  define('receive-tty', {
    route: 'receive',
    title: ['Input from a serial line', '来自串行线路的输入'],
    summary: [
      'A terminal device of the Service VM is the backend; what arrives there goes to the guest.',
      'Service VM 的一个终端设备作为后端；到达那里的内容送往客户机。',
    ],
    machine: { console: consoleOptions('tty', false) },
    actions: [
      { do: 'read', vcpu: 0, path: PORT_0, size: 64 },
      { do: 'input', to: 'tty', data: 'hello\n' },
    ],
  }),
  define('receive-socket', {
    route: 'receive',
    title: ['Input from a unix socket', '来自 unix 套接字的输入'],
    summary: [
      'A client connects to the server port, sends a line, and gets what the guest answers.',
      '客户端连接服务端端口，发送一行，并收到客户机的回答。',
    ],
    machine: { console: consoleOptions('socket', false) },
    actions: [
      { do: 'rest' },
      { do: 'connect', path: PATHS.socket, as: 'client' },
      { do: 'read', vcpu: 0, path: PORT_0, size: 64 },
      { do: 'input', to: 'client', data: 'hello\n' },
      { do: 'rest' },
      hello(PORT_0),
    ],
  }),
];
