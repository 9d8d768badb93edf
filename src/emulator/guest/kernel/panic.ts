import { utf8 } from '../../../base/bytes.ts';
import { blockingStage, linuxFile } from '../../stage.ts';
import { machine_emergency_restart } from '../arch/reboot.ts';
import { cpu_relax_until, local_irq_save } from '../locks.ts';
import type { GuestCx, Steps } from '../task.ts';
import { vprintk_emit } from './printk.ts';

const reboot = linuxFile('guest-kernel', 'kernel/reboot.c');
const file = linuxFile('guest-kernel', 'kernel/panic.c');

/** Restarts without bringing anything down (kernel/reboot.c). */
const emergency_restart = blockingStage(reboot, 'emergency_restart', function* (cx: GuestCx): Steps<void> {
  yield* machine_emergency_restart(cx);
});

/** The kernel gives up: no interrupts any more, a last message, and a restart where `panic=` asks for one (kernel/panic.c). */
export const panic = blockingStage(file, 'panic', function* (cx: GuestCx, message: string): Steps<void> {
  local_irq_save(cx);
  yield* vprintk_emit(cx, utf8(`Kernel panic - not syncing: ${message}`));
  if (cx.world.kernel.panicTimeout !== 0) {
    yield* emergency_restart(cx);
  }
  yield* cpu_relax_until(cx, 'mdelay', () => false);
});
