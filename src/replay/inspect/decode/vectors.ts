import { read64, viewOf } from '../snapshot.ts';

/** Bytes of an entry of the MSI-X table. */
export const VECTOR_BYTES = 16;

/** One entry of the MSI-X table (PCI 3.0, 6.8.2.6). */
export interface VectorEntry {
  readonly address: number;
  readonly data: number;
  readonly masked: boolean;
}

/** The entries of a table. */
export function decodeVectors(bytes: Uint8Array): readonly VectorEntry[] {
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / VECTOR_BYTES) }, (_, index) => {
    const at = index * VECTOR_BYTES;
    return {
      address: read64(view, at),
      data: view.getUint32(at + 8, true),
      masked: (view.getUint32(at + 12, true) & 1) !== 0,
    };
  });
}
