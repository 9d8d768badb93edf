import { blockingStage, linuxFile } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import { IRQ_NONE, type IrqDesc } from './irqdesc.ts';

const file = linuxFile('guest-kernel', 'kernel/irq/handle.c');
const IRQS_PENDING = 0x200;
const IRQD_IRQ_INPROGRESS = 0x40000;

const __handle_irq_event_percpu = blockingStage(
  file,
  '__handle_irq_event_percpu',
  function* (cx: GuestCx, desc: IrqDesc): Steps<number> {
    let result = IRQ_NONE;
    for (const action of desc.actions) {
      result |= yield* cx.ptr('action->handler', action.handler.value)(cx, desc.irq, action.device);
    }
    return result;
  },
);

const handle_irq_event_percpu = blockingStage(
  file,
  'handle_irq_event_percpu',
  function* (cx: GuestCx, desc: IrqDesc): Steps<number> {
    return yield* __handle_irq_event_percpu(cx, desc);
  },
);

/** Runs the handlers of one interrupt, marked as in progress meanwhile. */
export const handle_irq_event = blockingStage(
  file,
  'handle_irq_event',
  function* (cx: GuestCx, desc: IrqDesc): Steps<number> {
    desc.istate.value = (desc.istate.value & ~IRQS_PENDING) | IRQD_IRQ_INPROGRESS;
    const result = yield* handle_irq_event_percpu(cx, desc);
    desc.istate.value &= ~IRQD_IRQ_INPROGRESS;
    return result;
  },
);

/** Whether the handlers run right now, on whichever processor. */
export const irqInProgress = (desc: IrqDesc): boolean => (desc.istate.value & IRQD_IRQ_INPROGRESS) !== 0;

/** Marks an interrupt that came while its handlers run. */
export const markPending = (desc: IrqDesc): void => {
  desc.istate.value |= IRQS_PENDING;
};

/** Whether one came meanwhile. */
export const isPending = (desc: IrqDesc): boolean => (desc.istate.value & IRQS_PENDING) !== 0;
