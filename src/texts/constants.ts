import { EXIT_REASONS, HYPERCALLS, IOCTLS, IOREQS, VECTORS } from './constants/acrn.ts';
import type { ConstantKind, ConstantText } from './constants/constant-texts.ts';
import { CONSOLE_EVENTS, FEATURE_BITS, REGISTERS, RING_FLAGS, STATUS_BITS } from './constants/virtio.ts';
import type { InEveryLanguage } from './language.ts';

export type { ConstantKind, ConstantText } from './constants/constant-texts.ts';

/** Constants that the sides of a boundary share, and those of virtio, by name. */
export const CONSTANTS: ReadonlyMap<string, ConstantText> = new Map(
  Object.entries({
    ...HYPERCALLS,
    ...IOCTLS,
    ...IOREQS,
    ...VECTORS,
    ...EXIT_REASONS,
    ...FEATURE_BITS,
    ...REGISTERS,
    ...STATUS_BITS,
    ...RING_FLAGS,
    ...CONSOLE_EVENTS,
  }),
);

/** What a constant is, in a word or two. */
export const CONSTANT_KINDS: InEveryLanguage<Readonly<Record<ConstantKind, string>>> = {
  en: {
    hypercall: 'Hypercall, Service VM kernel to hypervisor',
    ioctl: 'ioctl, device model to Service VM kernel',
    vector: 'Interrupt vector',
    'exit-reason': 'VM exit reason',
    'feature-bit': 'virtio feature bit',
    register: 'virtio register, driver to device',
    'status-bit': 'virtio device status bit',
    'ring-flag': 'virtqueue flag',
    'console-event': 'virtio-console control event',
    ioreq: 'I/O request page',
  },
  'zh-cn': {
    hypercall: '超级调用（Service VM 内核到虚拟机监控器）',
    ioctl: 'ioctl（设备模型到 Service VM 内核）',
    vector: '中断向量',
    'exit-reason': 'VM 退出原因',
    'feature-bit': 'virtio 特性位',
    register: 'virtio 寄存器（驱动到设备）',
    'status-bit': 'virtio 设备状态位',
    'ring-flag': 'virtqueue 标志',
    'console-event': 'virtio-console 控制事件',
    ioreq: 'I/O 请求页',
  },
};
