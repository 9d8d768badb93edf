import { consoleOptions, define, hello, PORT_0 } from '../define.ts';
import type { Scenario } from '../scenario.ts';

const plainPort = { console: consoleOptions('file', false) } as const;

/** Status register of the legacy transport (virtio 1.2, 4.1.4.10). */
const STATUS = 18;

const status = (value: number) => ({ do: 'register', vcpu: 0, offset: STATUS, size: 1, value }) as const;

/** A kernel that resets the machine when it panics, and prints its last message to hvc0. */
const PANICS = 'console=hvc0 panic=-1 reboot=warm,pci';

/** What a reset of the VM or of the device leaves behind. */
export const RESET_HAZARDS: readonly Scenario[] = [
  define('guest-restarts', {
    title: ['The guest restarts', '客户机重启'],
    summary: [
      'A panic ends in a system reset: acrn-dm takes its devices down and makes them again, and the next kernel writes as before.',
      '内核恐慌以系统复位结束：acrn-dm 拆除设备并重新建立，下一个内核照常写入。',
    ],
    machine: { console: consoleOptions('file'), guestCommandLine: PANICS },
    actions: [hello(), { do: 'panic', vcpu: 0, message: 'out of luck' }, hello()],
  }),
  define('restart-use-after-free', {
    title: ['A restart uses freed memory', '重启时使用已释放的内存'],
    summary: [
      'The last message leaves the interrupt status unread; after the reset the backend is torn down on another thread, and uses the freed device.',
      '最后一条消息使中断状态未被读取；复位后，后端在另一线程上拆除，使用了已释放的设备。',
    ],
    machine: { console: consoleOptions('pty'), guestCommandLine: `pci=nomsi ${PANICS}` },
    actions: [hello(), { do: 'panic', vcpu: 0, message: 'out of luck' }, hello()],
    expected: { end: 'quiet', hazards: ['use-after-free'], hangs: true },
  }),
  define('guest-resets-cold', {
    title: ['The guest asks for a full reset', '客户机请求完全复位'],
    summary: [
      'Without reboot=warm the restart is a full reset: acrn-dm leaves its loops, takes its devices down on its main thread, and would make a new VM.',
      '没有 reboot=warm 时重启是完全复位：acrn-dm 离开循环，在主线程上拆除设备，随后会创建新的虚拟机。',
    ],
    machine: { console: consoleOptions('pty'), guestCommandLine: 'pci=nomsi console=hvc0 panic=-1' },
    actions: [hello(), { do: 'panic', vcpu: 0, message: 'out of luck' }],
    expected: { end: 'quiet', hangs: true },
  }),
  define('kicks-lost-at-reset', {
    route: 'ioeventfd',
    title: ['A reset loses kicks', '复位丢失通知'],
    summary: [
      'The driver resets the device before the I/O thread has seen the kick: its eventfd is closed, and the buffer is never sent.',
      '驱动在 I/O 线程看到通知之前复位设备：其 eventfd 被关闭，缓冲区从未发送。',
    ],
    forced: ['base.iothread'],
    // Under this seed the kernel's I/O request work runs twice before the I/O thread does.
    machine: { ...plainPort, seed: 18 },
    actions: [{ do: 'rest' }, { do: 'post', vcpu: 0, queue: 1, descriptors: [{ data: 'never sent' }] }, status(0)],
    expected: { end: 'quiet', hazards: ['kicks-lost-at-reset'] },
  }),
  define('iothread-start-race', {
    route: 'ioeventfd',
    title: ['The I/O thread starts too early', 'I/O 线程启动过早'],
    summary: [
      'The new thread looks at its flag before its maker has set it, and ends: eventfds are registered, and no kick is ever served.',
      '新线程在创建者设置标志之前就检查它并结束：eventfd 已注册，却没有任何通知得到处理。',
    ],
    forced: ['base.iothread'],
    // Under this seed the new thread runs before pthread_create returns.
    machine: { ...plainPort, seed: 2 },
    actions: [hello(PORT_0)],
    expected: { end: 'stuck', hazards: ['iothread-start-race'], hangs: true },
  }),
  define('status-takes-ioeventfds-away', {
    route: 'ioeventfd',
    title: ['A status write takes the ioeventfds away', '写状态撤销 ioeventfd'],
    summary: [
      'Any status without DRIVER_OK unregisters the ioeventfds; kicks then take the slow way.',
      '任何不含 DRIVER_OK 的状态都会注销 ioeventfd；此后通知走慢速路径。',
    ],
    forced: ['base.iothread'],
    machine: plainPort,
    actions: [hello(PORT_0), { do: 'rest' }, status(0x83), hello(PORT_0)],
    expected: { end: 'quiet', hazards: ['ioeventfds-unregistered', 'driver-ok-not-checked'] },
  }),
  define('iothread-bad-queue', {
    route: 'ioeventfd',
    title: ['A bad queue number is never seen', '错误的队列号无人看到'],
    summary: [
      'With ioeventfds registered the kernel swallows a kick for a queue that does not exist: acrn-dm logs nothing.',
      '注册 ioeventfd 后，内核吞掉对不存在队列的通知：acrn-dm 不记录任何日志。',
    ],
    forced: ['base.iothread'],
    machine: plainPort,
    actions: [{ do: 'rest' }, { do: 'register', vcpu: 0, offset: 16, size: 2, value: 200 }],
    expected: { end: 'quiet', hazards: ['sv-ioeventfd-no-match'] },
  }),
  define('driver-ok-twice', {
    route: 'poll',
    title: ['DRIVER_OK is written twice', '两次写入 DRIVER_OK'],
    summary: [
      'A polling device makes a timer for each DRIVER_OK; the one before is never read again, and keeps the dispatcher busy for ever.',
      '轮询设备每收到一次 DRIVER_OK 就创建一个定时器；先前的不再被读取，使分发线程永远空转。',
    ],
    machine: { ...plainPort, virtioPoll: 10_000_000, turns: 8000 },
    actions: [{ do: 'rest' }, status(7)],
    expected: { end: 'turns-used-up', hazards: ['timer-leaked'] },
  }),
];
