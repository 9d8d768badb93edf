import {
  type BufferBytes,
  type Choice,
  type DescriptorRow,
  INSPECT_LIMITS,
  type QueueView,
  type RingEntry,
  type RingMark,
  type RingPart,
  type StateField,
  type StateGroup,
} from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import {
  type AvailRing,
  availBytes,
  chainFrom,
  DESCRIPTOR_SIZE,
  type Descriptor,
  decodeAvail,
  decodeTable,
  decodeUsed,
  descriptorFlags,
  positions,
  type UsedRing,
  usedBytes,
} from '../decode/ring.ts';
import type { Lens } from '../lens.ts';
import { hex, MEMORY, type Snapshot } from '../snapshot.ts';

/** Queues of the console device: two a port and two for control (virtio 1.2, 5.3.2). */
const QUEUES = 34;

/** A queue that is mapped: where its parts stand, and their bytes. */
interface Ring {
  readonly area: number;
  readonly size: number;
  readonly desc: number;
  readonly avail: number;
  readonly used: number;
  readonly bytes: Readonly<Record<'desc' | 'avail' | 'used', Uint8Array>>;
}

/** What the rings say at the moment: decoded parts, and whose turn each head is. */
interface Reading {
  readonly table: readonly Descriptor[];
  readonly avail: AvailRing;
  readonly used: UsedRing;
  /** Heads by whose turn it is, `free` ones left out. */
  readonly heads: Readonly<Record<Exclude<RingMark, 'free'>, readonly number[]>>;
  readonly availMarks: ReadonlyMap<number, RingMark>;
  readonly usedMarks: ReadonlyMap<number, RingMark>;
}

const isMapped = (at: Snapshot, queue: number): boolean => at.value(`console.queues[${queue}].flags`) % 2 === 1;

/** Number of the queue that a word of the driver's or the spec's means, as people call it (virtio 1.2, 5.3.2). */
function nameOf(lens: Lens, queue: number): string {
  const words = INSPECT_WORDS[lens.language];
  if (queue === 2 || queue === 3) {
    return `${queue} · ${queue === 2 ? words.controlReceive : words.controlTransmit}`;
  }
  const port = queue < 2 ? 0 : (queue >> 1) - 1;
  return `${queue} · ${queue % 2 === 0 ? words.receiveOf(port) : words.transmitOf(port)}`;
}

/**
 * A virtqueue and the bytes of one of its buffers. A number that no queue has asks for the one `underWay`; `descriptor` -1
 * takes the one that matters now.
 */
export function queueView(lens: Lens, queue: number, descriptor: number, underWay: number): QueueView {
  const number = queue < QUEUES ? queue : underWay;
  const asked = queue < QUEUES ? queue : INSPECT_LIMITS.item;
  const size = lens.after.value(`console.queues[${number}].qsize`);
  const mapped = isMapped(lens.after, number) && size > 0;
  const common = {
    topic: 'queue',
    queues: choices(lens, number, underWay),
    queue: number,
    asked,
    mapped,
    size,
  } as const;
  if (!mapped) {
    const none = { fields: [], entries: [], ...NOBODY };
    return { ...common, groups: sides(lens, number), table: NOBODY, descriptors: [], avail: none, used: none };
  }
  const ring = ringOf(lens, number, size);
  const reading = readingOf(lens, ring, number);
  const shown = descriptor >= 0 && descriptor < size ? descriptor : current(reading);
  const buffer = shown < 0 ? undefined : bufferOf(lens, ring.area, reading.table[shown], shown);
  return {
    ...common,
    groups: sides(lens, number),
    table: lens.use('ring.desc', ring.area, ring.desc, DESCRIPTOR_SIZE * size),
    descriptors: descriptorRows(lens, ring, reading),
    avail: availPart(lens, ring, reading),
    used: usedPart(lens, ring, reading),
    ...(buffer === undefined ? {} : { buffer }),
  };
}

const NOBODY = { writers: [], readers: [], spec: '' } as const;

