import { stage } from '../../stage.ts';
import { type InoutHandler, IOPORT_F_INOUT, register_inout, unregister_inout } from '../inout.ts';
import { pr_err } from '../log.ts';
import { type MemHandler, register_mem, unregister_mem } from '../mem.ts';
import type { DmCx } from '../process.ts';
import { file } from './file.ts';
import { pci_emul_io_handler, pci_emul_mem_handler } from './handlers.ts';
import { PCI_BARMAX, PCIBAR, PCIM, PCIR, type PciVdev } from './vdev.ts';

const PAGE_SIZE = 4096;
const PCI_EMUL_IOLIMIT = 0x10000;
const PCI_EMUL_MEMLIMIT32 = 0xe0000000;
const PCI_EMUL_MEMLIMIT64 = 0x8000000000;
const EINVAL = 22;
const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;
const isPowerOfTwo = (value: number): boolean => 2 ** Math.round(Math.log2(value)) === value;

/** hw/pci/core.c: are port accesses decoded? */
export const porten = (dev: PciVdev): boolean => (dev.cfg(PCIR.COMMAND, 2) & PCIM.CMD_PORTEN) !== 0;
/** hw/pci/core.c: are memory accesses decoded? */
export const memen = (dev: PciVdev): boolean => (dev.cfg(PCIR.COMMAND, 2) & PCIM.CMD_MEMEN) !== 0;

const modify_bar_registration = stage(
  file,
  'modify_bar_registration',
  (cx: DmCx, dev: PciVdev, idx: number, registration: boolean): number => {
    const bar = dev.bar[idx];
    const type = bar?.type.value;
    if (bar === undefined || (type !== PCIBAR.IO && type !== PCIBAR.MEM32 && type !== PCIBAR.MEM64)) {
      return EINVAL;
    }
    const [addr, size] = [bar.addr.value, bar.size.value];
    if (type === PCIBAR.IO) {
      const handler: InoutHandler = pci_emul_io_handler;
      return registration
        ? register_inout(cx, { name: dev.name, port: addr, size, flags: IOPORT_F_INOUT, handler, arg: dev })
        : unregister_inout(cx, addr, size);
    }
    const handler: MemHandler = pci_emul_mem_handler;
    return registration
      ? register_mem(cx, { name: dev.name, base: addr, size, handler, arg1: dev, arg2: idx })
      : unregister_mem(cx, addr, size);
  },
);

/** hw/pci/core.c */
export const unregister_bar = stage(file, 'unregister_bar', (cx: DmCx, dev: PciVdev, idx: number): void => {
  modify_bar_registration(cx, dev, idx, false);
});

/** hw/pci/core.c */
export const register_bar = stage(file, 'register_bar', (cx: DmCx, dev: PciVdev, idx: number): number =>
  modify_bar_registration(cx, dev, idx, true),
);

/** hw/pci/core.c: the BAR decodes another address from now on; `type` MEM64 and MEMHI64 move one half. */
export const update_bar_address = stage(
  file,
  'update_bar_address',
  (cx: DmCx, dev: PciVdev, addr: number, idx: number, type: number, ignoreRegistration: boolean): void => {
    const bar = dev.bar[idx];
    if (bar === undefined) {
      return;
    }
    const decode = !ignoreRegistration && (bar.type.value === PCIBAR.IO ? porten(dev) : memen(dev));
    if (decode) {
      unregister_bar(cx, dev, idx);
    }
    const old = bar.addr.value;
    if (type === PCIBAR.MEM64) {
      bar.addr.value = Math.floor(old / 0x1_0000_0000) * 0x1_0000_0000 + addr;
    } else if (type === PCIBAR.MEMHI64) {
      bar.addr.value = (old % 0x1_0000_0000) + addr;
    } else {
      bar.addr.value = addr;
    }
    if (decode) {
      register_bar(cx, dev, idx);
    }
  },
);

