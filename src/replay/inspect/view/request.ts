import type { RequestView, SlotView, StateField, StateGroup } from '../../../protocol/inspect.ts';
import { SLOT_STATES } from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import { laneOf } from '../../lanes.ts';
import { decodeSlot, PCICFG, pciAddress, SLOT_BYTES, SLOT_FIELDS, type Slot } from '../decode/slot.ts';
import type { Lens } from '../lens.ts';
import { asHex } from '../lens.ts';
import type { SlotLog } from '../slot-log.ts';
import { differs, hex, MEMORY } from '../snapshot.ts';

/** Slots of the page. */
const SLOTS = 16;

/** The I/O request page at event `at`, with one slot in full. */
export function requestView(lens: Lens, log: SlotLog, at: number, slot: number): RequestView {
  const page = lens.after.value('vm1.sw.io_shared_page');
  const shown = slot < SLOTS ? slot : 0;
  const area = lens.after.area(MEMORY.serviceVm);
  const mapped = page !== 0 && area >= 0;
  return {
    topic: 'request',
    mapped,
    address: hex(page),
    slots: mapped ? slots(lens, log, { area, page, at, shown }) : [],
    slot: shown,
    groups: [...(mapped ? [slotGroup(lens, area, page, shown)] : []), aroundGroup(lens, shown)],
    steps: log.ways(),
  };
}

interface Place {
  readonly area: number;
  readonly page: number;
  readonly at: number;
  readonly shown: number;
}

/** The slots that this run uses, and the one that is shown. */
function slots(lens: Lens, log: SlotLog, { area, page, at, shown }: Place): readonly SlotView[] {
  const all = Array.from({ length: SLOTS }, (_, slot) => slot);
  return all
    .filter((slot) => slot === shown || log.uses(slot))
    .map((slot) => {
      const [before, after] = lens.bytes(area, page + slot * SLOT_BYTES, SLOT_BYTES);
      const decoded = decodeSlot(after);
      const last = log.last(slot, at);
      return {
        slot,
        state: decoded.processed,
        ...(last === undefined ? {} : { last }),
        changed: differs(before, after, 0, SLOT_BYTES),
        summary: summaryOf(lens, decoded, after),
        lane: turnOf(decoded),
      };
    });
}

/** Lane of the program whose turn it is. */
function turnOf(slot: Slot): number {
  switch (SLOT_STATES[slot.processed]) {
    case 'PENDING':
      return laneOf('service-vm-kernel');
    case 'PROCESSING':
      return laneOf(slot.kernelHandled === 0 ? 'device-model' : 'service-vm-kernel');
    default:
      return laneOf('hypervisor');
  }
}

/** A request in words. */
function summaryOf(lens: Lens, slot: Slot, bytes: Uint8Array): string {
  const words = INSPECT_WORDS[lens.language];
  const kind = typeName(lens, slot.type);
  const pci = pciAddress(bytes);
  const where = slot.type === PCICFG ? `${pci.bdf} +${hex(pci.register)}` : hex(slot.address);
  return slot.direction === 0
    ? words.reads(kind, slot.size, where)
    : words.writes(kind, slot.size, where, hex(slot.value));
}

function typeName(lens: Lens, type: number): string {
  const words = INSPECT_WORDS[lens.language];
  return [words.portIo, words.mmio, words.pciConfig, words.writeProtected][type] ?? String(type);
}

function slotGroup(lens: Lens, area: number, page: number, slot: number): StateGroup {
  const words = INSPECT_WORDS[lens.language];
  const base = page + slot * SLOT_BYTES;
  const place = (name: keyof Slot, key: string, means?: (value: number) => string, inHex = false): StateField => {
    const [offset, length] = SLOT_FIELDS[name];
    const look = { ...(means === undefined ? {} : { means }), ...(inHex ? asHex : {}) };
    return lens.place({ name: key, key: `slot.${key}`, area, address: base + offset, length, ...look });
  };
  const direction = (value: number): string => (value === 0 ? words.read : words.write);
  return lens.group(words.slotInMemory(slot), 'service-vm-kernel', [
    place('type', 'type', (value) => typeName(lens, value)),
    place('direction', 'direction', direction),
    place('address', 'address', undefined, true),
    place('size', 'size'),
    place('value', 'value', undefined, true),
    place('completionPolling', 'completion_polling'),
    place('kernelHandled', 'kernel_handled'),
    place('processed', 'processed', (value) => SLOT_STATES[value] ?? ''),
  ]);
}

/** What the hypervisor keeps around the page. */
function aroundGroup(lens: Lens, vcpu: number): StateGroup {
  const words = INSPECT_WORDS[lens.language];
  return lens.group(words.aroundPage, 'hypervisor', [
    ...lens.fields('vm1.sw.', ['io_shared_page', 'is_polling_ioreq', 'asyncio_sbuf']),
    ...lens.fields(`vm1.vcpu${vcpu}.`, [
      'events[VCPU_EVENT_IOREQ].set',
      'events[VCPU_EVENT_IOREQ].waiting_thread',
      'req.io_type',
      'req.reqs.direction',
      'req.reqs.address',
      'req.reqs.size',
      'req.reqs.value',
    ]),
  ]);
}
