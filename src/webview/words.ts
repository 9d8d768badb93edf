import type { HopDetail, StepKind } from '../protocol/messages.ts';
import { fill, type ViewTexts } from '../protocol/view-texts.ts';
import type { StepRow, ViewModel } from './model.ts';

/** How a step was reached or where it goes, in one line: the hop's name and the function at its other end. */
export function wayOf(texts: ViewTexts, kind: StepKind, hopName: string, other: string): string {
  if (kind === 'leave') {
    return fill(texts[other === '' ? 'leaves-only' : 'leaves'], hopName, other);
  }
  return fill(texts[kind === 'enter' ? 'reached' : 'goes-on'], hopName, other);
}

/** What a screen reader says of a row; it begins with the function's name. */
export function rowLabel(model: ViewModel, row: StepRow): string {
  const { texts } = model;
  const parts = [row.stage.function, row.context.program];
  if (row.hop !== undefined) {
    parts.push(wayOf(texts, row.kind, row.hop.name, row.other));
  }
  if (row.proof !== 'none') {
    parts.push(texts[row.proof]);
  }
  if (isMissing(row)) {
    parts.push(texts['not-found']);
  }
  return parts.filter((part) => part !== '').join(', ');
}

/** A stage that belongs to a tree and does not stand in it. */
export const isMissing = (row: Pick<StepRow, 'stage'>): boolean =>
  row.stage.status === 'absent' || row.stage.status === 'ambiguous';

/** `virtio_console.c:815` */
export function shortPlace(file: string, line: number | undefined): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return line === undefined ? name : `${name}:${line}`;
}

/** Name of a hop's kind in the user's language. */
export const hopName = (model: ViewModel, hop: HopDetail): string =>
  model.head.hops.find((one) => one.kind === hop.kind)?.name ?? hop.kind;

/** Microseconds of virtual time, with a thin space between groups of three. */
export const microseconds = (nanoseconds: number): string =>
  (nanoseconds / 1000).toFixed(nanoseconds < 1e6 ? 2 : 0).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u202f');
