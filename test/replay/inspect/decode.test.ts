import { describe, expect, it } from 'vitest';
import {
  CONFIG_BYTES,
  CONFIG_REGISTERS,
  capabilitiesOf,
  registerOf,
} from '../../../src/replay/inspect/decode/pci-config.ts';
import {
  availBytes,
  chainFrom,
  decodeAvail,
  decodeTable,
  decodeUsed,
  descriptorFlags,
  positions,
  usedBytes,
} from '../../../src/replay/inspect/decode/ring.ts';
import { decodeSharedBuffer } from '../../../src/replay/inspect/decode/shared-buffer.ts';
import { decodeSlot, pciAddress, SLOT_BYTES, SLOT_FIELDS } from '../../../src/replay/inspect/decode/slot.ts';
import { decodeVectors } from '../../../src/replay/inspect/decode/vectors.ts';

/** Some bytes, the same each time, no two neighbours alike. */
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 37 + 11) % 251);

/** Offsets at which one changed byte does not change what is decoded. */
function deaf(bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): number[] {
  const right = JSON.stringify(decode(bytes));
  return Array.from(bytes.keys()).filter((at) => {
    const altered = bytes.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    return JSON.stringify(decode(altered)) === right;
  });
}

describe('a split virtqueue', () => {
  it('hears every byte of its three parts', () => {
    // Above 53 bits an address is not exact, and no machine has one.
    const table = noise(64).map((byte, at) => (at % 16 === 7 || at % 16 === 6 ? 0 : byte));
    expect(deaf(table, decodeTable).filter((at) => at % 16 < 6 || at % 16 > 7)).toEqual([]);
    expect(deaf(noise(availBytes(8)), decodeAvail)).toEqual([]);
    expect(deaf(noise(usedBytes(8)), decodeUsed)).toEqual([]);
  });

  it('has its fields where the specification puts them', () => {
    const table = new Uint8Array(32);
    new DataView(table.buffer).setBigUint64(16, 0x12_3456_7000n, true);
    new DataView(table.buffer).setUint32(24, 5, true);
    new DataView(table.buffer).setUint16(28, 3, true);
    new DataView(table.buffer).setUint16(30, 7, true);
    expect(decodeTable(table)[1]).toEqual({ address: 0x12_3456_7000, length: 5, flags: 3, next: 7 });
    const used = new Uint8Array(usedBytes(2));
    new DataView(used.buffer).setUint32(12, 1, true);
    new DataView(used.buffer).setUint32(16, 64, true);
    new DataView(used.buffer).setUint16(20, 9, true);
    expect(decodeUsed(used)).toMatchObject({ ring: [{ id: 0 }, { id: 1, length: 64 }], availEvent: 9 });
  });

  it('names flags, also those that have no name', () => {
    expect(descriptorFlags(0)).toEqual([]);
    expect(descriptorFlags(3)).toEqual(['NEXT', 'WRITE']);
    expect(descriptorFlags(0x14)).toEqual(['INDIRECT', '0x10']);
  });

  it('follows chains to their end, and out of loops', () => {
    const link = (next: number, flags = 1) => ({ address: 1, length: 1, flags, next });
    expect(chainFrom([link(1), link(2), link(0, 0)], 0)).toEqual([0, 1, 2]);
    expect(chainFrom([link(1), link(0)], 1)).toEqual([1, 0]);
    expect(chainFrom([link(9)], 0)).toEqual([0]);
    expect(chainFrom([], 4)).toEqual([]);
  });

  it('counts positions of an index that wraps', () => {
    expect(positions(65534, 1, 64)).toEqual([65534, 65535, 0]);
    expect(positions(5, 5, 64)).toEqual([]);
    expect(positions(6, 5, 64)).toHaveLength(64);
  });
});

describe('a slot of the I/O request page', () => {
  it('hears every byte of its fields', () => {
    const slot = noise(SLOT_BYTES);
    slot.fill(0, 0, 4);
    const fields = Object.values(SLOT_FIELDS).flatMap(([at, length]) => Array.from({ length }, (_, i) => at + i));
    // 64 bits are exact below 2^53, which covers every address and value of the machine.
    const high = [78, 79, 86, 87, 94, 95];
    for (const at of high) {
      slot[at] = 0;
    }
    const heard = fields.filter((at) => !high.includes(at));
    expect(deaf(slot, decodeSlot).filter((at) => heard.includes(at))).toEqual([]);
  });

  it('has other fields for PCI', () => {
    const slot = new Uint8Array(SLOT_BYTES);
    slot[0] = 2;
    slot.set([4, 0, 0, 0, 1], 92);
    slot.set([2], 100);
    slot.set([0x10], 104);
    expect(pciAddress(slot)).toEqual({ bdf: '4:1:2', register: 0x10 });
    expect(decodeSlot(slot).value).toBe(0);
  });
});

describe('tables of the device', () => {
  it('hear every byte', () => {
    const table = noise(48).map((byte, at) => (at % 16 === 7 || at % 16 === 6 ? 0 : byte));
    expect(deaf(table, decodeVectors).filter((at) => at % 16 < 6 || (at % 16 > 7 && at % 16 <= 12))).toEqual([]);
    const registers = (bytes: Uint8Array): unknown => CONFIG_REGISTERS.map((one) => registerOf(bytes, one));
    const heard = CONFIG_REGISTERS.flatMap(({ offset, bytes }) => Array.from({ length: bytes }, (_, i) => offset + i));
    expect(deaf(noise(CONFIG_BYTES), registers).filter((at) => heard.includes(at))).toEqual([]);
  });

  it('list capabilities, and leave a list that runs in circles', () => {
    const config = new Uint8Array(CONFIG_BYTES);
    config[0x34] = 0x40;
    config.set([0x11, 0x50], 0x40);
    config.set([0x09, 0x40], 0x50);
    expect(capabilitiesOf(config)).toEqual([
      { offset: 0x40, id: 0x11, next: 0x50 },
      { offset: 0x50, id: 0x09, next: 0x40 },
    ]);
  });
});

describe('the shared buffer of asyncio', () => {
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  view.setUint32(12, 8, true);
  view.setUint32(36, 32, true);
  view.setUint32(16, 24, true);
  view.setUint32(20, 8, true);
  view.setUint32(64 + 24, 0xaa, true);
  view.setUint32(64, 0xbb, true);

  it('lists what lies between head and tail, around the end', () => {
    expect(decodeSharedBuffer(bytes)).toMatchObject({ head: 24, tail: 8, elements: [0xaa, 0xbb] });
  });

  it('hears a changed element, head or tail, and stays inside a broken one', () => {
    const heard = deaf(bytes, decodeSharedBuffer);
    expect([12, 16, 20, 36, 64, 88].filter((at) => heard.includes(at))).toEqual([]);
    const broken = bytes.slice();
    new DataView(broken.buffer).setUint32(36, 0xffff_ffff, true);
    expect(decodeSharedBuffer(broken).elements).toEqual([]);
  });
});
