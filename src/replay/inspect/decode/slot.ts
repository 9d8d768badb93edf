import { REQ } from '../../../emulator/service-vm/uapi_acrn.ts';
import { read64, viewOf } from '../snapshot.ts';

/** One slot of the I/O request page as it stands in memory (`struct acrn_io_request`). */
export interface Slot {
  readonly type: number;
  readonly completionPolling: number;
  readonly direction: number;
  readonly address: number;
  readonly size: number;
  readonly value: number;
  readonly kernelHandled: number;
  readonly processed: number;
}

/** Bytes of a slot. */
export const SLOT_BYTES = REQ.length;

/** Where a field of a slot stands, and how many bytes it has. */
export const SLOT_FIELDS: { readonly [K in keyof Slot]: readonly [offset: number, length: number] } = {
  type: [REQ.type, 4],
  completionPolling: [REQ.completionPolling, 4],
  direction: [REQ.direction, 4],
  address: [REQ.address, 8],
  size: [REQ.size, 8],
  value: [REQ.value, 8],
  kernelHandled: [REQ.kernelHandled, 4],
  processed: [REQ.processed, 4],
};

/** Type of a request that hv and HSM made a PCI configuration access of: its union holds other fields. */
export const PCICFG = 2;

/** The fields of one slot's 256 bytes. */
export function decodeSlot(bytes: Uint8Array): Slot {
  const view = viewOf(bytes);
  const word = (at: number): number => view.getUint32(at, true);
  return {
    type: word(REQ.type),
    completionPolling: word(REQ.completionPolling),
    direction: word(REQ.direction),
    address: read64(view, REQ.address),
    size: read64(view, REQ.size),
    // A PCI access has its bus number in the upper half.
    value: word(REQ.type) === PCICFG ? word(REQ.value) : read64(view, REQ.value),
    kernelHandled: word(REQ.kernelHandled),
    processed: word(REQ.processed),
  };
}

/** Bus, device, function and register of a PCI configuration access. */
export function pciAddress(bytes: Uint8Array): { readonly bdf: string; readonly register: number } {
  const view = viewOf(bytes);
  const part = (at: number): number => view.getUint32(at, true);
  return { bdf: [REQ.pciBus, REQ.pciDev, REQ.pciFunc].map(part).join(':'), register: part(REQ.pciReg) };
}
