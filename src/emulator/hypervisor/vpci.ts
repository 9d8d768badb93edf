import { acrnFile, stage } from '../stage.ts';
import { E, IOREQ_DIR } from './acrn_common.ts';
import { register_mmio_emulation_handler, register_pio_emulation_handler } from './io_req/emulate.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { AcrnVm, IoRead, IoWrite, MmioHandler } from './vm_types.ts';
import type { HvCx } from './world.ts';

/*
 * Twin of hypervisor/dm/vpci/vpci.c for a post-launched VM without passed-through devices: the hypervisor sees every
 * configuration access first, keeps the address register, and lets what belongs to no device of its own go on.
 */

const file = acrnFile('hypervisor', 'hypervisor/dm/vpci/vpci.c');

const PCI_CONFIG_ADDR = 0xcf8;
const PCI_CONFIG_DATA = 0xcfc;
const ENABLE = 0x8000_0000;
const ALL_ONES = 0xffff_ffff;

/** Start of the MMCONFIG window of a User VM (vacpi.h, USER_VM_VIRT_PCI_MMCFG_BASE), and its size for 256 buses. */
const MMCFG = { base: 0xe000_0000, size: 0x1000_0000 } as const;

const isValidAccess = (offset: number, bytes: number): boolean =>
  (bytes === 1 || bytes === 2 || bytes === 4) && (offset & (bytes - 1)) === 0;

/** IN from 0xCF8 (vpci.c, vpci_pio_cfgaddr_read). */
const vpci_pio_cfgaddr_read: IoRead = stage(
  file,
  'vpci_pio_cfgaddr_read',
  (_cx: HvCx, vcpu: Vcpu, port: number, bytes: number): boolean => {
    const whole = port === PCI_CONFIG_ADDR && bytes === 4;
    vcpu.req.setPioValue(whole ? vcpu.vm.pciConfigAddress.value : ALL_ONES);
    return true;
  },
);

/** OUT to 0xCF8: kept, and false, since a post-launched VM's device models live in acrn-dm (vpci_pio_cfgaddr_write). */
const vpci_pio_cfgaddr_write: IoWrite = stage(
  file,
  'vpci_pio_cfgaddr_write',
  (_cx: HvCx, vcpu: Vcpu, port: number, bytes: number, value: number): boolean => {
    if (port !== PCI_CONFIG_ADDR || bytes !== 4) {
      return true;
    }
    vcpu.vm.pciConfigAddress.value = (value & ~0x7f00_0003) >>> 0;
    return !vcpu.vm.isPostLaunched;
  },
);

/** Whether an access to the data port ends here: the address register is used up by every one of them. */
function endsHere(vcpu: Vcpu, port: number, bytes: number): boolean {
  const address = vcpu.vm.pciConfigAddress.value;
  vcpu.vm.pciConfigAddress.value = 0;
  return address < ENABLE || !isValidAccess((address & 0xff) + (port - PCI_CONFIG_DATA), bytes);
}

/** IN from 0xCFC..0xCFF (vpci.c, vpci_pio_cfgdata_read): all ones where the address register is not enabled. */
const vpci_pio_cfgdata_read: IoRead = stage(
  file,
  'vpci_pio_cfgdata_read',
  (_cx: HvCx, vcpu: Vcpu, port: number, bytes: number): boolean => {
    vcpu.req.setPioValue(ALL_ONES);
    return endsHere(vcpu, port, bytes);
  },
);

/** OUT to 0xCFC..0xCFF (vpci.c, vpci_pio_cfgdata_write). */
const vpci_pio_cfgdata_write: IoWrite = stage(
  file,
  'vpci_pio_cfgdata_write',
  (_cx: HvCx, vcpu: Vcpu, port: number, bytes: number): boolean => endsHere(vcpu, port, bytes),
);

/** An access inside the MMCONFIG window: valid ones go on to acrn-dm (vpci.c, vpci_mmio_cfg_access). */
const vpci_mmio_cfg_access: MmioHandler = stage(file, 'vpci_mmio_cfg_access', (_cx: HvCx, vcpu: Vcpu): number => {
  const valid = isValidAccess(vcpu.req.address.value & 0xfff, vcpu.req.size.value);
  if (vcpu.req.direction.value === IOREQ_DIR.READ) {
    vcpu.req.value.value = ALL_ONES;
  }
  return valid ? -E.ENODEV : 0;
});

/** Puts the configuration handlers in place (vpci.c, init_vpci). */
export const init_vpci = stage(file, 'init_vpci', (cx: HvCx, vm: AcrnVm): number => {
  register_mmio_emulation_handler(cx, vm, vpci_mmio_cfg_access, MMCFG.base, MMCFG.base + MMCFG.size);
  register_pio_emulation_handler(cx, vm, PCI_CONFIG_ADDR, 1, vpci_pio_cfgaddr_read, vpci_pio_cfgaddr_write);
  register_pio_emulation_handler(cx, vm, PCI_CONFIG_DATA, 4, vpci_pio_cfgdata_read, vpci_pio_cfgdata_write);
  return 0;
});
