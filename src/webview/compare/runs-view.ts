import {
  type ComparedRuns,
  type CompareTexts,
  type FromCompareView,
  ROW_KINDS,
  type RowKind,
  type Side,
} from '../../protocol/compare.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { ROW, scrollFor, visibleRows } from '../layout.ts';
import { checkbox, iconButton } from '../toolkit.ts';
import { nextDifference, shownRows } from './difference-rows.ts';
import { figuresTable } from './figures-table.ts';

/** Deeper calls are not indented any further. */
const DEEPEST = 16;

/** Two runs side by side: what each costs, and the stages that each enters, aligned. */
export class RunsView {
  readonly element: HTMLElement;
  readonly #runs: ComparedRuns;
  readonly #texts: CompareTexts;
  readonly #send: (message: FromCompareView) => void;
  readonly #scroller: HTMLElement;
  readonly #rows = element('div', { class: 'rows' });
  #shown: Uint32Array;
  #current = 0;
  #side: Side = 'left';

  constructor(runs: ComparedRuns, texts: CompareTexts, send: (message: FromCompareView) => void) {
    this.#runs = runs;
    this.#texts = texts;
    this.#send = send;
    this.#shown = shownRows(runs.rows, false);
    this.#scroller = element(
      'div',
      {
        class: 'compare-list',
        attributes: { role: 'listbox', tabindex: '0', 'aria-label': texts['runs-rows'] },
        on: {
          scroll: () => this.#draw(),
          click: (event) => this.#clicked(event),
          keydown: (event) => this.#key(event),
        },
      },
      [this.#rows],
    );
    this.element = element('main', { class: 'compare' }, [this.#header(), this.#titles(), this.#scroller]);
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  /** Goes to the first difference; the page holds the view by now. */
  start(): void {
    this.#scroller.focus({ preventScroll: true });
    this.#draw();
    this.#go(Math.max(0, nextDifference(this.#runs.rows.kind, this.#shown, -1, 1)));
  }

  #header(): HTMLElement {
    const { differences, rows, leftOut, sameOutput, titles } = this.#runs;
    const texts = this.#texts;
    const sentence =
      differences === 0 ? texts['no-difference'] : fill(texts.differences, differences, rows.kind.length);
    const output = sameOutput ? texts['same-output'] : texts['other-output'];
    return element('header', {}, [
      element('h1', { text: `${titles.left} ↔ ${titles.right}` }),
      figuresTable(this.#runs, texts),
      element('div', { class: 'bar' }, [
        iconButton('back', texts['previous-difference'], () => this.#jump(-1)),
        iconButton('forward', texts['next-difference'], () => this.#jump(1)),
        checkbox(texts['only-differences'], false, (on) => this.#filter(on)),
        element('span', { class: 'position', text: `${sentence} ${output}`, attributes: { role: 'status' } }),
      ]),
      ...(leftOut > 0 ? [element('div', { class: 'remark', text: fill(texts['left-out'], leftOut) })] : []),
    ]);
  }

  #titles(): HTMLElement {
    const { titles } = this.#runs;
    const one = (side: Side): HTMLElement => element('span', { class: 'cell', text: titles[side] });
    return element('div', { class: 'side-titles', attributes: { 'aria-hidden': 'true' } }, [one('left'), one('right')]);
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const { from, to } = visibleRows(scrollTop, clientHeight, this.#shown.length);
    this.#rows.style.height = `${this.#shown.length * ROW}px`;
    const made: HTMLElement[] = [];
    for (let at = from; at < to; at++) {
      made.push(this.#row(at));
    }
    this.#rows.replaceChildren(...made);
    this.#scroller.setAttribute('aria-activedescendant', `row-${this.#current}`);
  }

  #row(at: number): HTMLElement {
    const row = this.#shown[at] ?? 0;
    const { rows, stages } = this.#runs;
    const kind = ROW_KINDS[rows.kind[row] ?? 0] ?? 'same';
    const stage = stages[rows.stage[row] ?? 0];
    const made = element(
      'div',
      {
        class: `row lane-${stage?.lane ?? 0} is-${kind}`,
        attributes: {
          role: 'option',
          id: `row-${at}`,
          'aria-selected': String(at === this.#current),
          'aria-label': `${stage?.function ?? ''} · ${this.#texts[kind]}`,
          'aria-setsize': String(this.#shown.length),
          'aria-posinset': String(at + 1),
        },
      },
      [this.#cell(row, kind, 'left'), this.#cell(row, kind, 'right')],
    );
    made.style.top = `${at * ROW}px`;
    return made;
  }

  #cell(row: number, kind: RowKind, side: Side): HTMLElement {
    const { rows, stages, hops } = this.#runs;
    if (kind !== side && (kind === 'left' || kind === 'right')) {
      return element('span', { class: 'cell is-empty' });
    }
    const stage = stages[rows.stage[row] ?? 0];
    const hop = hops[(side === 'left' ? rows.leftHop : rows.rightHop)[row] ?? 0xff] ?? '';
    const name = element('span', { class: 'name', text: stage?.function ?? '' });
    name.style.marginInlineStart = `${6 * Math.min(rows.depth[row] ?? 0, DEEPEST)}px`;
    const attributes = { 'data-side': side, title: `${stage?.file ?? ''}\n${hop}` };
    return element('span', { class: 'cell', attributes }, [
      element('span', { class: 'mark' }),
      name,
      element('span', { class: 'hop', text: hop }),
    ]);
  }

  #go(at: number): void {
    this.#current = Math.min(Math.max(at, 0), Math.max(0, this.#shown.length - 1));
    const top = scrollFor(this.#current, this.#scroller.scrollTop, this.#scroller.clientHeight);
    if (top !== undefined) {
      this.#scroller.scrollTop = top;
    }
    this.#draw();
  }

  #jump(direction: 1 | -1): void {
    const at = nextDifference(this.#runs.rows.kind, this.#shown, this.#current, direction);
    if (at >= 0) {
      this.#go(at);
      this.#open();
    }
  }

  #filter(only: boolean): void {
    const row = this.#shown[this.#current] ?? 0;
    this.#shown = shownRows(this.#runs.rows, only);
    const at = this.#shown.findIndex((one) => one >= row);
    this.#go(at < 0 ? this.#shown.length - 1 : at);
  }

  /** Shows the code of the current row on the side that has it, the side used last where both have. */
  #open(replay = false): void {
    const row = this.#shown[this.#current];
    const kind = ROW_KINDS[this.#runs.rows.kind[row ?? 0] ?? 0];
    const side = kind === 'left' || kind === 'right' ? kind : this.#side;
    if (row !== undefined) {
      this.#send({ t: replay ? 'compare-replay' : 'compare-open', row, side });
    }
  }

  #clicked(event: Event): void {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest('[role=option]');
    if (row == null) {
      return;
    }
    const side = target?.closest('[data-side]')?.getAttribute('data-side');
    this.#side = side === 'right' ? 'right' : 'left';
    this.#go(Number(row.id.slice('row-'.length)));
    this.#open();
  }

  #key(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const act = this.#actOf(event.key);
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  }

  #actOf(key: string): (() => void) | undefined {
    const move = (by: number) => (): void => {
      this.#go(this.#current + by);
      this.#open();
    };
    const side = (to: Side) => (): void => {
      this.#side = to;
      this.#open();
    };
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / ROW) - 1);
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: move(1),
      ArrowUp: move(-1),
      PageDown: move(page),
      PageUp: move(-page),
      Home: move(-this.#current),
      End: move(this.#shown.length),
      ArrowLeft: side('left'),
      ArrowRight: side('right'),
      n: () => this.#jump(1),
      p: () => this.#jump(-1),
      Enter: () => this.#open(true),
    };
    return Object.hasOwn(acts, key) ? acts[key] : undefined;
  }
}