/** The queue under way, mapped queues, and the one that is shown. */
function choices(lens: Lens, shown: number, underWay: number): readonly Choice[] {
  const all = Array.from({ length: QUEUES }, (_, item) => item);
  const there = all.filter((item) => item < 4 || item === shown || isMapped(lens.after, item));
  const ports = there.filter((item) => item < 4 || lens.after.value(`console.ports[${(item >> 1) - 1}].enabled`) !== 0);
  const named = (ports.includes(shown) ? ports : [...ports, shown]).map((item) => ({ item, name: nameOf(lens, item) }));
  const follow = INSPECT_WORDS[lens.language].underWay(nameOf(lens, underWay));
  return [{ item: INSPECT_LIMITS.item, name: follow }, ...named];
}

function ringOf(lens: Lens, queue: number, size: number): Ring {
  const at = (name: string): number => lens.after.value(`console.queues[${queue}].${name}`);
  const area = lens.after.area(MEMORY.guest);
  const rows = Math.min(size, INSPECT_LIMITS.rows);
  const [desc, avail, used] = [at('desc'), at('avail'), at('used')];
  const bytes = {
    desc: lens.after.bytes(area, desc, DESCRIPTOR_SIZE * rows),
    avail: lens.after.bytes(area, avail, availBytes(rows)),
    used: lens.after.bytes(area, used, usedBytes(rows)),
  };
  return { area, size: rows, desc, avail, used, bytes };
}

function readingOf(lens: Lens, ring: Ring, queue: number): Reading {
  const avail = decodeAvail(ring.bytes.avail);
  const used = decodeUsed(ring.bytes.used);
  const lastAvail = lens.after.value(`console.queues[${queue}].last_avail`);
  const lastUsed = lens.after.value(`virtio0.vqs[${queue}].last_used_idx`);
  const pending = positions(lastAvail, avail.idx, ring.size);
  // The console uses its buffers in order, so what it took and has not used lies between the two indices.
  const taken = positions(used.idx, lastAvail, ring.size);
  const unread = positions(lastUsed, used.idx, ring.size);
  const slot = (at: number): number => at % ring.size;
  const head = (at: number): number => avail.ring[slot(at)] ?? 0;
  return {
    table: decodeTable(ring.bytes.desc),
    avail,
    used,
    heads: {
      pending: pending.map(head),
      taken: taken.map(head),
      used: unread.map((at) => used.ring[slot(at)]?.id ?? 0),
    },
    availMarks: new Map([
      ...taken.map((at) => [slot(at), 'taken'] as const),
      ...pending.map((at) => [slot(at), 'pending'] as const),
    ]),
    usedMarks: new Map(unread.map((at) => [slot(at), 'used'] as const)),
  };
}

/** The descriptor that a person wants to see: of a chain under way, else of the chain that was used last. */
function current({ heads, used, table }: Reading): number {
  const [first] = [...heads.taken, ...heads.pending, ...heads.used];
  const last = used.ring[(used.idx + 0xffff) % used.ring.length]?.id;
  const head = first ?? (used.idx === 0 ? undefined : last);
  return head !== undefined && head < table.length ? head : -1;
}

function descriptorRows(lens: Lens, ring: Ring, { table, heads }: Reading): readonly DescriptorRow[] {
  const marks = new Map<number, RingMark>();
  for (const mark of ['used', 'taken', 'pending'] as const) {
    for (const head of heads[mark]) {
      for (const index of chainFrom(table, head)) {
        marks.set(index, mark);
      }
    }
  }
  return table.map((descriptor, index) => ({
    index,
    address: hex(descriptor.address),
    length: descriptor.length,
    flags: descriptor.flags,
    flagNames: descriptorFlags(descriptor.flags),
    next: descriptor.next,
    mark: marks.get(index) ?? 'free',
    changed: lens.span.touches(ring.area, ring.desc + index * DESCRIPTOR_SIZE, DESCRIPTOR_SIZE),
  }));
}

