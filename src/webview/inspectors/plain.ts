import { printable } from '../../base/bytes.ts';
import type {
  ContextRow,
  ContextsView,
  FieldsView,
  OutputView,
  VectorRow,
  VectorsView,
} from '../../protocol/inspect.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { microseconds } from '../words.ts';
import { absent, type Desk, stageLink, stageLinks } from './desk.ts';
import { groupList, titleWithUse } from './fields.ts';
import { hexDump } from './hex-dump.ts';
import { type Row, table } from './table.ts';

/** Groups of fields, and what holds for all of them. */
export const drawFields = (desk: Desk, view: FieldsView): readonly Node[] => [
  ...(view.note === '' ? [] : [element('p', { class: 'aside', text: view.note })]),
  ...groupList(desk, view.groups),
];

/** The MSI-X table. */
export function drawVectors(desk: Desk, view: VectorsView): readonly Node[] {
  const { texts } = desk.model;
  if (view.vectors.length === 0) {
    return [absent(texts['no-vectors'], view.note), ...groupList(desk, view.groups)];
  }
  const heads = [
    texts['col-entry'],
    texts['col-vector'],
    texts['col-use'],
    '',
    texts['col-handler'],
    texts['col-address'],
    texts['col-data'],
  ];
  return [
    element('p', { class: 'aside', text: view.note }),
    titleWithUse(desk, texts['topic-msix'], view),
    table(
      texts['topic-msix'],
      heads,
      view.vectors.filter(isUsed).map((row) => vectorRow(desk, row)),
    ),
    ...groupList(desk, view.groups),
  ];
}

const isUsed = ({ use, address }: VectorRow): boolean => use !== '' || address !== '0x0';

function vectorRow(desk: Desk, row: VectorRow): Row {
  const { texts } = desk.model;
  const state = [
    ...(row.masked ? [texts['vector-masked']] : []),
    ...(row.pending ? [texts['vector-pending']] : []),
  ].join(', ');
  const handler = row.handler < 0 ? '' : stageLink(desk, row.handler);
  const vector = row.vector < 0 ? '' : String(row.vector);
  return {
    cells: [String(row.entry), vector, row.use, state, handler, row.address, row.data],
    look: { changed: row.changed, ...(row.pending ? { mark: 'pending' } : {}) },
  };
}

/** Who runs, and who waits for what. Contexts in which nothing is under way are only counted. */
export function drawContexts(desk: Desk, view: ContextsView): readonly Node[] {
  const { texts } = desk.model;
  const kept = view.rows.filter(({ state, changed }) => state !== 'idle' || changed);
  const runs = ({ state }: ContextRow): number => (state === 'runs' ? 0 : 1);
  const shown = kept.toSorted((one, other) => runs(one) - runs(other));
  const idle = view.rows.length - shown.length;
  const heads = [texts['col-context'], texts['col-state'], texts['col-waits']];
  return [
    table(
      texts['topic-contexts'],
      heads,
      shown.map((row) => contextRow(desk, row)),
    ),
    ...(idle === 0 ? [] : [element('p', { class: 'aside', text: fill(texts['idle-contexts'], idle) })]),
  ];
}

function contextRow(desk: Desk, row: ContextRow): Row {
  const { texts, head } = desk.model;
  const context = head.contexts[row.context];
  const name = element('span', { class: `who lane-${context?.lane ?? 0}` }, [
    element('span', { class: 'dot' }),
    element('span', { text: context?.name ?? '' }),
  ]);
  const state = element('span', { class: `context-state is-${row.state}`, text: texts[`context-${row.state}`] });
  return { cells: [name, state, waiting(desk, row)], look: { changed: row.changed, mark: row.state } };
}

/** Where a context stands, what it waits for, since when, and who wakes it. */
function waiting(desk: Desk, row: ContextRow): HTMLElement {
  const { texts } = desk.model;
  const since = row.since >= 0 ? fill(texts['for-time'], microseconds(row.time)) : '';
  const call = row.state === 'waits' && row.expr !== '' ? [element('code', { text: row.expr })] : [];
  return element('div', { class: 'waiting' }, [
    ...(row.stage < 0 ? [] : [element('p', {}, [stageLink(desk, row.stage), ...call])]),
    ...(row.waits === '' ? [] : [element('p', { text: row.waits })]),
    ...(since === '' ? [] : [element('p', { class: 'aside', text: since })]),
    ...(row.wakers.length === 0
      ? []
      : [
          element('p', {}, [
            element('span', { class: 'label', text: texts['woken-by'] }),
            ...stageLinks(desk, row.wakers),
          ]),
        ]),
  ]);
}

/** What has left the machine: as text, and as bytes with those of this step marked. */
export function drawOutput(desk: Desk, view: OutputView): readonly Node[] {
  const { texts } = desk.model;
  const written = view.outputs.filter(({ total }) => total > 0);
  if (written.length === 0) {
    return [absent(texts['no-output'])];
  }
  return written.flatMap(({ endpoint, total, tail, fresh, writers }) => [
    titleWithUse(desk, `${endpoint}: ${fill(texts['output-bytes'], total)}`, { writers, readers: [], spec: '' }),
    element('code', { class: 'output-text', text: printable(tail) }),
    hexDump(endpoint, tail, (at) => at >= tail.length - fresh, total - tail.length),
  ]);
}
