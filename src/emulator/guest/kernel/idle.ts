import { EXIT_REASON } from '../../boundaries.ts';
import { blockingStage, linuxFile } from '../../stage.ts';
import { leaveGuest } from '../arch/exits.ts';
import { takeInterrupts } from '../arch/irq_entry.ts';
import { cpu_relax_until } from '../locks.ts';
import { type GuestCx, SCHEDULE, type Steps } from '../task.ts';

const file = linuxFile('guest-kernel', 'kernel/sched/idle.c');
const irqflags = linuxFile('guest-kernel', 'arch/x86/include/asm/irqflags.h');

/** STI; HLT: leaves the guest until an interrupt comes, unless one waits already. */
const native_safe_halt = blockingStage(irqflags, 'native_safe_halt', function* (cx: GuestCx): Steps<void> {
  const { cpu } = cx.world;
  cpu.interruptFlag.value = 1;
  if (cpu.interruptPending) {
    yield* takeInterrupts(cx);
    return;
  }
  cpu.vmcs.exitReason = EXIT_REASON.hlt;
  cpu.vmcs.exitQualification = 0;
  cpu.vmcs.instructionLength = 1;
  cpu.activity.value = 1;
  yield* leaveGuest(cx, 'volatile');
});

/** The architecture's idle routine (`arch_cpu_idle`, arch/x86/kernel/process.c) lies between: STI; HLT is what it does. */
const default_idle_call = blockingStage(file, 'default_idle_call', function* (cx: GuestCx): Steps<void> {
  yield* native_safe_halt(cx);
});

/** No cpuidle driver is loaded in a guest without MWAIT. */
const cpuidle_idle_call = blockingStage(file, 'cpuidle_idle_call', function* (cx: GuestCx): Steps<void> {
  yield* default_idle_call(cx);
});

const do_idle = blockingStage(file, 'do_idle', function* (cx: GuestCx): Steps<void> {
  const { cpu, kernel } = cx.world;
  while (cpu.runQueue.length === 0) {
    if (kernel.settle(cx)) {
      // To halt here would be for good: nothing wakes this processor once the other one has taken its interrupt.
      yield* cpu_relax_until(cx, 'cpu_relax', () => !kernel.settle(cx) || cpu.runQueue.length > 0);
    }
    if (cpu.runQueue.length === 0) {
      yield* cpuidle_idle_call(cx);
    }
  }
});

/** Body of an idle task. A secondary processor that has work to do first waits for user space to be up. */
export function* cpu_startup_entry(cx: GuestCx): Steps<void> {
  const { cpu, kernel } = cx.world;
  if (cpu.id !== 0 && kernel.hasActions(cpu.id)) {
    yield* cpu_relax_until(cx, 'cpu_relax', () => kernel.userSpace.value !== 0 || cpu.runQueue.length > 0);
  }
  for (;;) {
    yield* do_idle(cx);
    yield SCHEDULE;
  }
}
