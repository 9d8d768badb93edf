import { stage } from '../../stage.ts';
import type { PortValue } from '../inout.ts';
import type { DmCx } from '../process.ts';
import { memen, porten, register_bar, unregister_bar, update_bar_address } from './bars.ts';
import { CAP_START_OFFSET, PCIY, pci_emul_iscap } from './capabilities.ts';
import { file } from './file.ts';
import { pci_lintr_update } from './lintr.ts';
import { pci_generate_msi, pci_is_msi_masked, pci_is_msi_pending } from './msi.ts';
import { PCI_BARMAX, PCI_REGMAX, PCIBAR, PCIM, PCIR, type PciVdev } from './vdev.ts';

const MSIXCTRL_ENABLE = 0x8000;
const MSIXCTRL_FUNCTION_MASK = 0x4000;
const MSICTRL_MME_MASK = 0x70;
const MSICTRL_ENABLE = 1;
const MSICTRL_64BIT = 0x80;

/** hw/pci/core.c: the guest switches MSI-X on or off, or masks the function. */
export const msixcap_cfgwrite = stage(
  file,
  'msixcap_cfgwrite',
  (cx: DmCx, dev: PciVdev, capoff: number, offset: number, bytes: number, value: number): void => {
    let stored = value;
    if (offset - capoff === 2 && bytes === 2) {
      const writable = MSIXCTRL_ENABLE | MSIXCTRL_FUNCTION_MASK;
      stored = (dev.cfg(offset, 2) & ~writable) | (value & writable);
      dev.msix.enabled.value = stored & MSIXCTRL_ENABLE;
      dev.msix.function_mask.value = stored & MSIXCTRL_FUNCTION_MASK;
      pci_lintr_update(cx, dev);
    }
    dev.setCfg(offset, stored, bytes);
  },
);

function msiControl(cx: DmCx, dev: PciVdev, capoff: number, value: number): number {
  const writable = MSICTRL_MME_MASK | MSICTRL_ENABLE;
  const control = (dev.cfg(capoff + 2, 2) & ~writable) | (value & writable);
  const { msi } = dev;
  msi.enabled.value = control & MSICTRL_ENABLE;
  if (msi.enabled.value !== 0) {
    msi.addr.value = dev.cfg(capoff + 4, 4);
    msi.msg_data.value = dev.cfg(capoff + ((control & MSICTRL_64BIT) !== 0 ? 12 : 8), 2);
    msi.maxmsgnum.value = 1 << ((control & MSICTRL_MME_MASK) >> 4);
  } else {
    msi.maxmsgnum.value = 0;
  }
  pci_lintr_update(cx, dev);
  return control;
}

/** hw/pci/core.c: the guest programs MSI; messages that waited for an unmask go out. */
export const msicap_cfgwrite = stage(
  file,
  'msicap_cfgwrite',
  (cx: DmCx, dev: PciVdev, capoff: number, offset: number, bytes: number, value: number): void => {
    const isControl = offset - capoff === 2 && bytes === 2;
    dev.setCfg(offset, isControl ? msiControl(cx, dev, capoff, value) : value, bytes);
    if (dev.msi.enabled.value === 0) {
      return;
    }
    for (let i = 0; i < dev.msi.maxmsgnum.value; i++) {
      if (!pci_is_msi_masked(dev, i) && pci_is_msi_pending(dev, i)) {
        pci_generate_msi(cx, dev, i);
      }
    }
  },
);

