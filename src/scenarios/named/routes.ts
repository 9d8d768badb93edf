import { consoleOptions, define, hello, PORT_0 } from '../define.ts';
import type { Scenario } from '../scenario.ts';

/** A guest process writes a line to its first virtio console; everything is as a stock ACRN system sets it up. */
export const stock: Scenario = define('stock', {
  title: ['Write a line to /dev/hvc0', '向 /dev/hvc0 写入一行'],
  summary: [
    'The guest writes to its console; acrn-dm handles the kick synchronously in its vm_loop thread.',
    '客户机写控制台；acrn-dm 在其 vm_loop 线程中同步处理这次通知（kick）。',
  ],
  actions: [hello()],
});

/** One scenario for each route, under the route's name. */
export const ROUTE_SCENARIOS: readonly Scenario[] = [
  stock,
  define('port-write', {
    route: 'port-write',
    title: ['Write to a port that is no console', '写入非控制台端口'],
    summary: [
      'A write to /dev/vport0p0 passes no terminal: bytes stay as they are, one kick, and the buffer is reclaimed later.',
      '写 /dev/vport0p0 不经过终端：字节原样传递，只通知一次，缓冲区稍后回收。',
    ],
    machine: { console: consoleOptions('stdio', false) },
    actions: [hello(PORT_0), hello(PORT_0)],
  }),
  define('ioeventfd', {
    route: 'ioeventfd',
    title: ['Kick through an ioeventfd', '经 ioeventfd 通知'],
    summary: [
      'With base.iothread the kick signals an eventfd in the Service VM, and a thread of acrn-dm of its own handles it.',
      '设置 base.iothread 后，通知在 Service VM 内触发 eventfd，由 acrn-dm 的独立线程处理。',
    ],
    forced: ['base.iothread'],
    actions: [hello()],
  }),
  define('poll', {
    route: 'poll',
    title: ['The device polls its queues', '设备轮询队列'],
    summary: [
      'With --virtio_poll a timer looks at the rings from five seconds after DRIVER_OK on, and the guest kicks no more.',
      '使用 --virtio_poll 时，DRIVER_OK 五秒之后由定时器查看环，客户机不再发出通知。',
    ],
    machine: { virtioPoll: 1_000_000 },
    actions: [{ do: 'rest' }, hello()],
    expected: { end: 'polling' },
  }),
  define('asyncio', {
    route: 'asyncio',
    title: ['Kick through the shared buffer of asyncio', '经 asyncio 共享缓冲区通知'],
    summary: [
      "With ACRN's own kernel the hypervisor queues the kick in a shared buffer, and the vCPU goes on at once.",
      '使用 ACRN 自有内核时，虚拟机监控器把通知放入共享缓冲区，vCPU 立即继续运行。',
    ],
    forced: ['base.iothread', 'acrn-kernel'],
    actions: [hello()],
  }),
  define('polling-completion', {
    route: 'polling-completion',
    title: ['A real-time VM polls for completion', '实时虚拟机轮询完成状态'],
    summary: [
      'With --rtvm the hypervisor spins on the I/O request slot instead of putting the vCPU to sleep.',
      '使用 --rtvm 时，虚拟机监控器在 I/O 请求槽上自旋，而不让 vCPU 睡眠。',
    ],
    machine: { rtvm: true },
    actions: [hello()],
  }),
  define('modern-mmio', {
    route: 'modern-mmio',
    title: ['Modern transport, notified through memory', 'modern 传输方式，经内存通知'],
    summary: [
      'A console with VERSION_1 is notified by a write to BAR 4, which leaves the guest as an EPT violation.',
      '带 VERSION_1 的控制台通过写 BAR 4 得到通知，该写操作以 EPT 违例退出客户机。',
    ],
    forced: ['modern-mmio'],
    actions: [hello()],
  }),
  define('modern-pio', {
    route: 'modern-pio',
    title: ['Modern transport, notified through a port', 'modern 传输方式，经端口通知'],
    summary: [
      'As virtio-input does it: configuration through memory, notification through a port of BAR 2.',
      '与 virtio-input 相同：经内存配置，经 BAR 2 的端口通知。',
    ],
    forced: ['modern-pio'],
    actions: [hello()],
  }),
  define('set-up', {
    route: 'set-up',
    title: ['From boot to DRIVER_OK', '从启动到 DRIVER_OK'],
    summary: [
      'The HSM starts, acrn-dm creates the VM and its console, the guest finds it; base.iothread shows what DRIVER_OK starts.',
      'HSM 启动，acrn-dm 创建虚拟机和控制台，客户机发现它；base.iothread 展示 DRIVER_OK 启动的内容。',
    ],
    forced: ['base.iothread'],
    actions: [{ do: 'rest' }],
  }),
  define('control-handshake', {
    route: 'control-handshake',
    title: ['The control queues introduce the ports', '控制队列介绍端口'],
    summary: [
      'DEVICE_READY, PORT_ADD, PORT_READY, CONSOLE_PORT, PORT_OPEN and PORT_NAME of a console with two ports.',
      '双端口控制台的 DEVICE_READY、PORT_ADD、PORT_READY、CONSOLE_PORT、PORT_OPEN 与 PORT_NAME。',
    ],
    machine: { console: `${consoleOptions('stdio')},file:log=/run/port1.out` },
    actions: [{ do: 'rest' }],
  }),
  define('receive', {
    route: 'receive',
    title: ['Somebody types into the console', '有人在控制台键入'],
    summary: [
      'Input at the stdio backend goes through the mevent dispatcher into a receive buffer, and to the process that reads /dev/hvc0.',
      'stdio 后端的输入经 mevent 分发线程进入接收缓冲区，再到读取 /dev/hvc0 的进程。',
    ],
    actions: [
      { do: 'read', vcpu: 0, path: '/dev/hvc0', size: 64 },
      { do: 'input', to: 'stdio', data: 'hello\n' },
    ],
  }),
  define('completion', {
    route: 'completion',
    title: ['An I/O request is completed', 'I/O 请求的完成'],
    summary: [
      'acrn-dm reports the request as finished, the HSM calls the hypervisor, and the sleeping vCPU goes on.',
      'acrn-dm 报告请求完成，HSM 调用虚拟机监控器，睡眠的 vCPU 继续运行。',
    ],
    actions: [hello()],
  }),
  define('msi-x', {
    route: 'msi-x',
    title: ['An MSI-X interrupt reaches the guest', 'MSI-X 中断到达客户机'],
    summary: [
      'acrn-dm asks for the message of the queue, the hypervisor posts it, and out_intr wakes whoever waits for the port.',
      'acrn-dm 请求发送该队列的消息，虚拟机监控器投递它，out_intr 唤醒等待该端口的进程。',
    ],
    machine: { console: consoleOptions('stdio', false) },
    actions: [hello(PORT_0)],
  }),
  define('intx', {
    route: 'intx',
    title: ['A guest without MSI takes the interrupt line', '没有 MSI 的客户机使用中断线'],
    summary: [
      'With pci=nomsi the device asserts its line at the virtual I/O APIC, and reading the ISR register takes it back.',
      '使用 pci=nomsi 时，设备在虚拟 I/O APIC 上拉起中断线，读取 ISR 寄存器将其撤销。',
    ],
    machine: { guestCommandLine: 'pci=nomsi', console: consoleOptions('stdio', false) },
    actions: [hello(PORT_0)],
  }),
];
