import { stage } from '../../stage.ts';
import { pci_emul_alloc_bar } from '../pci-core/bars.ts';
import { pci_emul_add_msicap, pci_emul_add_msixcap } from '../pci-core/capabilities.ts';
import { pci_lintr_deassert, pci_lintr_request } from '../pci-core/lintr.ts';
import { PCIBAR, type PciVdev } from '../pci-core/vdev.ts';
import type { DmCx } from '../process.ts';
import { acrn_timer_deinit } from '../timer.ts';
import { file } from './file.ts';
import { virtio_set_iothread } from './iothread.ts';
import {
  devOf,
  VIRTIO_MSI_NO_VECTOR,
  VIRTIO_PCI_CONFIG_OFF,
  VIRTIO_USE_MSIX,
  type VirtioBase,
  type VirtioOps,
  type VirtioVqInfo,
  vopsOf,
} from './structs.ts';

/** virtio.c: joins a base to its operations and its PCI function. */
export const virtio_linkup = stage(
  file,
  'virtio_linkup',
  (_cx: DmCx, base: VirtioBase, vops: VirtioOps, dev: PciVdev, backendType: number): void => {
    base.vops = vops;
    base.dev = dev;
    dev.arg = base;
    base.backend_type.value = backendType;
  },
);

function resetQueue(vq: VirtioVqInfo): void {
  vq.flags.value = 0;
  vq.last_avail.value = 0;
  vq.save_used.value = 0;
  vq.pfn.value = 0;
  vq.msix_idx.value = VIRTIO_MSI_NO_VECTOR;
  for (const half of [...vq.gpa_desc, ...vq.gpa_avail, ...vq.gpa_used]) {
    half.value = 0;
  }
  vq.enabled.value = 0;
}

/** virtio.c: device-wide reset. Ring pointers stay, which a notify on a dead queue shows. */
export const virtio_reset_dev = stage(file, 'virtio_reset_dev', (cx: DmCx, base: VirtioBase): void => {
  acrn_timer_deinit(cx, base.polling_timer);
  base.polling_in_progress.value = 0;
  if (base.iothread.value !== 0) {
    virtio_set_iothread(cx, base, false, cx.world.virtio.poll_enabled.value !== 0);
  }
  for (let i = 0; i < vopsOf(base).nvq; i++) {
    const vq = base.queues[i];
    if (vq !== undefined) {
      resetQueue(vq);
    }
  }
  base.negotiated_caps.value = 0;
  base.curq.value = 0;
  if (base.isr.value !== 0) {
    cx.world.watch?.(cx, { kind: 'intx_deassert_request' });
    pci_lintr_deassert(cx, devOf(base));
  }
  base.isr.value = 0;
  base.msix_cfg_idx.value = VIRTIO_MSI_NO_VECTOR;
  base.device_feature_select.value = 0;
  base.driver_feature_select.value = 0;
  base.config_generation.value = 0;
});

/** virtio.c: the I/O BAR of the legacy registers. */
export const virtio_set_io_bar = stage(file, 'virtio_set_io_bar', (cx: DmCx, base: VirtioBase, bar: number): void => {
  pci_emul_alloc_bar(cx, devOf(base), bar, PCIBAR.IO, VIRTIO_PCI_CONFIG_OFF(true) + vopsOf(base).cfgsize);
  base.legacy_pio_bar_idx.value = bar;
});

/** virtio.c: MSI-X with one entry a queue and one for configuration, MSI, and an INTx pin. Non-zero on failure. */
export const virtio_intr_init = stage(
  file,
  'virtio_intr_init',
  (cx: DmCx, base: VirtioBase, bar: number, msix: boolean): number => {
    const dev = devOf(base);
    if (msix) {
      base.flags.value |= VIRTIO_USE_MSIX;
      virtio_reset_dev(cx, base);
      if (pci_emul_add_msixcap(cx, dev, vopsOf(base).nvq + 1, bar) !== 0) {
        return -1;
      }
    } else {
      base.flags.value &= ~VIRTIO_USE_MSIX;
    }
    pci_emul_add_msicap(cx, dev, 1);
    pci_lintr_request(cx, dev);
    return 0;
  },
);

/** virtio.c: the same with the MSI-X table in BAR 1. */
export const virtio_interrupt_init = stage(
  file,
  'virtio_interrupt_init',
  (cx: DmCx, base: VirtioBase, msix: boolean): number => virtio_intr_init(cx, base, 1, msix),
);
