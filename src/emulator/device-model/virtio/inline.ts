import { gpa } from '../../../base/brand.ts';
import { linuxFile, stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import { pci_lintr_assert } from '../pci-core/lintr.ts';
import { pci_generate_msi } from '../pci-core/msi.ts';
import { pci_generate_msix, pci_msix_enabled } from '../pci-core/msix.ts';
import type { DmCx } from '../process.ts';
import { header } from './file.ts';
import { devOf, VIRTIO_PCI_ISR_QUEUES, type VirtioBase, type VirtioVqInfo, VQ_ALLOC, vopsOf } from './structs.ts';

const ringHeader = linuxFile('device-model', 'include/uapi/linux/virtio_ring.h');

/** include/virtio.h: are the rings mapped? */
export const vq_ring_ready = stage(
  header,
  'vq_ring_ready',
  (_cx: DmCx, vq: VirtioVqInfo): boolean => (vq.flags.value & VQ_ALLOC) === VQ_ALLOC,
);

/** include/virtio.h: has the driver made descriptors available? */
export const vq_has_descs = stage(header, 'vq_has_descs', (cx: DmCx, vq: VirtioVqInfo): boolean => {
  if (!vq_ring_ready(cx, vq)) {
    return false;
  }
  const index = gpa(vq.avail.value + 2);
  const ram = cx.world.guestRam;
  if (vq.last_avail.value === ram.read16(index)) {
    return false;
  }
  const ahead = (ram.read16(index) - vq.last_avail.value) & 0xffff;
  if (ahead > vq.qsize.value) {
    pr_err(cx, 'no-valid-descriptor', { device: vopsOf(vq.base).name });
    hazard(cx, 'avail-index-jump', { queue: vq.num, ahead, size: vq.qsize.value });
    return false;
  }
  return true;
});

/** include/virtio.h: tells the guest that this queue has used buffers: by MSI-X, or by ISR bit with MSI or INTx. */
export const vq_interrupt = stage(header, 'vq_interrupt', (cx: DmCx, base: VirtioBase, vq: VirtioVqInfo): void => {
  const dev = devOf(base);
  const { watch } = cx.world;
  if (pci_msix_enabled(dev)) {
    watch?.(cx, { kind: 'msix_request', vector: vq.msix_idx.value });
    pci_generate_msix(cx, dev, vq.msix_idx.value);
    return;
  }
  base.isr.value |= VIRTIO_PCI_ISR_QUEUES;
  watch?.(cx, { kind: 'msi_request', index: 0 });
  pci_generate_msi(cx, dev, 0);
  watch?.(cx, { kind: 'intx_assert_request' });
  pci_lintr_assert(cx, dev);
});

/** Linux, include/uapi/linux/virtio_ring.h: bytes of a split ring of `num` entries (virtio 1.2, 2.7). */
export const vring_size = stage(ringHeader, 'vring_size', (_cx: DmCx, num: number, align: number): number => {
  const first = num * 16 + 2 * (3 + num);
  return Math.ceil(first / align) * align + 2 * 3 + 8 * num;
});