function availPart(lens: Lens, ring: Ring, { avail, availMarks }: Reading): RingPart {
  const words = INSPECT_WORDS[lens.language];
  const entries = avail.ring.map(
    (id, slot): RingEntry => ({
      slot,
      id,
      length: -1,
      mark: availMarks.get(slot) ?? 'free',
      changed: lens.span.touches(ring.area, ring.avail + 4 + 2 * slot, 2),
    }),
  );
  const fields = ringFields(lens, ring, 'avail', { flag: words.noInterrupt, event: 'used_event', entry: 2 });
  return { fields, entries, ...lens.use('ring.avail.ring', ring.area, ring.avail + 4, 2 * ring.size) };
}

function usedPart(lens: Lens, ring: Ring, { used, usedMarks }: Reading): RingPart {
  const words = INSPECT_WORDS[lens.language];
  const entries = used.ring.map(
    ({ id, length }, slot): RingEntry => ({
      slot,
      id,
      length,
      mark: usedMarks.get(slot) ?? 'free',
      changed: lens.span.touches(ring.area, ring.used + 4 + 8 * slot, 8),
    }),
  );
  const fields = ringFields(lens, ring, 'used', { flag: words.noNotify, event: 'avail_event', entry: 8 });
  return { fields, entries, ...lens.use('ring.used.ring', ring.area, ring.used + 4, 8 * ring.size) };
}

/** Flags, index and event of a ring. */
function ringFields(
  lens: Lens,
  ring: Ring,
  part: 'avail' | 'used',
  look: { readonly flag: string; readonly event: string; readonly entry: number },
): readonly StateField[] {
  const base = ring[part];
  const at = (name: string, key: string, offset: number, means?: (value: number) => string): StateField =>
    lens.place({
      name,
      key: `ring.${part}.${key}`,
      area: ring.area,
      address: base + offset,
      length: 2,
      ...(means === undefined ? {} : { means }),
    });
  const words = INSPECT_WORDS[lens.language];
  const clear = words.allFlagsClear;
  return [
    at(`${part}.flags`, 'flags', 0, (value) => (value % 2 === 1 ? look.flag : clear)),
    at(`${part}.idx`, 'idx', 2, (value) => words.nextSlot(value % ring.size)),
    at(look.event, 'event', 4 + look.entry * ring.size),
  ];
}

/** What the device and the driver keep of the queue for themselves. */
function sides(lens: Lens, queue: number): readonly StateGroup[] {
  const words = INSPECT_WORDS[lens.language];
  const device = `console.queues[${queue}].`;
  const driver = `virtio0.vqs[${queue}].`;
  const pointer = { text: (value: number) => (value < 0 ? 'NULL' : hex(value)) };
  return [
    lens.group(words.device, 'device-model', [
      ...lens.fields(device, ['last_avail', 'save_used', 'notify', 'msix_idx', 'flags', 'qsize', 'pfn']),
      ...lens.fields(device, ['desc', 'avail', 'used'], pointer),
      ...lens.fields(device, ['viothrd.kick_fd', 'viothrd.ioevent_started', 'viothrd.iothread_run']),
    ]),
    lens.group(
      words.driver,
      'guest-kernel',
      lens.fields(driver, [
        'num_free',
        'free_head',
        'last_used_idx',
        'avail_idx_shadow',
        'avail_flags_shadow',
        'num_added',
        'callback',
        'notify',
        'broken',
      ]),
    ),
  ];
}

function bufferOf(
  lens: Lens,
  area: number,
  descriptor: Descriptor | undefined,
  index: number,
): BufferBytes | undefined {
  if (descriptor === undefined || (descriptor.address === 0 && descriptor.length === 0)) {
    return undefined;
  }
  const { address, length } = descriptor;
  const ram = lens.after.value('ctx.lowmem');
  const outside = address + length > ram;
  const bytes = lens.after.bytes(area, address, outside ? 0 : Math.min(length, INSPECT_LIMITS.bytes));
  return {
    descriptor: index,
    address: hex(address),
    length,
    bytes,
    changed: bytes.map((_, at) => (lens.span.touches(area, address + at, 1) ? 1 : 0)),
    outside,
    writers: lens.use('ring.buffer', area, address, outside ? 0 : length).writers,
  };
}
