import type { Cell, PointerCell } from '../cell.ts';
import type { Suspend } from '../scheduler.ts';
import type { Blocking, Stage } from '../stage.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { Hv, HvCx } from './world.ts';

/** `accept_intr` of `struct acrn_apicv_ops` (vlapic.h). */
export type AcceptIntr = ((cx: HvCx, vcpu: Vcpu, vector: number, level: boolean) => void) & Stage;

/** `inject_intr` of `struct acrn_apicv_ops`. */
export type InjectIntr = ((cx: HvCx, vcpu: Vcpu, guestIrqEnabled: boolean, injected: boolean) => void) & Stage;

/** An entry of `dispatch_table` (vmexit.c). */
export type ExitHandler = ((cx: HvCx, vcpu: Vcpu) => Blocking<number, Suspend>) & Stage;

/** `struct acrn_vlapic` and the posted-interrupt descriptor of its vCPU. */
export class AcrnVlapic {
  /** `vapic_id`: the local APIC id that the guest sees. */
  readonly vapic_id: number;
  readonly svr: Cell;
  readonly ldr: Cell;
  readonly dfr: Cell;
  readonly esr_pending: Cell;
  readonly lvtTimer: Cell;
  /** Trigger mode register, 8 words of 32 vectors. */
  readonly tmr: readonly Cell[];
  /** `pid.pir`, as 8 words of 32 vectors. */
  readonly pir: readonly Cell[];
  /** `pid.control` bit POSTED_INTR_ON: a notification is under way. */
  readonly on: Cell;
  /** `vlapic->ops->accept_intr` and `->inject_intr`. */
  readonly accept_intr: PointerCell<AcceptIntr>;
  readonly inject_intr: PointerCell<InjectIntr>;

  constructor(hv: Hv, path: string, vapic_id: number) {
    this.vapic_id = vapic_id;
    this.svr = hv.cells.hex(`${path}.svr`, 0xff);
    this.ldr = hv.cells.hex(`${path}.ldr`);
    this.dfr = hv.cells.hex(`${path}.dfr`, 0xffff_ffff);
    this.esr_pending = hv.cells.hex(`${path}.esr_pending`);
    this.lvtTimer = hv.cells.hex(`${path}.lvt[APIC_LVT_TIMER]`);
    this.tmr = words(hv, `${path}.tmr`);
    this.pir = words(hv, `${path}.pid.pir`);
    this.on = hv.cells.number(`${path}.pid.on`);
    this.accept_intr = hv.cells.pointer(`${path}.ops->accept_intr`);
    this.inject_intr = hv.cells.pointer(`${path}.ops->inject_intr`);
  }
}

function words(hv: Hv, path: string): readonly Cell[] {
  return Array.from({ length: 8 }, (_, word) => hv.cells.hex(`${path}[${word}]`));
}

/** Sets bit `vector` of eight words; says whether it was set before (`bitmap_test_and_set_lock`). */
export function testAndSet(bits: readonly Cell[], vector: number): boolean {
  const word = bits[vector >> 5];
  if (word === undefined) {
    return false;
  }
  const mask = (1 << (vector & 31)) >>> 0;
  const set = (word.value & mask) !== 0;
  word.value = (word.value | mask) >>> 0;
  return set;
}

/** Clears bit `vector` of eight words; says whether it was set before. */
export function testAndClear(bits: readonly Cell[], vector: number): boolean {
  const word = bits[vector >> 5];
  if (word === undefined) {
    return false;
  }
  const mask = (1 << (vector & 31)) >>> 0;
  const set = (word.value & mask) !== 0;
  word.value = (word.value & ~mask) >>> 0;
  return set;
}
