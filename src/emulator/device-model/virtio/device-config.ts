import { stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import { pci_lintr_deassert } from '../pci-core/lintr.ts';
import type { DmCx } from '../process.ts';
import { file } from './file.ts';
import { allOnes, keepUpper } from './legacy.ts';
import { devOf, type VirtioBase, vopsOf } from './structs.ts';

/** virtio.c: the ISR register of the modern transport; reading clears it (virtio 1.2, 4.1.4.5). */
export const virtio_isr_cfg_read = stage(file, 'virtio_isr_cfg_read', (cx: DmCx, base: VirtioBase): number => {
  const value = base.isr.value;
  base.isr.value = 0;
  if (value !== 0) {
    cx.world.watch?.(cx, { kind: 'intx_deassert_request' });
    pci_lintr_deassert(cx, devOf(base));
  }
  return value;
});

/** virtio.c: device configuration, read. */
export const virtio_device_cfg_read = stage(
  file,
  'virtio_device_cfg_read',
  (cx: DmCx, base: VirtioBase, offset: number, size: number): number => {
    const vops = vopsOf(base);
    if (offset + size > vops.cfgsize) {
      pr_err(cx, 'device-config-limit', { device: vops.name, offset, size });
      return allOnes(size);
    }
    const value = cx.ptr('(*vops->cfgread)', vops.cfgread)(cx, base.vdev, offset, size);
    if (value === undefined) {
      pr_err(cx, 'device-config-failed', { device: vops.name, offset, size });
      return allOnes(size);
    }
    return keepUpper(value, size);
  },
);

/** virtio.c: device configuration, written. */
export const virtio_device_cfg_write = stage(
  file,
  'virtio_device_cfg_write',
  (cx: DmCx, base: VirtioBase, offset: number, size: number, value: number): void => {
    const vops = vopsOf(base);
    if (offset + size > vops.cfgsize) {
      pr_err(cx, 'device-config-limit', { device: vops.name, offset, size });
      return;
    }
    const error =
      vops.cfgwrite === undefined ? -1 : cx.ptr('(*vops->cfgwrite)', vops.cfgwrite)(cx, base.vdev, offset, size, value);
    if (error !== 0) {
      pr_err(cx, 'device-config-failed', { device: vops.name, offset, size, error });
    }
  },
);
