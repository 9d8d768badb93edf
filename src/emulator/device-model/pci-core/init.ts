import { stage } from '../../stage.ts';
import { pr_err, pr_notice, pr_warn } from '../log.ts';
import {
  type MemHandler,
  register_mem,
  register_mem_fallback,
  unregister_mem,
  unregister_mem_fallback,
} from '../mem.ts';
import type { DmCx } from '../process.ts';
import { vm_get_lowmem_limit } from '../vmmapi.ts';
import { PCI_LIMITS, pci_emul_free_bars } from './bars.ts';
import type { FuncInfo } from './bus.ts';
import { emulate_pci_cfgrw } from './config.ts';
import { file } from './file.ts';
import { pci_emul_fallback_handler } from './handlers.ts';
import { pci_lintr_release, pci_lintr_route } from './lintr.ts';
import { PCIM, PCIR, PciVdev, type PciVdevOps } from './vdev.ts';

const PCI_EMUL_IOBASE = 0x2000;
const PCI_EMUL_MEMBASE32 = 0x80000000;
const PCI_EMUL_MEMBASE64 = 0x4000000000;
const ECFG = { base: 0xe0000000, size: 256 * 1024 * 1024 } as const;

const pci_emul_finddev = (cx: DmCx, name: string): PciVdevOps | undefined => cx.world.pci.types.get(name);

/** hw/pci/core.c: `-s <slot>[:<func>],<emul>[,<config>]`. 0, or -1 with a line that says what is wrong. */
export const pci_parse_slot = stage(file, 'pci_parse_slot', (cx: DmCx, option: string): number => {
  const [where = '', emul, ...given] = option.split(',');
  // A lone "b" marks a boot device and is no part of the device's own options.
  const config = given.length > 1 && given[0] === 'b' ? given.slice(1) : given;
  if (emul === undefined) {
    pr_err(cx, 'pci-slot-usage');
    return -1;
  }
  const numbers = where.split(/[:/.]/).map(Number);
  const [slot = 0, func = 0] = numbers.length > 2 ? numbers.slice(1) : numbers;
  if (!(slot >= 0 && slot < 32 && func >= 0 && func < 8)) {
    pr_err(cx, 'pci-slot-usage');
    return -1;
  }
  const { funcs } = cx.world.pci;
  if (funcs.some((one) => one.slot === slot && one.func === func)) {
    pr_err(cx, 'pci-slot-occupied', { slot, func });
    return -1;
  }
  if (pci_emul_finddev(cx, emul) === undefined) {
    pr_err(cx, 'pci-unknown-device', { slot, func, device: emul });
    return -1;
  }
  funcs.push({
    fi_name: emul,
    fi_param: config.length === 0 ? null : config.join(','),
    slot,
    func,
    fi_devi: undefined,
  });
  funcs.sort((a, b) => a.slot - b.slot || a.func - b.func);
  return 0;
});

const pci_emul_init = stage(file, 'pci_emul_init', (cx: DmCx, ops: PciVdevOps, fi: FuncInfo): number => {
  const pdi = new PciVdev(cx.world.recorder, cx.world.cells, ops, [0, fi.slot, fi.func]);
  pdi.setCfg(PCIR.INTLINE, 255, 1);
  pdi.setCfg(PCIR.INTPIN, 0, 1);
  pdi.setCfg(PCIR.COMMAND, PCIM.CMD_PORTEN | PCIM.CMD_MEMEN | PCIM.CMD_BUSHOSTEN, 1);
  const error = cx.ptr('(*ops->vdev_init)', ops.vdev_init)(cx, pdi, fi.fi_param);
  if (error === 0) {
    fi.fi_devi = pdi;
  } else {
    pdi.freed.value = 1;
  }
  return error;
});

const pci_emul_deinit = stage(file, 'pci_emul_deinit', (cx: DmCx, ops: PciVdevOps, fi: FuncInfo): void => {
  const dev = fi.fi_devi;
  if (dev === undefined) {
    return;
  }
  cx.ptr('(*ops->vdev_deinit)', ops.vdev_deinit)(cx, dev);
  pci_lintr_release(cx, dev);
  pci_emul_free_bars(cx, dev);
  dev.msix.table = undefined;
  dev.freed.value = 1;
});

