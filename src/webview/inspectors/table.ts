import { element } from '../dom.ts';

/** A row: its cells, and how it looks. */
export interface Row {
  readonly cells: readonly (string | Node)[];
  readonly look?: { readonly mark?: string; readonly changed: boolean };
  readonly selected?: boolean;
}

/** A table with the names of its columns; the first cell of a row names it. */
export function table(label: string, heads: readonly string[], rows: readonly Row[]): HTMLElement {
  const head = element('thead', {}, [
    element(
      'tr',
      {},
      heads.map((text) => element('th', { text, attributes: { scope: 'col' } })),
    ),
  ]);
  const body = element('tbody', {}, rows.map(tableRow));
  return element('div', { class: 'table-box' }, [
    element('table', { class: 'state-table', attributes: { 'aria-label': label } }, [head, body]),
  ]);
}

function tableRow({ cells, look, selected }: Row): HTMLElement {
  const classes = [
    ...(look?.mark === undefined ? [] : [`is-${look.mark}`]),
    ...(look?.changed === true ? ['is-changed'] : []),
    ...(selected === true ? ['is-selected'] : []),
  ];
  const filled = cells.map((cell, at) => {
    const inside = typeof cell === 'string' ? document.createTextNode(cell) : cell;
    return at === 0 ? element('th', { attributes: { scope: 'row' } }, [inside]) : element('td', {}, [inside]);
  });
  return element('tr', { class: classes.join(' ') }, filled);
}
