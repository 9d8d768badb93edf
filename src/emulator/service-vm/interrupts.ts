import type { Cell } from '../cell.ts';
import { Cx } from '../cx.ts';
import { type Suspend, Thread, WaitQueue } from '../scheduler.ts';
import { untilOops } from './threads.ts';
import { HYPERVISOR_CALLBACK_VECTOR } from './uapi_acrn.ts';
import type { ServiceVm, SvCx } from './world.ts';

/**
 * Interrupts of the Service VM's vCPU 0: its local APIC keeps a vector in IRR until the processor takes it, so a second
 * one of the same vector before that is the same interrupt. The processor takes it when the scheduler lets it.
 */
export class InterruptLine {
  readonly #world: ServiceVm;
  readonly #irr: Cell;
  readonly #taken: Cell;
  readonly #pending: { readonly vector: number; readonly hop: number }[] = [];
  readonly #queue = new WaitQueue('Service VM vCPU 0 IRR');

  constructor(world: ServiceVm) {
    this.#world = world;
    this.#irr = world.cells.hex('vcpu0.lapic.irr');
    this.#taken = world.cells.number('vcpu0.upcalls');
  }

  /** The processor starts to take interrupts. */
  start(): void {
    const { recorder, scheduler } = this.#world;
    const strand = recorder.strand('Service VM vCPU 0 interrupts');
    const name = 'Service VM vCPU 0 (BSP), hard IRQ, vector 0xF3';
    const cx: SvCx = new Cx(this.#world, recorder, strand, recorder.context('service-vm-kernel', name));
    scheduler.spawn(new Thread(strand.name, strand, untilOops(cx, this.#take(cx))));
  }

  /** `vector` is requested; `hop` is why. */
  raise(vector: number, hop: number): void {
    if (this.#pending.some((one) => one.vector === vector)) {
      return;
    }
    this.#pending.push({ vector, hop });
    this.#irr.value = vector;
    this.#world.scheduler.wake(this.#queue, -1);
  }

  *#take(cx: SvCx): Generator<Suspend, void, unknown> {
    for (;;) {
      const next = this.#pending.shift();
      if (next === undefined) {
        yield this.#queue;
        continue;
      }
      this.#irr.value = this.#pending[0]?.vector ?? 0;
      if (!this.#isLost(cx)) {
        this.#enter(cx, next.vector, next.hop);
      }
    }
  }

  /** Whether the scenario loses this interrupt; interrupts are counted only where it may. */
  #isLost(cx: SvCx): boolean {
    const lost = cx.world.faults.loseUpcalls;
    if (lost === undefined) {
      return false;
    }
    this.#taken.value++;
    return lost.includes(this.#taken.value - 1);
  }

  #enter(cx: SvCx, vector: number, hop: number): void {
    const gate = cx.world.idtHypervisorCallback.value;
    if (vector !== HYPERVISOR_CALLBACK_VECTOR || gate === undefined) {
      cx.log('warning', 'sv-irq-unhandled', { vector });
      return;
    }
    cx.arrive(hop);
    gate(cx);
  }
}
