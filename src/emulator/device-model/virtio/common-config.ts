import type { Cell } from '../../cell.ts';
import { stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import { paddr_guest2host } from '../main/guest-memory.ts';
import { type DmCx, NULL } from '../process.ts';
import { file } from './file.ts';
import { allOnes, refuseWrite, virtio_pci_status_handler } from './legacy.ts';
import { virtio_find_modern_cr } from './registers.ts';
import {
  VIRTIO_CONFIG_S_DRIVER_OK,
  VIRTIO_MSI_NO_VECTOR,
  type VirtioBase,
  type VirtioVqInfo,
  VQ_ALLOC,
  vopsOf,
} from './structs.ts';

const TWO32 = 0x1_0000_0000;
const full = ([low, high]: readonly [Cell, Cell]): number => high.value * TWO32 + low.value;

/** virtio.c: maps the selected queue's three areas, each at its own address (virtio 1.2, 4.1.4.3). */
const virtio_vq_enable = stage(file, 'virtio_vq_enable', (cx: DmCx, vq: VirtioVqInfo): void => {
  const qsize = vq.qsize.value;
  const areas = [
    { pointer: vq.desc, address: full(vq.gpa_desc), size: 16 * qsize },
    { pointer: vq.avail, address: full(vq.gpa_avail), size: 2 * (3 + qsize) },
    { pointer: vq.used, address: full(vq.gpa_used), size: 6 + 8 * qsize },
  ];
  for (const { pointer, address, size } of areas) {
    const mapped = paddr_guest2host(cx, address, size);
    if (mapped === NULL) {
      vq.flags.value = 0;
      pr_err(cx, 'vq-enable-failed', {});
      hazard(cx, 'pfn-outside-memory', { queue: vq.num, pfn: Math.floor(address / 4096) });
      return;
    }
    pointer.value = mapped;
  }
  if (full(vq.gpa_desc) === 0) {
    hazard(cx, 'pfn-zero-maps-ring', { queue: vq.num });
  }
  vq.last_avail.value = 0;
  vq.save_used.value = 0;
  vq.ownUsed = 0;
  vq.enabled.value = 1;
  vq.flags.value = VQ_ALLOC;
});

/** 32 bits of a feature set, picked by a select register (virtio 1.2, 4.1.4.3.1). */
function half(features: number, select: number): number {
  return select === 0 ? features % TWO32 : select === 1 ? Math.floor(features / TWO32) : 0;
}

function readQueue(vq: VirtioVqInfo | undefined, offset: number): number {
  switch (offset) {
    case 24:
      return vq?.qsize.value ?? 0;
    case 26:
      return vq?.msix_idx.value ?? VIRTIO_MSI_NO_VECTOR;
    case 28:
      return vq?.enabled.value ?? 0;
    default:
      return addressHalf(vq, offset)?.value ?? 0;
  }
}

/** The half address that a register of the ring areas stands for. */
function addressHalf(vq: VirtioVqInfo | undefined, offset: number): Cell | undefined {
  const halves = vq === undefined ? [] : [...vq.gpa_desc, ...vq.gpa_avail, ...vq.gpa_used];
  return halves[(offset - 32) / 4];
}

function readCommon(base: VirtioBase, offset: number): number {
  switch (offset) {
    case 0:
      return base.device_feature_select.value;
    case 4:
      return half(base.device_caps.value, base.device_feature_select.value);
    case 8:
      return base.driver_feature_select.value;
    case 12:
      return half(base.negotiated_caps.value, base.driver_feature_select.value);
    case 16:
      return base.msix_cfg_idx.value;
    case 18:
      return vopsOf(base).nvq;
    case 20:
      return base.status.value;
    case 21:
      return base.config_generation.value;
    case 22:
    case 30:
      return base.curq.value;
    default:
      return readQueue(base.curq.value < vopsOf(base).nvq ? base.queues[base.curq.value] : undefined, offset);
  }
}

/** virtio.c: common configuration, read. */
export const virtio_common_cfg_read = stage(
  file,
  'virtio_common_cfg_read',
  (cx: DmCx, base: VirtioBase, offset: number, size: number): number => {
    const device = vopsOf(base).name;
    const register = virtio_find_modern_cr(cx, offset);
    if (register === undefined) {
      pr_err(cx, 'read-bad-offset', { device, offset, size });
      return allOnes(size);
    }
    if (register.size !== size) {
      pr_err(cx, 'read-bad-size', { device, register: register.name, size });
      return allOnes(size);
    }
    return readCommon(base, offset);
  },
);

function writeFeatures(cx: DmCx, base: VirtioBase, value: number): void {
  const select = base.driver_feature_select.value;
  if ((base.status.value & VIRTIO_CONFIG_S_DRIVER_OK) !== 0 || select > 1) {
    return;
  }
  const offered = half(base.device_caps.value, select);
  const accepted = (value & offered) >>> 0;
  const other = half(base.negotiated_caps.value, 1 - select);
  base.negotiated_caps.value = select === 0 ? other * TWO32 + accepted : accepted * TWO32 + other;
  const { apply_features } = vopsOf(base);
  cx.ptr('(*vops->apply_features)', apply_features)(cx, base.vdev, base.negotiated_caps.value);
}

function writeQueue(cx: DmCx, base: VirtioBase, name: string, offset: number, value: number): void {
  const vops = vopsOf(base);
  const vq = base.curq.value < vops.nvq ? base.queues[base.curq.value] : undefined;
  if (vq === undefined) {
    pr_err(cx, 'bad-queue-index', { device: vops.name, register: name, curq: base.curq.value, max: vops.nvq });
  } else if (offset === 24) {
    vq.qsize.value = value;
  } else if (offset === 26) {
    vq.msix_idx.value = value;
  } else if (offset === 28) {
    virtio_vq_enable(cx, vq);
  } else {
    const cell = addressHalf(vq, offset);
    if (cell !== undefined) {
      cell.value = value;
    }
  }
}

/** virtio.c: common configuration, written. */
export const virtio_common_cfg_write = stage(
  file,
  'virtio_common_cfg_write',
  (cx: DmCx, base: VirtioBase, offset: number, size: number, value: number): void => {
    const register = virtio_find_modern_cr(cx, offset);
    if (refuseWrite(cx, vopsOf(base).name, register, offset, size) || register === undefined) {
      return;
    }
    switch (offset) {
      case 0:
        base.device_feature_select.value = value;
        return;
      case 8:
        base.driver_feature_select.value = value;
        return;
      case 12:
        writeFeatures(cx, base, value);
        return;
      case 16:
        base.msix_cfg_idx.value = value;
        return;
      case 20:
        base.status.value = value;
        virtio_pci_status_handler(cx, base, value);
        return;
      case 22:
        base.curq.value = value;
        return;
      default:
        writeQueue(cx, base, register.name, offset, value);
    }
  },
);