/** hw/pci/core.c: a write into the capabilities; identifier and next pointer stay as they are. */
const pci_emul_capwrite = stage(
  file,
  'pci_emul_capwrite',
  (cx: DmCx, dev: PciVdev, offset: number, bytes: number, value: number): void => {
    if ((offset & (bytes - 1)) !== 0) {
      return;
    }
    let capoff = CAP_START_OFFSET;
    for (
      let next = dev.cfg(capoff + 1, 1);
      next !== 0 && !(offset >= capoff && offset < next);
      next = dev.cfg(capoff + 1, 1)
    ) {
      capoff = next;
    }
    if ((offset === capoff && bytes !== 4) || offset === capoff + 1) {
      return;
    }
    const trimmed = offset === capoff;
    writeCapability(
      cx,
      dev,
      capoff,
      trimmed ? offset + 2 : offset,
      trimmed ? 2 : bytes,
      trimmed ? value >>> 16 : value,
    );
  },
);

function writeCapability(cx: DmCx, dev: PciVdev, capoff: number, offset: number, bytes: number, value: number): void {
  const capid = dev.cfg(capoff, 1);
  if (capid === PCIY.MSI) {
    msicap_cfgwrite(cx, dev, capoff, offset, bytes, value);
  } else if (capid === PCIY.MSIX) {
    msixcap_cfgwrite(cx, dev, capoff, offset, bytes, value);
  } else {
    dev.setCfg(offset, value, bytes);
  }
}

function redecode(cx: DmCx, dev: PciVdev, idx: number, changed: number): void {
  const type = dev.bar[idx]?.type.value ?? PCIBAR.NONE;
  const isPort = type === PCIBAR.IO;
  if (
    type === PCIBAR.NONE ||
    type === PCIBAR.MEMHI64 ||
    (changed & (isPort ? PCIM.CMD_PORTEN : PCIM.CMD_MEMEN)) === 0
  ) {
    return;
  }
  if (isPort ? porten(dev) : memen(dev)) {
    register_bar(cx, dev, idx);
  } else {
    unregister_bar(cx, dev, idx);
  }
}

/** hw/pci/core.c: the command register decides what is decoded; read-only bits stay. */
const pci_emul_cmdsts_write = stage(
  file,
  'pci_emul_cmdsts_write',
  (cx: DmCx, dev: PciVdev, offset: number, value: number, bytes: number): void => {
    const before = dev.cfg(PCIR.COMMAND, 2);
    const readonly = 0xfffff880 >>> ((offset & 3) * 8);
    dev.setCfg(offset, (value & ~readonly) | (dev.cfg(offset, bytes) & readonly), bytes);
    const changed = before ^ dev.cfg(PCIR.COMMAND, 2);
    for (let idx = 0; idx <= PCI_BARMAX; idx++) {
      redecode(cx, dev, idx, changed);
    }
    pci_lintr_update(cx, dev);
  },
);

/** Whether a BAR write is part of sizing it, which is not decoded in between. */
function sizing(dev: PciVdev, idx: number, value: number): boolean {
  const bar = dev.bar[idx];
  const decode = bar?.type.value === PCIBAR.IO ? porten(dev) : memen(dev);
  const ones = value === 0xffffffff;
  if (bar === undefined || !decode || (bar.sizing.value !== 0) === ones) {
    return false;
  }
  bar.sizing.value = ones ? 1 : 0;
  return true;
}

function writeBar(cx: DmCx, dev: PciVdev, offset: number, value: number): void {
  const idx = (offset - PCIR.BAR0) / 4;
  const bar = dev.bar[idx];
  if (bar === undefined) {
    return;
  }
  const ignore = sizing(dev, idx, value);
  const type = bar.type.value;
  const base = (value & -bar.size.value) >>> 0;
  if (type === PCIBAR.NONE) {
    bar.addr.value = 0;
    dev.setCfg(offset, 0, 4);
  } else if (type === PCIBAR.IO) {
    const addr = base & 0xffff;
    moveBar(cx, dev, idx, addr, addr !== bar.addr.value, ignore);
    dev.setCfg(offset, addr | 1, 4);
  } else if (type === PCIBAR.MEMHI64) {
    writeUpperBar(cx, dev, idx, offset, value, ignore);
  } else {
    const kept = dev.cfg(offset, 4) & 0xf;
    moveBar(cx, dev, idx, base, base !== (type === PCIBAR.MEM64 ? bar.addr.value % 2 ** 32 : bar.addr.value), ignore);
    dev.setCfg(offset, base | kept, 4);
  }
}

