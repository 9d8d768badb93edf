import { consoleOptions, define, hello, PORT_0 } from '../define.ts';
import type { Scenario } from '../scenario.ts';

const plainPort = { console: consoleOptions('file', false) } as const;

/** Where the MSI-X vectors of configuration changes and of the selected queue stand (virtio 1.2, 4.1.4.10). */
const VECTOR = { config: 20, queue: 22 } as const;

/** How interrupts and their registers surprise. */
export const INTERRUPT_HAZARDS: readonly Scenario[] = [
  define('vector-without-msix', {
    title: ['Vectors are written without MSI-X', '未启用 MSI-X 时写向量'],
    summary: [
      'Without MSI-X offset 20 is the number of columns: a read gives it, a write changes the vector of configuration changes.',
      '未启用 MSI-X 时偏移 20 是列数：读出的是它，写入却改变配置变更的向量。',
    ],
    machine: { ...plainPort, guestCommandLine: 'pci=nomsi' },
    actions: [
      { do: 'register', vcpu: 0, offset: VECTOR.config, size: 2, value: 80 },
      { do: 'register', vcpu: 0, offset: VECTOR.queue, size: 2, value: 25 },
    ],
    expected: { end: 'quiet', hazards: ['vector-written-without-msix'] },
  }),
  define('masked-vector', {
    route: 'msi-x',
    title: ['A masked interrupt is gone', '被屏蔽的中断丢失'],
    summary: [
      'While an entry of the MSI-X table is masked its interrupts are dropped: nothing is pending, and unmasking sends nothing.',
      'MSI-X 表项被屏蔽期间，其中断被丢弃：没有挂起位，解除屏蔽也不会补发。',
    ],
    machine: plainPort,
    actions: [
      { do: 'rest' },
      { do: 'mask', vcpu: 0, entry: 1, masked: true },
      { do: 'mask', vcpu: 0, entry: 2, masked: true },
      hello(PORT_0),
      { do: 'rest' },
      { do: 'mask', vcpu: 0, entry: 1, masked: false },
      { do: 'mask', vcpu: 0, entry: 2, masked: false },
    ],
    expected: { end: 'quiet', hazards: ['msix-interrupt-lost'] },
  }),
  define('emergency-write', {
    title: ['An emergency write is refused', '紧急写被拒绝'],
    summary: [
      'The console never offers emergency writes, because the number of the feature was taken for its bit; a character written there is lost.',
      '控制台从不提供紧急写，因为特性的编号被当作位掩码；写到那里的字符丢失。',
    ],
    machine: plainPort,
    actions: [{ do: 'register', vcpu: 0, offset: 32, size: 4, value: 33 }],
    expected: { end: 'quiet', hazards: ['emergency-write-not-offered'] },
  }),
  define('interrupt-status-written', {
    title: ['The interrupt status is written', '写中断状态'],
    summary: ['Writing the interrupt status does nothing, and nobody says so.', '写中断状态不起作用，也没有任何提示。'],
    actions: [{ do: 'register', vcpu: 0, offset: 19, size: 1, value: 1 }],
    expected: { end: 'quiet', hazards: ['isr-write-ignored'] },
  }),
];
