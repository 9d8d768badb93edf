import type { BufferBytes, DescriptorRow, QueueView, RingEntry, RingMark, RingPart } from '../../protocol/inspect.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { actionLink } from '../toolkit.ts';
import { absent, type Desk, heading, stageLinks } from './desk.ts';
import { fieldList, groupList, titleWithUse } from './fields.ts';
import { hexDump } from './hex-dump.ts';
import { ringStrip } from './ring-strip.ts';
import { type Row, table } from './table.ts';

/** Where the user has asked for all entries of the rings. */
const ALL = 'queue all';

/** A virtqueue: what device and driver keep of it, the three parts in memory, and the bytes of one buffer. */
export function drawQueue(desk: Desk, view: QueueView): readonly Node[] {
  const { texts } = desk.model;
  if (!view.mapped) {
    return [absent(texts['not-mapped'], texts['not-mapped-why']), ...groupList(desk, view.groups)];
  }
  return [
    legend(desk),
    part(desk, texts['avail-ring'], view.avail, 'avail'),
    part(desk, texts['used-ring'], view.used, 'used'),
    titleWithUse(desk, texts.descriptors, view.table),
    descriptorTable(desk, view),
    allToggle(desk, view),
    ...buffer(desk, view.buffer),
    ...groupList(desk, view.groups),
  ];
}

function legend(desk: Desk): HTMLElement {
  const one = (mark: Exclude<RingMark, 'free'> | 'changed'): HTMLElement =>
    element('span', { class: `key is-${mark}`, text: desk.model.texts[`mark-${mark}`] });
  return element('div', { class: 'legend' }, [one('pending'), one('taken'), one('used'), one('changed')]);
}

/** One ring: its strip, its index and flags, and the entries that matter. */
function part(desk: Desk, title: string, ring: RingPart, kind: 'avail' | 'used'): HTMLElement {
  const { texts } = desk.model;
  const all = desk.unfolded.has(ALL);
  const entries = all ? ring.entries : ring.entries.filter(isInUse);
  const heads = [texts['col-slot'], texts['col-head'], ...(kind === 'used' ? [texts['col-wrote']] : []), ''];
  return element('section', { class: 'ring' }, [
    titleWithUse(desk, title, ring),
    ringStrip(
      ring.entries,
      `${title}: ${fill(texts['ring-about'], ring.entries.filter(isInUse).length, ring.entries.length)}`,
    ),
    fieldList(desk, title, ring.fields),
    ...(entries.length === 0
      ? []
      : [
          table(
            title,
            heads,
            entries.map((entry) => entryRow(desk, entry, kind)),
          ),
        ]),
  ]);
}

const isInUse = ({ mark, changed }: RingEntry | DescriptorRow): boolean => mark !== 'free' || changed;

function entryRow(desk: Desk, entry: RingEntry, kind: 'avail' | 'used'): Row {
  const wrote = kind === 'used' ? [String(entry.length)] : [];
  return {
    cells: [String(entry.slot), String(entry.id), ...wrote, markText(desk, entry.mark)],
    look: entry,
  };
}

const markText = (desk: Desk, mark: RingMark): string => (mark === 'free' ? '' : desk.model.texts[`mark-${mark}`]);

function descriptorTable(desk: Desk, view: QueueView): HTMLElement {
  const { texts } = desk.model;
  const shown = view.buffer?.descriptor;
  const all = desk.unfolded.has(ALL);
  const rows = view.descriptors.filter((row) => all || isInUse(row) || row.index === shown);
  if (rows.length === 0) {
    return element('p', { class: 'aside', text: texts['nothing-in-use'] });
  }
  const heads = [
    texts['col-index'],
    texts['col-address'],
    texts['col-length'],
    texts['col-flags'],
    texts['col-next'],
    '',
  ];
  return table(
    texts.descriptors,
    heads,
    rows.map((row) => ({ ...descriptorRow(desk, view.queue, row), selected: row.index === shown })),
  );
}

function descriptorRow(desk: Desk, queue: number, row: DescriptorRow): Row {
  const { texts } = desk.model;
  const show = actionLink(row.address, fill(texts['show-buffer'], row.index), () => desk.look(queue, row.index));
  const flags = row.flagNames.length === 0 ? String(row.flags) : row.flagNames.join(' | ');
  const cells = [String(row.index), show, String(row.length), flags, String(row.next), markText(desk, row.mark)];
  return { cells, look: row };
}

function allToggle(desk: Desk, view: QueueView): HTMLElement {
  const { texts } = desk.model;
  const all = desk.unfolded.has(ALL);
  const text = all ? texts['show-few'] : fill(texts['show-all'], view.size);
  const link = actionLink(text, text, () => {
    desk.unfolded[all ? 'delete' : 'add'](ALL);
    desk.again();
  });
  return element('p', { class: 'toggle' }, [link]);
}

function buffer(desk: Desk, bytes: BufferBytes | undefined): readonly Node[] {
  const { texts } = desk.model;
  if (bytes === undefined) {
    return [];
  }
  const { descriptor, address, length } = bytes;
  const title = fill(texts.buffer, descriptor);
  const cut = bytes.bytes.length < length && !bytes.outside ? `, ${fill(texts['buffer-cut'], bytes.bytes.length)}` : '';
  const writers =
    bytes.writers.length === 0
      ? []
      : [
          element('p', { class: 'by' }, [
            element('span', { class: 'label', text: texts['written-by'] }),
            ...stageLinks(desk, bytes.writers),
          ]),
        ];
  return [
    heading(title),
    element('p', { class: 'aside', text: fill(texts['buffer-at'], length, address) + cut }),
    bytes.outside
      ? element('p', { class: 'reason', text: texts['buffer-outside'] })
      : hexDump(title, bytes.bytes, (at) => bytes.changed[at] === 1),
    ...writers,
  ];
}
