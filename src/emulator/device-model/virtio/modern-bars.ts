import { stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import { pci_emul_alloc_bar } from '../pci-core/bars.ts';
import { PCIY, pci_emul_add_capability, pci_emul_find_capability } from '../pci-core/capabilities.ts';
import { PCIBAR } from '../pci-core/vdev.ts';
import type { DmCx } from '../process.ts';
import { file } from './file.ts';
import { hasFeature } from './queue.ts';
import { devOf, FEATURE, type VirtioBase } from './structs.ts';

/** `cfg_type` of a virtio capability (virtio 1.2, 4.1.4). */
const CFG_TYPE = { COMMON: 1, NOTIFY: 2, ISR: 3, DEVICE: 4, PCI: 5 } as const;
const REGION = 0x1000;
const MMIO_BAR = 4;
const PIO_BAR = 2;
const NOTIFY_OFF_MULT = 4;

interface Capability {
  readonly type: number;
  readonly bar: number;
  readonly offset: number;
  readonly length: number;
  /** Bytes behind the common part: the notify multiplier, or the configuration access data. */
  readonly extra?: number;
}

/** `struct virtio_pci_cap` and what may follow it. */
function bytesOf({ type, bar, offset, length, extra }: Capability): Uint8Array {
  const bytes = new Uint8Array(extra === undefined ? 16 : 20);
  const view = new DataView(bytes.buffer);
  bytes[0] = PCIY.VENDOR;
  bytes[2] = bytes.length;
  bytes[3] = type;
  bytes[4] = bar;
  view.setUint32(8, offset, true);
  view.setUint32(12, length, true);
  if (extra !== undefined) {
    view.setUint32(16, extra, true);
  }
  return bytes;
}

const virtio_find_capability = stage(
  file,
  'virtio_find_capability',
  (_cx: DmCx, base: VirtioBase, type: number): number => {
    const dev = devOf(base);
    let offset = pci_emul_find_capability(dev, PCIY.VENDOR, 0);
    while (offset >= 0 && dev.cfg(offset + 3, 1) !== type) {
      offset = pci_emul_find_capability(dev, PCIY.VENDOR, offset);
    }
    return offset;
  },
);

const virtio_set_modern_mmio_bar = stage(
  file,
  'virtio_set_modern_mmio_bar',
  (cx: DmCx, base: VirtioBase, bar: number): number => {
    const capabilities: readonly Capability[] = [
      { type: CFG_TYPE.COMMON, bar, offset: 0, length: REGION },
      { type: CFG_TYPE.ISR, bar, offset: REGION, length: REGION },
      { type: CFG_TYPE.DEVICE, bar, offset: 2 * REGION, length: REGION },
      { type: CFG_TYPE.NOTIFY, bar, offset: 3 * REGION, length: REGION, extra: NOTIFY_OFF_MULT },
      { type: CFG_TYPE.PCI, bar: 0, offset: 0, length: 0, extra: 0 },
    ];
    for (const capability of capabilities) {
      if (pci_emul_add_capability(cx, devOf(base), bytesOf(capability)) !== 0) {
        pr_err(cx, 'add-capability-failed', { type: capability.type });
        return -1;
      }
    }
    if (pci_emul_alloc_bar(cx, devOf(base), bar, PCIBAR.MEM64, 4 * REGION) !== 0) {
      return -1;
    }
    base.cfg_coff.value = virtio_find_capability(cx, base, CFG_TYPE.PCI);
    base.modern_mmio_bar_idx.value = bar;
    return 0;
  },
);

const virtio_set_modern_pio_bar = stage(
  file,
  'virtio_set_modern_pio_bar',
  (cx: DmCx, base: VirtioBase, bar: number): number => {
    const notify = bytesOf({ type: CFG_TYPE.NOTIFY, bar, offset: 0, length: 4, extra: 0 });
    if (pci_emul_add_capability(cx, devOf(base), notify) !== 0) {
      pr_err(cx, 'add-capability-failed', { type: CFG_TYPE.NOTIFY });
      return -1;
    }
    if (pci_emul_alloc_bar(cx, devOf(base), bar, PCIBAR.IO, 4) !== 0) {
      return -1;
    }
    base.modern_pio_bar_idx.value = bar;
    return 0;
  },
);

/** virtio.c: the modern transport (virtio 1.2, 4.1.4), for devices that offer VERSION_1. 0, or -1. */
export const virtio_set_modern_bar = stage(
  file,
  'virtio_set_modern_bar',
  (cx: DmCx, base: VirtioBase, useNotifyPio: boolean): number => {
    if (!hasFeature(base.device_caps.value, FEATURE.VERSION_1)) {
      return -1;
    }
    const pio = useNotifyPio ? virtio_set_modern_pio_bar(cx, base, PIO_BAR) : 0;
    return pio === 0 ? virtio_set_modern_mmio_bar(cx, base, MMIO_BAR) : pio;
  },
);
