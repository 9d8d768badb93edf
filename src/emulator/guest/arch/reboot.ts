import { blockingStage, linuxFile } from '../../stage.ts';
import { cpu_relax_until } from '../locks.ts';
import type { GuestCx, Steps } from '../task.ts';
import { inb, outb } from './shared-io.ts';

const file = linuxFile('guest-kernel', 'arch/x86/kernel/reboot.c');

/** The reset control register, and what is written there (`reboot=warm`, or not). */
const CF9 = 0xcf9;
const WARM = 0x06;
const COLD = 0x0e;

/** `BOOT_CF9_FORCE` (`reboot=pci`): a request, then the reset itself. ACPI's reset register is the same port. */
const native_machine_emergency_restart = blockingStage(
  file,
  'native_machine_emergency_restart',
  function* (cx: GuestCx): Steps<void> {
    const code = cx.world.kernel.warmReboot ? WARM : COLD;
    const cf9 = (yield* inb(cx, CF9)) & ~code;
    yield* outb(cx, cf9 | 2, CF9);
    yield* outb(cx, cf9 | code, CF9);
    yield* cpu_relax_until(cx, 'mdelay', () => false);
  },
);

/** Restarts the machine at once (arch/x86/kernel/reboot.c). */
export const machine_emergency_restart = blockingStage(
  file,
  'machine_emergency_restart',
  function* (cx: GuestCx): Steps<void> {
    yield* cx.ptr('machine_ops.emergency_restart', native_machine_emergency_restart)(cx);
  },
);
