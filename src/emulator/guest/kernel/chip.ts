import { blockingStage, linuxFile } from '../../stage.ts';
import { apic_eoi } from '../arch/exits.ts';
import type { GuestCx, Steps } from '../task.ts';
import { handle_irq_event, irqInProgress, isPending, markPending } from './handle.ts';
import type { IrqDesc } from './irqdesc.ts';

const file = linuxFile('guest-kernel', 'kernel/irq/chip.c');

/** Flow of an edge-triggered interrupt: what comes while the handlers run makes them run once more. */
export const handle_edge_irq = blockingStage(
  file,
  'handle_edge_irq',
  function* (cx: GuestCx, desc: IrqDesc): Steps<void> {
    if (irqInProgress(desc) || desc.actions.length === 0) {
      markPending(desc);
      return;
    }
    do {
      yield* handle_irq_event(cx, desc);
    } while (isPending(desc));
  },
);

/** Flow of a level-triggered interrupt of the I/O APIC: handlers first, then the end-of-interrupt. */
export const handle_fasteoi_irq = blockingStage(
  file,
  'handle_fasteoi_irq',
  function* (cx: GuestCx, desc: IrqDesc): Steps<void> {
    if (irqInProgress(desc) || desc.actions.length === 0) {
      markPending(desc);
      return;
    }
    yield* handle_irq_event(cx, desc);
    yield* apic_eoi(cx, desc.vector.value);
  },
);
