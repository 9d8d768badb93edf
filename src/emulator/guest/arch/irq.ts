import { blockingStage, linuxFile } from '../../stage.ts';
import type { IrqDesc } from '../kernel/irqdesc.ts';
import { generic_handle_irq_desc } from '../kernel/irqdesc.ts';
import type { GuestCx, Steps } from '../task.ts';

const file = linuxFile('guest-kernel', 'arch/x86/kernel/irq.c');

const handle_irq = blockingStage(file, 'handle_irq', function* (cx: GuestCx, desc: IrqDesc): Steps<void> {
  yield* generic_handle_irq_desc(cx, desc);
});

const call_irq_handler = blockingStage(
  file,
  'call_irq_handler',
  function* (cx: GuestCx, vector: number): Steps<boolean> {
    const desc = cx.world.kernel.irqs.descOfVector(cx.world.cpu.id, vector);
    if (desc === undefined) {
      cx.log('error', 'guest-no-irq-handler', { cpu: cx.world.cpu.id, vector });
      return false;
    }
    yield* handle_irq(cx, desc);
    return true;
  },
);

/** Entry of all device interrupts (arch/x86/kernel/irq.c). */
export const common_interrupt = blockingStage(
  file,
  'DEFINE_IDTENTRY_IRQ(common_interrupt)',
  function* (cx: GuestCx, vector: number): Steps<void> {
    yield* call_irq_handler(cx, vector);
  },
);
