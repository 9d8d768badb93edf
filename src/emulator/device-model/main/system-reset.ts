import type { Suspend } from '../../scheduler.ts';
import { acrnFile, blockingStage, stage } from '../../stage.ts';
import { ioapic_deinit, ioapic_init } from '../ioapic.ts';
import { iothread_deinit } from '../iothread.ts';
import { pci_irq_deinit, pci_irq_init } from '../irq.ts';
import { pr_info } from '../log.ts';
import { deinit_pci, init_pci } from '../pci-core/init.ts';
import type { DmCx } from '../process.ts';
import {
  VM_SUSPEND,
  vm_clear_ioreq,
  vm_pause,
  vm_reset,
  vm_run,
  vm_set_suspend_mode,
  vm_set_vcpu_regs,
} from '../vmmapi.ts';

const file = acrnFile('device-model', 'devicemodel/core/main.c');

/** core/main.c: every device is taken down and made again, on whichever thread this is; nobody looks at the result. */
const vm_reset_vdevs = stage(file, 'vm_reset_vdevs', (cx: DmCx): void => {
  deinit_pci(cx);
  pci_irq_deinit(cx);
  ioapic_deinit(cx);
  iothread_deinit(cx);
  pci_irq_init(cx);
  ioapic_init(cx);
  cx.world.cells.renew();
  init_pci(cx);
});

/** core/main.c: resets the VM without leaving the loops of the process; runs on the thread that serves I/O requests. */
export const vm_system_reset = blockingStage(file, 'vm_system_reset', function* (cx: DmCx): Generator<
  Suspend,
  void,
  unknown
> {
  vm_pause(cx);
  yield* vm_clear_ioreq(cx);
  vm_reset_vdevs(cx);
  vm_reset(cx);
  pr_info(cx, 'vm-state-setting', { state: VM_SUSPEND.NONE });
  vm_set_suspend_mode(cx, VM_SUSPEND.NONE);
  vm_set_vcpu_regs(cx);
  vm_run(cx);
});
