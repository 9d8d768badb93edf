import type { Gpa } from '../../base/brand.ts';
import { acrnFile, stage } from '../stage.ts';
import { ACRN_ASYNCIO, SBUF } from './acrn_common.ts';
import { init_asyncio } from './io_req/asyncio.ts';
import type { AcrnVm } from './vm_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/common/sbuf.c: the ring that hypervisor and Service VM share. */

const file = acrnFile('hypervisor', 'hypervisor/common/sbuf.c');

const OVERRUN_CNT_EN = 1;
const OVERWRITE_EN = 2;

/** Returned where the buffer's own fields cannot be right. */
export const SBUF_CORRUPTED = 0xffff_ffff;

const sbuf_next_ptr = (position: number, span: number, scope: number): number =>
  position + span >= scope ? position + span - scope : position + span;

/** Appends one element of at most `maxLength` bytes: its size, 0 where the buffer is full (sbuf.c, sbuf_put). */
export const sbuf_put = stage(file, 'sbuf_put', (cx: HvCx, sbuf: number, data: number, maxLength: number): number => {
  const ram = cx.world.hv.ram;
  const at = (offset: number): Gpa => (sbuf + offset) as Gpa;
  const elementSize = ram.read32(at(SBUF.eleSize));
  const size = ram.read32(at(SBUF.size));
  const flags = ram.read32(at(SBUF.flags));
  const head = ram.read32(at(SBUF.head));
  const tail = ram.read32(at(SBUF.tail));
  const nextTail = sbuf_next_ptr(tail, elementSize, size);
  const full = nextTail === head || isSaidToBeFull(cx);
  if (full && (flags & OVERWRITE_EN) === 0) {
    return 0;
  }
  if (elementSize > maxLength) {
    return SBUF_CORRUPTED;
  }
  if (full) {
    ram.write32(at(SBUF.overrunCnt), ram.read32(at(SBUF.overrunCnt)) + (flags & OVERRUN_CNT_EN));
  }
  ram.write64(at(SBUF.headSize + tail), data);
  if (full) {
    ram.write32(at(SBUF.head), sbuf_next_ptr(head, elementSize, size));
  }
  ram.write32(at(SBUF.tail), nextTail);
  return elementSize;
});

/** Whether the scenario lets this call find a full buffer. */
function isSaidToBeFull(cx: HvCx): boolean {
  const { faults, sharedBufferPuts } = cx.world.hv;
  if (sharedBufferPuts === undefined) {
    return false;
  }
  sharedBufferPuts.value++;
  return faults.fullSharedBuffer?.includes(sharedBufferPuts.value - 1) ?? false;
}

/** Takes a shared buffer into use (sbuf.c, sbuf_setup_common); only asyncio's is modelled. */
export const sbuf_setup_common = stage(file, 'sbuf_setup_common', (cx: HvCx, vm: AcrnVm, id: number, sbuf: number) => {
  if (id === ACRN_ASYNCIO) {
    return init_asyncio(cx, vm, sbuf);
  }
  cx.log('error', 'hv-sbuf-id-unsupported', { id });
  return -1;
});
