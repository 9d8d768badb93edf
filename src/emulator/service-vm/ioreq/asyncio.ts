import type { Gpa } from '../../../base/brand.ts';
import { ERRNO } from '../../boundaries.ts';
import { linuxFile, stage } from '../../stage.ts';
import { eventfd_signal } from '../eventfd.ts';
import type { HsmVm } from '../hsm_vm.ts';
import { hcall_setup_sbuf } from '../hypercall.ts';
import type { SvCx } from '../world.ts';

/*
 * Asyncio as ACRN's own kernel has it (projectacrn/acrn-kernel, drivers/virt/acrn/ioreq.c and sbuf.c). Mainline Linux has
 * none of it: it runs only where a scenario asks "what if".
 */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/ioreq.c');
const sbufFile = linuxFile('service-vm-kernel', 'drivers/virt/acrn/sbuf.c');

const ACRN_ASYNCIO = 64;
const SBUF = { eleSize: 12, head: 16, tail: 20, size: 36, headSize: 64 } as const;

/** Address of the oldest element, 0 where the buffer is empty (sbuf.c, acrn_sbuf_get_data_ptr). */
const acrn_sbuf_get_data_ptr = stage(sbufFile, 'acrn_sbuf_get_data_ptr', (cx: SvCx, sbuf: number): number => {
  const { ram } = cx.world;
  const head = ram.read32((sbuf + SBUF.head) as Gpa);
  return head === ram.read32((sbuf + SBUF.tail) as Gpa) ? 0 : sbuf + SBUF.headSize + head;
});

/** Drops the oldest element (sbuf.c, acrn_sbuf_move_next). */
const acrn_sbuf_move_next = stage(sbufFile, 'acrn_sbuf_move_next', (cx: SvCx, sbuf: number) => {
  const { ram } = cx.world;
  const next = ram.read32((sbuf + SBUF.head) as Gpa) + ram.read32((sbuf + SBUF.eleSize) as Gpa);
  const size = ram.read32((sbuf + SBUF.size) as Gpa);
  ram.write32((sbuf + SBUF.head) as Gpa, next >= size ? next - size : next);
});

/**
 * Signals every eventfd that the hypervisor put into the buffer (ioreq.c, acrn_asyncio_dispatch). The elements are
 * addresses of kernel structures, and nothing checks them.
 */
export const acrn_asyncio_dispatch = stage(file, 'acrn_asyncio_dispatch', (cx: SvCx, vm: HsmVm) => {
  const sbuf = vm.asyncio_sbuf.value;
  for (let at = acrn_sbuf_get_data_ptr(cx, sbuf); at !== 0; at = acrn_sbuf_get_data_ptr(cx, sbuf)) {
    const address = cx.world.ram.read64(at as Gpa);
    const eventfd = cx.world.eventfds.get(address);
    if (eventfd === undefined) {
      cx.hazard('sv-asyncio-wild-pointer', { address });
    } else {
      eventfd_signal(cx, eventfd);
    }
    acrn_sbuf_move_next(cx, sbuf);
  }
});

/** Hands the page at `base` to the hypervisor as asyncio's buffer (sbuf.c, acrn_sbuf_setup). */
export const acrn_asyncio_setup = stage(sbufFile, 'acrn_sbuf_setup', (cx: SvCx, vm: HsmVm, base: number): number => {
  const { heap, ram } = cx.world;
  if (!ram.holds(base, 4096)) {
    return -ERRNO.EFAULT;
  }
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, ACRN_ASYNCIO, true);
  view.setUint32(8, base, true);
  const param = heap.duplicate(bytes);
  const ret = hcall_setup_sbuf(cx, vm.vmid.value, param);
  heap.release(param, bytes.length);
  if (ret >= 0) {
    vm.asyncio_sbuf.value = base;
  }
  return ret;
});
