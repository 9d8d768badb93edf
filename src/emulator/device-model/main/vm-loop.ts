import { COST } from '../../costs.ts';
import type { Suspend } from '../../scheduler.ts';
import { acrnFile, blockingStage, stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { threadOf } from '../process-end.ts';
import {
  VM_SUSPEND,
  vm_attach_ioreq_client,
  vm_create_ioreq_client,
  vm_get_suspend_mode,
  vm_run,
  vm_set_vcpu_regs,
} from '../vmmapi.ts';
import { ACRN_IOREQ_STATE, IoRequestSlot } from './io-request.ts';
import { vm_system_reset } from './system-reset.ts';
import { handle_vmexit } from './vmexit.ts';

const file = acrnFile('device-model', 'devicemodel/core/main.c');

function scanSlots(cx: DmCx, slots: readonly IoRequestSlot[]): void {
  slots.forEach((slot, vcpu) => {
    if (slot.processed === ACRN_IOREQ_STATE.PROCESSING && slot.kernel_handled === 0) {
      handle_vmexit(cx, slot, vcpu);
    }
  });
}

const vm_loop = blockingStage(file, 'vm_loop', function* (cx: DmCx): Generator<Suspend, void, unknown> {
  const { ctx, main, serviceRam } = cx.world;
  ctx.ioreq_client.value = vm_create_ioreq_client(cx);
  if (ctx.ioreq_client.value < 0) {
    pr_err(cx, 'create-ioreq-client-failed');
    return;
  }
  if (vm_run(cx) !== 0) {
    pr_err(cx, 'run-vm-failed');
    return;
  }
  const slots = Array.from({ length: main.guest_ncpus.value }, (_, vcpu) => new IoRequestSlot(serviceRam, vcpu));
  for (;;) {
    if ((yield* vm_attach_ioreq_client(cx)) !== 0) {
      break;
    }
    scanSlots(cx, slots);
    const mode = vm_get_suspend_mode(cx);
    if (mode === VM_SUSPEND.FULL_RESET || mode === VM_SUSPEND.POWEROFF) {
      break;
    }
    if (mode === VM_SUSPEND.SYSTEM_RESET) {
      yield* vm_system_reset(cx);
    }
  }
  pr_err(cx, 'vm-loop-exit');
});

const start_thread = blockingStage(file, 'start_thread', function* (cx: DmCx): Generator<Suspend, void, unknown> {
  yield* vm_loop(cx);
});

/** core/main.c: one thread, "vcpu 0", for the requests of all vCPUs. */
export const add_cpu = stage(file, 'add_cpu', (cx: DmCx): number => {
  vm_set_vcpu_regs(cx);
  const context = cx.world.context('Service VM, acrn-dm thread "vcpu 0" (vm_loop; the only such thread)');
  const hop = cx.hop('thread_create', 'pthread_create', COST.syscall);
  cx.world.sys.pthreadCreate(
    cx,
    'vcpu 0',
    (kernel) => {
      const own: DmCx = kernel.as(cx.world, context);
      return threadOf(own, start_thread(own));
    },
    hop,
  );
  return 0;
});
