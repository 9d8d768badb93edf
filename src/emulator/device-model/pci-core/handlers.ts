import { stage } from '../../stage.ts';
import type { PortValue } from '../inout.ts';
import { pr_err } from '../log.ts';
import type { MmioValue } from '../mem.ts';
import type { DmCx } from '../process.ts';
import { file } from './file.ts';
import { PCIBAR, type PciVdev } from './vdev.ts';

const ESRCH = 3;

/** hw/pci/core.c: low `size` bytes of a value. */
const bar_value = (size: number, value: number): number =>
  size >= 4 ? value >>> 0 : value & (size === 1 ? 0xff : 0xffff);

/** hw/pci/core.c: an access to a port of some I/O BAR. -1 where it ends outside the BAR. */
export const pci_emul_io_handler = stage(
  file,
  'pci_emul_io_handler',
  (
    cx: DmCx,
    vcpu: number,
    isIn: boolean,
    port: number,
    bytes: number,
    eax: PortValue,
    pdi: PciVdev | undefined,
  ): number => {
    const bars = pdi?.bar ?? [];
    for (let i = 0; i < bars.length; i++) {
      const bar = bars[i];
      if (pdi === undefined || bar === undefined || bar.type.value !== PCIBAR.IO) {
        continue;
      }
      const offset = port - bar.addr.value;
      if (offset < 0 || offset + bytes > bar.size.value) {
        continue;
      }
      if (isIn) {
        const value = cx.ptr('(*ops->vdev_barread)', pdi.ops.vdev_barread)(cx, vcpu, pdi, i, offset, bytes);
        eax.value = bar_value(bytes, value);
      } else {
        const value = bar_value(bytes, eax.value);
        cx.ptr('(*ops->vdev_barwrite)', pdi.ops.vdev_barwrite)(cx, vcpu, pdi, i, offset, bytes, value);
      }
      return 0;
    }
    return -1;
  },
);

function read(cx: DmCx, vcpu: number, pdi: PciVdev, bar: number, offset: number, size: number): number {
  return cx.ptr('(*ops->vdev_barread)', pdi.ops.vdev_barread)(cx, vcpu, pdi, bar, offset, size);
}

function write(cx: DmCx, vcpu: number, pdi: PciVdev, bar: number, offset: number, size: number, value: number): void {
  cx.ptr('(*ops->vdev_barwrite)', pdi.ops.vdev_barwrite)(cx, vcpu, pdi, bar, offset, size, value);
}

/** hw/pci/core.c: an access to a memory BAR; 8 bytes go as two accesses of 4. */
export const pci_emul_mem_handler = stage(
  file,
  'pci_emul_mem_handler',
  (
    cx: DmCx,
    vcpu: number,
    isWrite: boolean,
    addr: number,
    size: number,
    value: MmioValue,
    pdi: PciVdev | undefined,
    bidx: number,
  ): number => {
    const bar = pdi?.bar[bidx];
    if (pdi === undefined || bar === undefined || addr + size > bar.addr.value + bar.size.value) {
      pr_err(cx, 'out-of-emulated-range');
      return -ESRCH;
    }
    const offset = addr - bar.addr.value;
    if (isWrite) {
      write(cx, vcpu, pdi, bidx, offset, Math.min(size, 4), size >= 4 ? value.low : bar_value(size, value.low));
      if (size === 8) {
        write(cx, vcpu, pdi, bidx, offset + 4, 4, value.high);
      }
      return 0;
    }
    value.low = bar_value(Math.min(size, 4), read(cx, vcpu, pdi, bidx, offset, Math.min(size, 4)));
    value.high = size === 8 ? bar_value(4, read(cx, vcpu, pdi, bidx, offset + 4, 4)) : 0;
    return 0;
  },
);

/** hw/pci/core.c: memory that no device claims reads as all ones. */
export const pci_emul_fallback_handler = stage(
  file,
  'pci_emul_fallback_handler',
  (_cx: DmCx, _vcpu: number, isWrite: boolean, _addr: number, _size: number, value: MmioValue): number => {
    if (!isWrite) {
      value.low = 0xffffffff;
      value.high = 0xffffffff;
    }
    return 0;
  },
);
