import type { Cell } from '../cell.ts';
import { acrnFile, stage } from '../stage.ts';
import { IOREQ_DIR } from './acrn_common.ts';
import { register_mmio_emulation_handler } from './io_req/emulate.ts';
import type { Vcpu } from './vcpu_types.ts';
import { vlapic_receive_intr } from './vlapic.ts';
import type { AcrnVm, MmioHandler } from './vm_types.ts';
import type { Hv, HvCx } from './world.ts';

/* Twin of hypervisor/dm/vioapic.c: the I/O APIC of a User VM, which INTx goes through. */

const file = acrnFile('hypervisor', 'hypervisor/dm/vioapic.c');

const PINS = 24;
const BASE = 0xfec0_0000;
const SIZE = 0x1000;
const VERSION = 0x11;
const REGSEL = 0;
const WINDOW = 0x10;
const REDTBL = 0x10;

/** Bits in the low half of a redirection table entry. */
const RTE = {
  deliveryStatus: 1 << 12,
  polarityLow: 1 << 13,
  remoteIrr: 1 << 14,
  level: 1 << 15,
  mask: 1 << 16,
} as const;
const READ_ONLY = RTE.remoteIrr | RTE.deliveryStatus;

/** `GSI_SET_HIGH` and its family: levels that an operation drives, in order (acrn_common.h). */
const OPERATIONS: readonly (readonly number[])[] = [[1], [0], [1, 0], [0, 1]];

/** `struct acrn_single_vioapic`. */
export class Vioapic {
  readonly ioregsel: Cell;
  readonly id: Cell;
  readonly pin_state: Cell;
  readonly low: readonly Cell[];
  readonly high: readonly Cell[];

  constructor(hv: Hv, vmId: number) {
    const path = `vm${vmId}.vioapic`;
    const pins = Array.from({ length: PINS }, (_, pin) => pin);
    this.ioregsel = hv.cells.hex(`${path}.ioregsel`);
    this.id = hv.cells.number(`${path}.chipinfo.id`);
    this.pin_state = hv.cells.hex(`${path}.pin_state`);
    this.low = pins.map((pin) => hv.cells.hex(`${path}.rtbl[${pin}].lo_32`, RTE.mask));
    this.high = pins.map((pin) => hv.cells.hex(`${path}.rtbl[${pin}].hi_32`));
  }
}

/** GSIs of a User VM (vioapic.c, get_vm_gsicount). */
export const get_vm_gsicount = (_vm: AcrnVm): number => PINS;

/** Sends what the pin's entry says, unless masked or not yet acknowledged (vioapic.c, vioapic_generate_intr). */
const vioapic_generate_intr = stage(file, 'vioapic_generate_intr', (cx: HvCx, vm: AcrnVm, pin: number) => {
  const low = vm.vioapic?.low[pin];
  if (low === undefined || (low.value & RTE.mask) !== 0) {
    return;
  }
  const level = (low.value & RTE.level) !== 0;
  if (level && (low.value & RTE.remoteIrr) !== 0) {
    return;
  }
  if (level) {
    low.value |= RTE.remoteIrr;
  }
  const dest = (vm.vioapic?.high[pin]?.value ?? 0) >>> 24;
  const phys = (low.value & (1 << 11)) === 0;
  vlapic_receive_intr(cx, vm, level, dest, phys, (low.value >>> 8) & 7, low.value & 0xff, false);
});

/** Drives a pin to `level`; its active edge sends an interrupt (vioapic.c, vioapic_set_pinstate). */
const vioapic_set_pinstate = stage(file, 'vioapic_set_pinstate', (cx: HvCx, vm: AcrnVm, pin: number, level: number) => {
  const low = vm.vioapic?.low[pin];
  if (vm.vioapic === undefined || low === undefined) {
    return;
  }
  const { pin_state } = vm.vioapic;
  const before = (pin_state.value >>> pin) & 1;
  pin_state.value = level === 0 ? pin_state.value & ~(1 << pin) : pin_state.value | (1 << pin);
  const active = (low.value & RTE.polarityLow) !== 0 ? 0 : 1;
  if (level === active && before !== level) {
    vioapic_generate_intr(cx, vm, pin);
  }
});

/** Carries an operation on a GSI out (vioapic.c, vioapic_set_irqline_nolock). */
const vioapic_set_irqline_nolock = stage(
  file,
  'vioapic_set_irqline_nolock',
  (cx: HvCx, vm: AcrnVm, gsi: number, operation: number) => {
    for (const level of OPERATIONS[operation] ?? []) {
      vioapic_set_pinstate(cx, vm, gsi, level);
    }
  },
);

/** The same under the controller's lock (vioapic.c, vioapic_set_irqline_lock). */
export const vioapic_set_irqline_lock = stage(
  file,
  'vioapic_set_irqline_lock',
  (cx: HvCx, vm: AcrnVm, gsi: number, operation: number) => vioapic_set_irqline_nolock(cx, vm, gsi, operation),
);

/** Whether the pin's level asks for an interrupt (vioapic.c, vioapic_need_intr). */
function vioapic_need_intr(vioapic: Vioapic, pin: number): boolean {
  const active = ((vioapic.low[pin]?.value ?? 0) & RTE.polarityLow) !== 0 ? 0 : 1;
  return ((vioapic.pin_state.value >>> pin) & 1) === active;
}

