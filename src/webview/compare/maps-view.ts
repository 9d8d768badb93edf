import type { ComparedMaps, CompareTexts, FromCompareView, MapRow, Side } from '../../protocol/compare.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { actionLink } from '../toolkit.ts';

/** Two trees under one run: what each answers for the stages and hops on which they differ. */
export class MapsView {
  readonly element: HTMLElement;
  readonly #texts: CompareTexts;
  readonly #send: (message: FromCompareView) => void;

  constructor(maps: ComparedMaps, texts: CompareTexts, send: (message: FromCompareView) => void) {
    this.#texts = texts;
    this.#send = send;
    const rows = maps.rows.map((row, at) => this.#row(maps, row, at));
    const body =
      rows.length === 0
        ? element('p', { class: 'remark', text: texts['no-difference'] })
        : element('table', { class: 'maps', attributes: { 'aria-label': texts['maps-rows'] } }, [
            element('thead', {}, [this.#head(maps)]),
            element('tbody', {}, rows),
          ]);
    this.element = element('main', { class: 'compare is-maps' }, [
      this.#header(maps),
      element('div', { class: 'scroll' }, [body]),
    ]);
  }

  #header(maps: ComparedMaps): HTMLElement {
    const side = (which: Side): HTMLElement => {
      const [stages, found, hops, proven] = maps.counts[which];
      const trees = maps.trees[which].map((tree) => `${tree.name} ${tree.version} — ${tree.path}`).join('\n');
      return element('div', { class: 'side-head', attributes: { title: trees } }, [
        element('h2', { text: maps.titles[which] }),
        element('p', { text: fill(this.#texts['stages-found'], found, stages) }),
        element('p', { text: fill(this.#texts['hops-proven'], proven, hops) }),
      ]);
    };
    return element('header', {}, [
      element('h1', { text: `${maps.titles.left} ↔ ${maps.titles.right}` }),
      element('div', { class: 'side-heads' }, [side('left'), side('right')]),
      element('p', { class: 'quiet', text: fill(this.#texts.alike, maps.alike), attributes: { role: 'status' } }),
    ]);
  }

  #head({ titles }: ComparedMaps): HTMLElement {
    const cell = (text: string): HTMLElement => element('th', { text, attributes: { scope: 'col' } });
    return element('tr', {}, [
      cell(`${this.#texts.stage} / ${this.#texts.hop}`),
      cell(titles.left),
      cell(titles.right),
    ]);
  }

  #row({ lanes }: ComparedMaps, row: MapRow, at: number): HTMLElement {
    const cell = (side: Side, text: string, line: boolean): HTMLElement => {
      const open = (): void => this.#send({ t: 'compare-open', row: at, side });
      const content = line ? [actionLink(text, this.#texts['open-code'], open)] : [];
      return element(
        'td',
        { class: line ? 'is-shown' : 'is-missing', ...(line ? {} : { text: text === '' ? '–' : text }) },
        content,
      );
    };
    return element('tr', { class: `lane-${row.lane}` }, [
      element('th', { attributes: { scope: 'row' } }, [
        element('span', { class: 'dot', attributes: { title: lanes[row.lane] ?? '' } }),
        element('span', { class: 'kind', text: this.#texts[row.what] }),
        element('code', { text: row.name }),
      ]),
      cell('left', row.left, row.leftLine),
      cell('right', row.right, row.rightLine),
    ]);
  }
}
