import type { GuestCx, Steps } from '../task.ts';
import { common_interrupt } from './irq.ts';

/** Linux's vector of the local APIC timer (arch/x86/include/asm/irq_vectors.h, LOCAL_TIMER_VECTOR). */
export const LOCAL_TIMER_VECTOR = 0xec;

/**
 * Takes all pending interrupts that the interrupt flag lets in, on the stack of whatever runs: what the processor does at
 * an instruction boundary. The flag is off inside, and on again after `iret`.
 */
export function* takeInterrupts(cx: GuestCx): Steps<void> {
  const cpu = cx.world.cpu;
  while (cpu.interruptFlag.value !== 0) {
    const taken = cpu.acceptInterrupt();
    if (taken === undefined) {
      return;
    }
    cpu.interruptFlag.value = 0;
    const irqCx = cx.as(cx.world, cpu.irqContext);
    irqCx.arrive(taken.hop);
    if (taken.vector === LOCAL_TIMER_VECTOR) {
      cx.world.kernel.timers.expire(irqCx);
    } else {
      yield* common_interrupt(irqCx, taken.vector);
    }
    cpu.interruptFlag.value = 1;
  }
}
