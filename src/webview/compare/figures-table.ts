import type { ComparedRuns, CompareTexts } from '../../protocol/compare.ts';
import { element } from '../dom.ts';

/** The counts of two runs in a table, with the difference. */
export function figuresTable({ figures, titles }: ComparedRuns, texts: CompareTexts): HTMLElement {
  const head = element('tr', {}, [
    element('th', { text: texts.figure, attributes: { scope: 'col' } }),
    element('th', { text: titles.left, attributes: { scope: 'col' } }),
    element('th', { text: titles.right, attributes: { scope: 'col' } }),
    element('th', { text: texts.difference, attributes: { scope: 'col' } }),
  ]);
  const rows = figures.map(({ name, left, right }) =>
    element('tr', { class: left === right ? 'is-same' : 'is-different' }, [
      element('th', { text: texts[name], attributes: { scope: 'row' } }),
      element('td', { text: left.toLocaleString() }),
      element('td', { text: right.toLocaleString() }),
      element('td', { class: 'delta', text: delta(left, right) }),
    ]),
  );
  return element('table', { class: 'figures' }, [element('thead', {}, [head]), element('tbody', {}, rows)]);
}

/** `+3`, `−3`, or `=`. */
export const delta = (left: number, right: number): string =>
  left === right ? '=' : `${right > left ? '+' : '−'}${Math.abs(right - left).toLocaleString()}`;
