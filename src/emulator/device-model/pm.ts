import { acrnFile, stage } from '../stage.ts';
import { type InoutHandler, type InoutPort, IOPORT_F_INOUT, type PortValue } from './inout.ts';
import { pr_notice } from './log.ts';
import { mevent_notify } from './mevent.ts';
import type { DmCx } from './process.ts';
import { vm_suspend } from './suspend.ts';
import { VM_SUSPEND } from './vmmapi.ts';

const file = acrnFile('device-model', 'devicemodel/arch/x86/pm.c');

const FULL_RESET = 0x8;
const SYSTEM_RESET = 0x4;

/** arch/x86/pm.c: the reset control register: bit 3 makes the VM anew, bit 2 alone resets it; -1 for any other size. */
const reset_handler: InoutHandler = stage(
  file,
  'reset_handler',
  (cx: DmCx, _vcpu: number, isIn: boolean, _port: number, bytes: number, eax: PortValue): number => {
    const control = cx.world.main.reset_control;
    if (bytes !== 1) {
      return -1;
    }
    if (isIn) {
      eax.value = control.value;
      return 0;
    }
    control.value = eax.value % 256;
    if ((eax.value & FULL_RESET) !== 0) {
      pr_notice(cx, 'full-reset');
      vm_suspend(cx, VM_SUSPEND.FULL_RESET);
      mevent_notify(cx);
      control.value = 0;
    } else if ((eax.value & SYSTEM_RESET) !== 0) {
      pr_notice(cx, 'system-reset');
      vm_suspend(cx, VM_SUSPEND.SYSTEM_RESET);
      mevent_notify(cx);
    }
    return 0;
  },
);

/** arch/x86/pm.c, INOUT_PORT(reset_reg, ...). */
export const reset_reg: InoutPort = {
  name: 'reset_reg',
  port: 0xcf9,
  size: 1,
  flags: IOPORT_F_INOUT,
  handler: reset_handler,
  arg: undefined,
};
