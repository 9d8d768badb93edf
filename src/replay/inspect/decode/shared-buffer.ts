import { SBUF } from '../../../emulator/hypervisor/acrn_common.ts';
import { read64, viewOf } from '../snapshot.ts';

/** Most elements that are looked at: a broken head or tail must not run away. */
const MOST = 64;

/** The buffer that hypervisor and Service VM share for asyncio, as it stands in memory (`struct shared_buf`). */
export interface SharedBuffer {
  readonly elementSize: number;
  readonly size: number;
  /** Byte offsets of the next element to take and the next one to put. */
  readonly head: number;
  readonly tail: number;
  /** Elements from head to tail. */
  readonly elements: readonly number[];
}

/** Bytes of a page that a shared buffer is decoded from. */
export const SHARED_BUFFER_BYTES = 4096;

/** The fields of a shared buffer and the elements that lie in it. */
export function decodeSharedBuffer(bytes: Uint8Array): SharedBuffer {
  const view = viewOf(bytes);
  const word = (at: number): number => view.getUint32(at, true);
  const [elementSize, size, head, tail] = [word(SBUF.eleSize), word(SBUF.size), word(SBUF.head), word(SBUF.tail)];
  const elements: number[] = [];
  const fits = elementSize >= 8 && size <= bytes.length - SBUF.headSize;
  for (let at = head; fits && at !== tail && at + 8 <= size && elements.length < MOST; ) {
    elements.push(read64(view, SBUF.headSize + at));
    at = at + elementSize >= size ? at + elementSize - size : at + elementSize;
  }
  return { elementSize, size, head, tail, elements };
}
