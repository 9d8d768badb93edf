import { acrnFile, stage } from '../stage.ts';
import { pr_info } from './log.ts';
import { mevent_notify } from './mevent.ts';
import type { DmCx } from './process.ts';
import { vm_set_suspend_mode } from './vmmapi.ts';

const file = acrnFile('device-model', 'devicemodel/core/vmmapi.c');

/** core/vmmapi.c: the VM goes down as `how` says, once the loops of the process see it. */
export const vm_suspend = stage(file, 'vm_suspend', (cx: DmCx, how: number): void => {
  pr_info(cx, 'vm-state-setting', { state: how });
  vm_set_suspend_mode(cx, how);
  mevent_notify(cx);
});
