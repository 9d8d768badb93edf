import { ERRNO } from '../../boundaries.ts';
import { linuxFile, stage } from '../../stage.ts';
import { acrn_setup_intr_handler } from '../acrn.ts';
import type { HsmVm } from '../hsm_vm.ts';
import { hcall_set_ioreq_buffer } from '../hypercall.ts';
import type { SvCx } from '../world.ts';
import { acrn_ioreq_client_destroy } from './client.ts';
import { ioreq_dispatcher, ioreq_intr_handler } from './dispatch.ts';

/* Twin of drivers/virt/acrn/ioreq.c, part 4: set-up and end. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/ioreq.c');

const PAGE = 4096;

/** Arms the upcall, then makes the workqueue that it needs (ioreq.c, acrn_ioreq_intr_setup). */
export const acrn_ioreq_intr_setup = stage(file, 'acrn_ioreq_intr_setup', (cx: SvCx): number => {
  const world = cx.world;
  cx.via('fptr_bind', 'acrn_setup_intr_handler');
  acrn_setup_intr_handler(cx, ioreq_intr_handler);
  world.ioreq_work.func.value = ioreq_dispatcher;
  world.ioreq_wq.start(
    world,
    'Service VM, kworker of ordered WQ "ioreq_wq" (WQ_HIGHPRI|WQ_MEM_RECLAIM)',
    world.faults.delayIoreqWork ?? 0,
  );
  world.ioreqWqAllocated.value = 1;
  return 0;
});

/** Pins acrn-dm's page and hands it to the hypervisor (ioreq.c, acrn_ioreq_init). */
export const acrn_ioreq_init = stage(file, 'acrn_ioreq_init', (cx: SvCx, vm: HsmVm, address: number): number => {
  const { heap, ram } = cx.world;
  const page = address - (address % PAGE);
  if (vm.ioreq_buf.value !== 0) {
    return -ERRNO.EEXIST;
  }
  if (!ram.holds(page, PAGE)) {
    cx.log('error', 'sv-ioreq-page-unpinned', { page });
    return -ERRNO.EFAULT;
  }
  vm.ioreq_buf.value = page;
  const buffer = new Uint8Array(8);
  new DataView(buffer.buffer).setUint32(0, page, true);
  const setBuffer = heap.duplicate(buffer);
  const ret = hcall_set_ioreq_buffer(cx, vm.vmid.value, setBuffer);
  heap.release(setBuffer, buffer.length);
  if (ret < 0) {
    cx.log('error', 'sv-ioreq-buffer-refused', { ret });
    vm.ioreq_buf.value = 0;
    return ret;
  }
  return 0;
});

/** Ends all clients of a VM and forgets its page (ioreq.c, acrn_ioreq_deinit). */
export const acrn_ioreq_deinit = stage(file, 'acrn_ioreq_deinit', (cx: SvCx, vm: HsmVm) => {
  for (const client of [...vm.ioreq_clients]) {
    acrn_ioreq_client_destroy(cx, client);
  }
  if (vm.default_client !== undefined) {
    acrn_ioreq_client_destroy(cx, vm.default_client);
  }
  vm.ioreq_buf.value = 0;
});