/** Value of the register that the index selects (vioapic.c, vioapic_indirect_read). */
function vioapic_indirect_read(vioapic: Vioapic): number {
  const register = vioapic.ioregsel.value;
  if (register === 1) {
    return ((PINS - 1) << 16) | VERSION;
  }
  if (register >= REDTBL && register < REDTBL + 2 * PINS) {
    const half = (register & 1) === 0 ? vioapic.low : vioapic.high;
    return half[(register - REDTBL) >> 1]?.value ?? 0;
  }
  return register === 0 || register === 2 ? vioapic.id.value << 24 : 0;
}

/** Stores a half of a redirection table entry; a pin that is active and unmasked by it fires (vioapic_indirect_write). */
const vioapic_indirect_write = stage(file, 'vioapic_indirect_write', (cx: HvCx, vm: AcrnVm, data: number) => {
  const vioapic = vm.vioapic;
  const register = vioapic?.ioregsel.value ?? 0;
  if (vioapic === undefined || register >= REDTBL + 2 * PINS) {
    return;
  }
  if (register < REDTBL) {
    vioapic.id.value = register === 0 ? (data >>> 24) & 0xf : vioapic.id.value;
    return;
  }
  const pin = (register - REDTBL) >> 1;
  const low = vioapic.low[pin];
  const high = vioapic.high[pin];
  if (low === undefined || high === undefined) {
    return;
  }
  if ((register & 1) === 1) {
    high.value = data >>> 0;
  } else {
    low.value = ((low.value & READ_ONLY) | (data & ~READ_ONLY)) >>> 0;
  }
  if ((low.value & RTE.level) === 0) {
    low.value = (low.value & ~RTE.remoteIrr) >>> 0;
  }
  if ((low.value & (RTE.mask | RTE.remoteIrr)) === 0 && vioapic_need_intr(vioapic, pin)) {
    vioapic_generate_intr(cx, vm, pin);
  }
});

/** The controller's two registers in memory (vioapic.c, vioapic_mmio_access_handler and vioapic_mmio_rw). */
const vioapic_mmio_access_handler: MmioHandler = stage(
  file,
  'vioapic_mmio_access_handler',
  (cx: HvCx, vcpu: Vcpu): number => {
    const { req, vm } = vcpu;
    const offset = req.address.value - BASE;
    const vioapic = vm.vioapic;
    if (vioapic === undefined || req.size.value !== 4) {
      return 0;
    }
    if (req.direction.value === IOREQ_DIR.READ) {
      const values: Readonly<Record<number, () => number>> = {
        [REGSEL]: () => vioapic.ioregsel.value,
        [WINDOW]: () => vioapic_indirect_read(vioapic),
      };
      req.value.value = values[offset]?.() ?? 0xffff_ffff;
    } else if (offset === REGSEL) {
      vioapic.ioregsel.value = req.value.value & 0xff;
    } else if (offset === WINDOW) {
      vioapic_indirect_write(cx, vm, req.value.value % 0x1_0000_0000);
    }
    return 0;
  },
);

/** The guest acknowledged a level-triggered vector (vioapic.c, vioapic_broadcast_eoi and vioapic_process_eoi). */
export const vioapic_broadcast_eoi = stage(file, 'vioapic_broadcast_eoi', (cx: HvCx, vm: AcrnVm, vector: number) => {
  for (let pin = 0; pin < PINS; pin++) {
    const low = vm.vioapic?.low[pin];
    if (vm.vioapic === undefined || low === undefined) {
      return;
    }
    if ((low.value & 0xff) !== vector || (low.value & RTE.remoteIrr) === 0) {
      continue;
    }
    low.value = (low.value & ~RTE.remoteIrr) >>> 0;
    if (vioapic_need_intr(vm.vioapic, pin)) {
      vioapic_generate_intr(cx, vm, pin);
    }
  }
});

/** All pins masked, index and id 0 (vioapic.c, reset_one_vioapic). */
const reset_one_vioapic = stage(file, 'reset_one_vioapic', (_cx: HvCx, vm: AcrnVm) => {
  if (vm.vioapic === undefined) {
    return;
  }
  vm.vioapic.id.value = 0;
  vm.vioapic.ioregsel.value = 0;
  for (let pin = 0; pin < PINS; pin++) {
    setEntry(vm.vioapic, pin, RTE.mask, RTE.mask);
  }
});

function setEntry(vioapic: Vioapic, pin: number, low: number, high: number): void {
  const lowCell = vioapic.low[pin];
  const highCell = vioapic.high[pin];
  if (lowCell !== undefined && highCell !== undefined) {
    lowCell.value = low;
    highCell.value = high;
  }
}

/** The one controller that a User VM has (vioapic.c, reset_vioapics). */
export const reset_vioapics = stage(file, 'reset_vioapics', (cx: HvCx, vm: AcrnVm) => {
  reset_one_vioapic(cx, vm);
});

/** Gives a User VM its controller (vioapic.c, vioapic_init). */
export const vioapic_init = stage(file, 'vioapic_init', (cx: HvCx, vm: AcrnVm) => {
  reset_one_vioapic(cx, vm);
  register_mmio_emulation_handler(cx, vm, vioapic_mmio_access_handler, BASE, BASE + SIZE);
});