/** hw/pci/core.c: memory-mapped configuration space, 4 KiB for each function. */
const pci_emul_ecfg_handler: MemHandler = stage(
  file,
  'pci_emul_ecfg_handler',
  (cx: DmCx, _vcpu, isWrite, addr, bytes, value): number => {
    const eax = { value: isWrite ? value.low : 0xffffffff };
    const at = { bus: (addr >>> 20) & 0xff, dev: (addr >>> 15) & 0x1f, func: (addr >>> 12) & 7 };
    emulate_pci_cfgrw(cx, !isWrite, at, addr & 0xfff, bytes, eax);
    if (!isWrite) {
      value.low = eax.value;
      value.high = 0xffffffff;
    }
    return 0;
  },
);

const range = (name: string, base: number, size: number, handler: MemHandler) => ({
  name,
  base,
  size,
  handler,
  arg1: undefined,
  arg2: 0,
});

function registerHoles(cx: DmCx): number {
  const fallback: MemHandler = pci_emul_fallback_handler;
  const low = range('PCI hole (32-bit)', PCI_EMUL_MEMBASE32, PCI_LIMITS.mem32 - PCI_EMUL_MEMBASE32, fallback);
  const high = range('PCI hole (64-bit)', PCI_EMUL_MEMBASE64, PCI_LIMITS.mem64 - PCI_EMUL_MEMBASE64, fallback);
  const config = range('PCI ECFG', ECFG.base, ECFG.size, pci_emul_ecfg_handler);
  return register_mem_fallback(cx, low) || register_mem_fallback(cx, high) || register_mem(cx, config);
}

function initDevices(cx: DmCx): number {
  for (const fi of cx.world.pci.funcs) {
    const ops = pci_emul_finddev(cx, fi.fi_name);
    if (ops === undefined) {
      pr_warn(cx, 'no-driver-for-device', { device: fi.fi_name });
      continue;
    }
    pr_notice(cx, 'pci-init', { device: fi.fi_name });
    const error = pci_emul_init(cx, ops, fi);
    if (error !== 0) {
      pr_err(cx, 'pci-init-failed', { device: fi.fi_name });
      return error;
    }
  }
  return 0;
}

function roundBases(cx: DmCx): void {
  const { iobase, membase32, membase64 } = cx.world.pci;
  iobase.value = Math.ceil((iobase.value + 32) / 32) * 32;
  for (const base of [membase32, membase64]) {
    base.value = Math.ceil((base.value + 0x100000) / 0x100000) * 0x100000;
  }
}

/** hw/pci/core.c: makes every device of the command line. 0, or what the failed one returned. */
export const init_pci = stage(file, 'init_pci', (cx: DmCx): number => {
  const { pci } = cx.world;
  pci.iobase.value = PCI_EMUL_IOBASE;
  pci.membase32.value = vm_get_lowmem_limit(cx);
  pci.membase64.value = PCI_EMUL_MEMBASE64;
  const error = initDevices(cx);
  if (error !== 0) {
    deinitDevices(cx, false);
    return error;
  }
  roundBases(cx);
  for (const fi of pci.funcs) {
    if (fi.fi_devi !== undefined) {
      pci_lintr_route(cx, fi.fi_devi);
    }
  }
  return registerHoles(cx);
});

function deinitDevices(cx: DmCx, announce: boolean): void {
  for (const fi of cx.world.pci.funcs) {
    const ops = pci_emul_finddev(cx, fi.fi_name);
    if (ops === undefined) {
      continue;
    }
    if (announce) {
      pr_notice(cx, 'pci-deinit', { device: fi.fi_name });
    }
    pci_emul_deinit(cx, ops, fi);
  }
}

/** hw/pci/core.c: takes every device down, from whichever thread calls. */
export const deinit_pci = stage(file, 'deinit_pci', (cx: DmCx): void => {
  unregister_mem(cx, ECFG.base, ECFG.size);
  unregister_mem_fallback(cx, PCI_EMUL_MEMBASE32, PCI_LIMITS.mem32 - PCI_EMUL_MEMBASE32);
  unregister_mem_fallback(cx, PCI_EMUL_MEMBASE64, PCI_LIMITS.mem64 - PCI_EMUL_MEMBASE64);
  deinitDevices(cx, true);
});