function moveBar(cx: DmCx, dev: PciVdev, idx: number, addr: number, moved: boolean, ignore: boolean): void {
  if (moved) {
    update_bar_address(cx, dev, addr, idx, dev.bar[idx]?.type.value ?? PCIBAR.NONE, ignore);
  }
}

function writeUpperBar(cx: DmCx, dev: PciVdev, idx: number, offset: number, value: number, ignore: boolean): void {
  const lower = dev.bar[idx - 1];
  if (lower !== undefined && value !== Math.floor(lower.addr.value / 2 ** 32)) {
    update_bar_address(cx, dev, value * 2 ** 32, idx - 1, PCIBAR.MEMHI64, ignore);
  }
  dev.setCfg(offset, value, 4);
}

function configWrite(cx: DmCx, dev: PciVdev, offset: number, bytes: number, value: number): void {
  if (offset >= PCIR.BAR0 && offset < PCIR.BAR0 + 4 * (PCI_BARMAX + 1)) {
    if (bytes === 4) {
      writeBar(cx, dev, offset, value);
    }
  } else if (offset === PCIR.BIOS) {
    return;
  } else if (pci_emul_iscap(dev, offset)) {
    pci_emul_capwrite(cx, dev, offset, bytes, value);
  } else if (offset >= PCIR.COMMAND && offset < PCIR.REVID) {
    pci_emul_cmdsts_write(cx, dev, offset, value, bytes);
  } else {
    dev.setCfg(offset, value, bytes);
  }
}

/** hw/pci/core.c: the multi-function bit of a header type; one function a slot has it clear. */
function hdrtypeFixup(cx: DmCx, dev: PciVdev, offset: number, bytes: number, value: number): number {
  if (offset > PCIR.HDRTYPE || offset + bytes <= PCIR.HDRTYPE) {
    return value;
  }
  const many = cx.world.pci.funcs.filter((one) => one.slot === dev.slot && one.fi_devi !== undefined).length > 1;
  const bit = bytes === 4 ? 0x800000 : 0x80;
  return ((value & ~bit) | (many ? bit : 0)) >>> 0;
}

/** hw/pci/core.c: one access to a function's configuration space. */
const pci_cfgrw = stage(
  file,
  'pci_cfgrw',
  (cx: DmCx, isIn: boolean, slot: number, func: number, offset: number, bytes: number, eax: PortValue): void => {
    const dev = cx.world.pci.funcs.find((one) => one.slot === slot && one.func === func)?.fi_devi;
    const bad = (bytes !== 1 && bytes !== 2 && bytes !== 4) || (offset & (bytes - 1)) !== 0;
    if (dev === undefined || bad || offset > PCI_REGMAX) {
      if (isIn) {
        eax.value = dev !== undefined && !bad && offset <= PCI_REGMAX + 4 ? 0 : 0xffffffff;
      }
      return;
    }
    if (isIn) {
      eax.value = hdrtypeFixup(cx, dev, offset, bytes, dev.cfg(offset, bytes));
    } else {
      configWrite(cx, dev, offset, bytes, eax.value);
    }
  },
);

/** hw/pci/core.c: a configuration access that the HSM made of ports CF8 and CFC. */
export const emulate_pci_cfgrw = stage(
  file,
  'emulate_pci_cfgrw',
  (
    cx: DmCx,
    isIn: boolean,
    at: { readonly bus: number; readonly dev: number; readonly func: number },
    reg: number,
    bytes: number,
    value: PortValue,
  ): number => {
    // Only bus 0 has devices.
    pci_cfgrw(cx, isIn, at.bus === 0 ? at.dev : -1, at.func, reg, bytes, value);
    return 0;
  },
);