const pci_emul_alloc_resource = stage(
  file,
  'pci_emul_alloc_resource',
  (cx: DmCx, base: { value: number }, limit: number, size: number): number => {
    if (!isPowerOfTwo(size)) {
      pr_err(cx, 'invalid-resource-size', { size });
      return -1;
    }
    const step = Math.max(size, PAGE_SIZE);
    const start = roundUp(base.value, step);
    if (start + step > limit) {
      return -1;
    }
    base.value = start + step;
    return start;
  },
);

interface BarKind {
  readonly base: { value: number };
  readonly limit: number;
  readonly mask: number;
  readonly lobits: number;
}

function kindOf(cx: DmCx, type: number): BarKind | undefined {
  const { iobase, membase32 } = cx.world.pci;
  if (type === PCIBAR.IO) {
    return { base: iobase, limit: PCI_EMUL_IOLIMIT, mask: 0xfffffffc, lobits: 1 };
  }
  if (type === PCIBAR.MEM32) {
    return { base: membase32, limit: PCI_EMUL_MEMLIMIT32, mask: 0xfffffff0, lobits: 0 };
  }
  // Small 64-bit BARs go below 4 GiB; none here is larger than 32 MiB.
  return type === PCIBAR.MEM64
    ? { base: membase32, limit: PCI_EMUL_MEMLIMIT32, mask: 0xfffffff0, lobits: 4 }
    : undefined;
}

/** hw/pci/core.c: gives a BAR its address and claims it. 0, or -1 where there is no room. */
export const pci_emul_alloc_pbar = stage(
  file,
  'pci_emul_alloc_pbar',
  (cx: DmCx, pdi: PciVdev, idx: number, type: number, wanted: number): number => {
    const kind = kindOf(cx, type);
    const bar = pdi.bar[idx];
    if (kind === undefined || bar === undefined) {
      pr_err(cx, kind === undefined ? 'invalid-bar-type' : 'invalid-bar-number', {
        number: kind === undefined ? type : idx,
      });
      return -1;
    }
    const rounded = isPowerOfTwo(wanted) ? wanted : 2 ** Math.ceil(Math.log2(wanted));
    const size = Math.max(rounded, type === PCIBAR.IO ? 4 : 16);
    const addr = pci_emul_alloc_resource(cx, kind.base, kind.limit, size);
    if (addr < 0) {
      return -1;
    }
    bar.type.value = type;
    bar.addr.value = addr;
    bar.size.value = size;
    pdi.setCfg(PCIR.BAR0 + 4 * idx, ((addr & kind.mask) | kind.lobits) >>> 0, 4);
    const upper = pdi.bar[idx + 1];
    if (type === PCIBAR.MEM64 && upper !== undefined) {
      upper.type.value = PCIBAR.MEMHI64;
      pdi.setCfg(PCIR.BAR0 + 4 * (idx + 1), 0, 4);
    }
    return register_bar(cx, pdi, idx);
  },
);

/** hw/pci/core.c */
export const pci_emul_alloc_bar = stage(
  file,
  'pci_emul_alloc_bar',
  (cx: DmCx, pdi: PciVdev, idx: number, type: number, size: number): number =>
    pci_emul_alloc_pbar(cx, pdi, idx, type, size),
);

/** hw/pci/core.c: stops decoding every BAR. */
export const pci_emul_free_bars = stage(file, 'pci_emul_free_bars', (cx: DmCx, pdi: PciVdev): void => {
  for (let idx = 0; idx < PCI_BARMAX; idx++) {
    pci_emul_free_bar(cx, pdi, idx);
  }
});

const pci_emul_free_bar = stage(file, 'pci_emul_free_bar', (cx: DmCx, pdi: PciVdev, idx: number): void => {
  const type = pdi.bar[idx]?.type;
  if (type === undefined || type.value === PCIBAR.NONE || type.value === PCIBAR.MEMHI64) {
    return;
  }
  if (type.value === PCIBAR.IO ? porten(pdi) : memen(pdi)) {
    unregister_bar(cx, pdi, idx);
  }
  type.value = PCIBAR.NONE;
});

/** Top of the 64-bit window, for who registers what answers there. */
export const PCI_LIMITS = { mem32: PCI_EMUL_MEMLIMIT32, mem64: PCI_EMUL_MEMLIMIT64 } as const;
