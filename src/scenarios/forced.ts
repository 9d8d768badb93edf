import type { Forced } from '../emulator/device-model/forced.ts';
import type { InEveryLanguage } from '../texts/language.ts';
import type { Forcing } from './scenario.ts';

/** A line of the real code that decides against a route, at ACRN HEAD d61d98cf8 and Linux 6.12. */
export interface Decider {
  readonly tree: 'acrn' | 'linux';
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

/** A forced condition: what it stands for, and which line of the real code keeps stock software from it. */
export interface ForcedCondition {
  readonly meaning: InEveryLanguage<string>;
  readonly decidedBy: Decider;
  /** What acrn-dm is made to do. */
  readonly device: Forced;
  /** The Service VM runs ACRN's own kernel. */
  readonly acrnKernel?: boolean;
}

const CONSOLE = 'devicemodel/hw/pci/virtio/virtio_console.c';

/** Only a device that sets `base.iothread` passes this line; virtio-console never does. */
const NO_IOTHREAD: Decider = {
  tree: 'acrn',
  file: 'devicemodel/hw/pci/virtio/virtio.c',
  line: 1020,
  function: 'virtio_pci_status_handler',
};

/** virtio-console takes a port BAR for the legacy transport here, and never calls `virtio_set_modern_bar`. */
const LEGACY_ONLY: Decider = { tree: 'acrn', file: CONSOLE, line: 1173, function: 'virtio_console_init' };

/** Mainline's driver looks at DEASSIGN only: the flag for asyncio is not known to it. */
const NO_ASYNCIO: Decider = {
  tree: 'linux',
  file: 'drivers/virt/acrn/ioeventfd.c',
  line: 236,
  function: 'acrn_ioeventfd_config',
};

/** Every forced condition. */
export const FORCED: Readonly<Record<Forcing, ForcedCondition>> = {
  'base.iothread': {
    meaning: {
      en: 'The console sets base.iothread with one thread, as virtio-blk does with its option iothread.',
      'zh-cn': '控制台像 virtio-blk 使用 iothread 选项那样设置 base.iothread，并带一个线程。',
    },
    decidedBy: NO_IOTHREAD,
    device: { iothreads: 1 },
  },
  'base.iothread-alone': {
    meaning: {
      en: 'The console sets the flag base.iothread, but creates no thread to go with it.',
      'zh-cn': '控制台只设置 base.iothread 标志，而不创建相应的线程。',
    },
    decidedBy: NO_IOTHREAD,
    device: { iothreads: 0 },
  },
  'modern-mmio': {
    meaning: {
      en: 'The console offers VERSION_1 and the modern transport, notified through memory.',
      'zh-cn': '控制台提供 VERSION_1 与 modern 传输方式，经内存（MMIO）通知。',
    },
    decidedBy: LEGACY_ONLY,
    device: { modern: 'mmio' },
  },
  'modern-pio': {
    meaning: {
      en: 'The console offers VERSION_1 and the modern transport, notified through a port, as virtio-input does.',
      'zh-cn': '控制台像 virtio-input 那样提供 VERSION_1 与 modern 传输方式，经端口（PIO）通知。',
    },
    decidedBy: LEGACY_ONLY,
    device: { modern: 'pio' },
  },
  'acrn-kernel': {
    meaning: {
      en: "The Service VM runs ACRN's own kernel, which has asyncio; mainline Linux has not.",
      'zh-cn': 'Service VM 运行带有 asyncio 的 ACRN 自有内核；主线 Linux 没有此功能。',
    },
    decidedBy: NO_ASYNCIO,
    device: {},
    acrnKernel: true,
  },
};
