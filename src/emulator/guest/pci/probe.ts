import type { GuestCx, Steps } from '../task.ts';
import { pci_conf1_read, pci_conf1_write, readWord, writeWord } from './direct.ts';
import { PCI, PCI_COMMAND, type PciBar, type PciDev } from './pci_dev.ts';

/*
 * What drivers/pci/probe.c does with each function of bus 0: identity, base addresses by writing ones, capabilities,
 * interrupt pin. No stages, as in direct.ts.
 */
const NOTHING_THERE = 0xffffffff;
const SLOTS = 32;
const BARS = 6;
const MULTIFUNCTION = 0x80;
const FIRST_PCI_LINE = 16;

/** `pci_scan_child_bus` of bus 0: every function that answers. */
export function* pci_scan_bus(cx: GuestCx): Steps<PciDev[]> {
  const found: PciDev[] = [];
  for (let slot = 0; slot < SLOTS; slot++) {
    yield* pci_scan_slot(cx, slot, found);
  }
  return found;
}

function* pci_scan_slot(cx: GuestCx, slot: number, found: PciDev[]): Steps<void> {
  let functions = 1;
  for (let fn = 0; fn < functions; fn++) {
    const devfn = slot * 8 + fn;
    const id = yield* pci_conf1_read(cx, 0, devfn, PCI.VENDOR_ID, 4);
    if (id === NOTHING_THERE || id === 0) {
      continue;
    }
    const header = yield* pci_conf1_read(cx, 0, devfn, PCI.HEADER_TYPE, 1);
    if (fn === 0 && (header & MULTIFUNCTION) !== 0) {
      functions = 8;
    }
    found.push(yield* pci_setup_device(cx, devfn, id, header & 0x7f, nextLine(found)));
  }
}

/** Input of the I/O APIC that the next function's interrupt pin is wired to: the platform's _PRT routes pins in order, from 16. */
const nextLine = (found: readonly PciDev[]): number => FIRST_PCI_LINE + found.filter((dev) => dev.irq !== 0).length;

function* pci_setup_device(cx: GuestCx, devfn: number, id: number, header: number, line: number): Steps<PciDev> {
  const classRevision = yield* pci_conf1_read(cx, 0, devfn, PCI.CLASS_REVISION, 4);
  const capabilities = yield* readCapabilities(cx, devfn);
  const bars = header === 0 ? yield* readBars(cx, devfn) : [];
  const subsystem = yield* pci_conf1_read(cx, 0, devfn, PCI.SUBSYSTEM_VENDOR_ID, 4);
  const pin = yield* pci_conf1_read(cx, 0, devfn, PCI.INTERRUPT_PIN, 1);
  return {
    bus: 0,
    devfn,
    vendor: id & 0xffff,
    device: id >>> 16,
    class: classRevision >>> 8,
    revision: classRevision & 0xff,
    subsystem_vendor: subsystem & 0xffff,
    subsystem_device: subsystem >>> 16,
    bars,
    capabilities,
    irq: pin === 0 ? 0 : line,
    msix: [],
    msixTable: 0,
  };
}

/** `pci_read_bases`: decoding is off while the registers hold ones. */
function* readBars(cx: GuestCx, devfn: number): Steps<(PciBar | undefined)[]> {
  const dev = { bus: 0, devfn };
  const command = yield* readWord(cx, dev, PCI.COMMAND);
  const decoding = command & (PCI_COMMAND.IO | PCI_COMMAND.MEMORY);
  if (decoding !== 0) {
    yield* writeWord(cx, dev, PCI.COMMAND, command & ~decoding);
  }
  const bars: (PciBar | undefined)[] = [];
  for (let index = 0; index < BARS; index++) {
    const [bar, registers] = yield* readBar(cx, devfn, PCI.BASE_ADDRESS_0 + 4 * index);
    bars.push(bar);
    if (registers === 2) {
      bars.push(undefined);
      index++;
    }
  }
  if (decoding !== 0) {
    yield* writeWord(cx, dev, PCI.COMMAND, command);
  }
  return bars;
}

/** The value of one register, and its mask: what stays when ones are written. */
function* sizeRegister(cx: GuestCx, devfn: number, register: number): Steps<readonly [number, number]> {
  const before = yield* pci_conf1_read(cx, 0, devfn, register, 4);
  yield* pci_conf1_write(cx, 0, devfn, register, 4, 0xffffffff);
  const mask = yield* pci_conf1_read(cx, 0, devfn, register, 4);
  yield* pci_conf1_write(cx, 0, devfn, register, 4, before);
  return [before, mask === 0xffffffff ? 0 : mask];
}

function* readBar(cx: GuestCx, devfn: number, register: number): Steps<readonly [PciBar | undefined, number]> {
  const [low, mask] = yield* sizeRegister(cx, devfn, register);
  const io = (low & 1) !== 0;
  const wide = !io && (low & 6) === 4;
  const [high] = wide ? yield* sizeRegister(cx, devfn, register + 4) : [0];
  const registers = wide ? 2 : 1;
  if (mask === 0) {
    return [undefined, registers];
  }
  const keep = io ? 0xfffc : 0xfffffff0;
  const size = io ? (~mask & keep) + 4 : ((~mask & keep) >>> 0) + 16;
  return [{ io, address: ((low & keep) >>> 0) + high * 0x100000000, size }, registers];
}

/** All capabilities, in the order of the list; 48 at most, as the kernel's own guard has it. */
function* readCapabilities(cx: GuestCx, devfn: number): Steps<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  let at = (yield* pci_conf1_read(cx, 0, devfn, PCI.CAPABILITY_LIST, 1)) & 0xfc;
  for (let left = 48; left > 0 && at >= 0x40; left--) {
    const entry = yield* pci_conf1_read(cx, 0, devfn, at, 2);
    const id = entry & 0xff;
    if (id === 0xff) {
      break;
    }
    found.set(id, [...(found.get(id) ?? []), at]);
    at = (entry >>> 8) & 0xfc;
  }
  return found;
}
