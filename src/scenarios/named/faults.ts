import { consoleOptions, define, hello, PORT_0 } from '../define.ts';
import type { Scenario } from '../scenario.ts';

/** Low byte of HC_INJECT_MSI (hypervisor/include/public/acrn_hv_defs.h). */
const HC_INJECT_MSI = 0x23;

/** What happens where hardware or software around the path fails. */
export const FAULT_SCENARIOS: readonly Scenario[] = [
  define('worker-late', {
    title: ['The worker of the Service VM is late', 'Service VM 的工作线程延迟'],
    summary: [
      'ioreq_work starts a millisecond late: the vCPU sleeps that much longer, and nothing else changes.',
      'ioreq_work 晚一毫秒开始：vCPU 多睡这段时间，此外没有变化。',
    ],
    faults: { delayIoreqWork: 1_000_000 },
    actions: [hello()],
  }),
  define('interrupts-refused', {
    route: 'control-handshake',
    title: ['The hypervisor refuses every interrupt', '虚拟机监控器拒绝所有中断'],
    summary: [
      'HC_INJECT_MSI fails: control messages lie in their ring unseen, and the port never appears in the guest.',
      'HC_INJECT_MSI 失败：控制消息留在环中无人查看，端口始终没有在客户机中出现。',
    ],
    machine: { console: consoleOptions('file', false) },
    faults: { refuseHypercalls: [{ index: HC_INJECT_MSI, times: 4_294_967_295, result: -5 }] },
    actions: [hello(PORT_0)],
    expected: { end: 'quiet', hangs: true },
  }),
  define('upcall-dropped', {
    title: ['A notification of the Service VM is lost', 'Service VM 的通知丢失'],
    summary: [
      'The interrupt for one I/O request never arrives: the request stays pending, and the only vCPU sleeps for ever.',
      '某个 I/O 请求的中断没有到达：请求一直待处理，唯一的 vCPU 永远睡眠。',
    ],
    faults: { dropUpcalls: [100] },
    actions: [hello()],
    expected: { end: 'quiet', hazards: ['hv-upcall-lost'], hangs: true },
  }),
  define('lost-wake-up', {
    route: 'poll',
    title: ['A guest interrupt is lost', '客户机中断丢失'],
    summary: [
      'The writer sleeps on a full ring; the one interrupt that would tell it of used buffers never arrives.',
      '写入者因环满而睡眠；唯一能告知缓冲区已用完的中断没有到达。',
    ],
    machine: { console: consoleOptions('file', false), virtioPoll: 10_000_000 },
    faults: { dropGuestInterrupts: [4] },
    actions: [{ do: 'rest' }, { do: 'write', vcpu: 0, path: PORT_0, data: 'x', times: 100 }],
    expected: { end: 'polling', hazards: ['hv-upcall-lost'], hangs: true },
  }),
  define('device-model-killed', {
    title: ['acrn-dm is killed', 'acrn-dm 被终止'],
    summary: [
      'After one line somebody kills acrn-dm; the next kick waits for an answer that never comes.',
      '写完一行后 acrn-dm 被终止；下一次通知等待永远不会到来的应答。',
    ],
    actions: [hello(), { do: 'kill' }, hello()],
    expected: { end: 'quiet', hangs: true },
  }),
  define('shared-buffer-full', {
    route: 'asyncio',
    title: ['The shared buffer of asyncio is full', 'asyncio 共享缓冲区已满'],
    summary: [
      'The first kick finds the buffer full twice: the hypervisor pauses and tries again while the vCPU waits.',
      '首次通知两次遇到缓冲区已满：虚拟机监控器暂停后重试，vCPU 等待。',
    ],
    forced: ['base.iothread', 'acrn-kernel'],
    faults: { fullSharedBuffer: [0, 1] },
    actions: [hello()],
  }),
];
