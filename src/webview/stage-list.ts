import { element, shape } from './dom.ts';
import { icon } from './icons.ts';
import { ROW, railPath, railsWidth, railX, scrollFor, visibleRows } from './layout.ts';
import type { StepRow, ViewModel } from './model.ts';
import { isMissing, rowLabel, shortPlace } from './words.ts';

/** Deeper calls are not indented any further. */
const DEEPEST = 24;

/** The stages in order, as a list of which only the visible rows exist. */
export class StageList {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #rows: HTMLElement;
  readonly #model: ViewModel;
  readonly #pick: (step: number) => void;
  #drawn = false;

  constructor(model: ViewModel, pick: (step: number) => void) {
    this.#model = model;
    this.#pick = pick;
    this.#rows = element('div', { class: 'rows' });
    this.#scroller = element(
      'div',
      {
        class: 'stage-list',
        attributes: { role: 'listbox', tabindex: '0', 'aria-label': model.texts.stages },
        on: { scroll: () => this.draw(), click: (event) => this.#clicked(event) },
      },
      [this.#rows],
    );
    this.element = this.#scroller;
    new ResizeObserver(() => this.draw()).observe(this.#scroller);
  }

  /** Draws what can be seen. Rows whose page is still under way are drawn when it arrives. */
  draw(): void {
    const { range, count } = this.#model;
    const rows = visibleRows(this.#scroller.scrollTop, this.#scroller.clientHeight, count);
    this.#rows.style.height = `${count * ROW}px`;
    const made: HTMLElement[] = [];
    for (let at = rows.from; at < rows.to; at++) {
      const row = this.#model.row(range.from + at);
      if (row !== undefined) {
        made.push(this.#row(range.from + at, at, row));
      }
    }
    this.#rows.replaceChildren(...made);
    this.#drawn = true;
    this.#mark();
  }

  /** Shows where the cursor stands, and scrolls there if needed. */
  follow(): void {
    const step = this.#model.moment?.step;
    if (step === undefined) {
      return;
    }
    const top = scrollFor(step - this.#model.range.from, this.#scroller.scrollTop, this.#scroller.clientHeight);
    if (top !== undefined && this.#scroller.clientHeight > 0) {
      this.#scroller.scrollTop = top;
    }
    if (top === undefined && this.#drawn) {
      this.#mark();
    } else {
      this.draw();
    }
  }

  /** Puts the keyboard focus on the list. */
  focus(): void {
    this.#scroller.focus({ preventScroll: true });
  }

  #mark(): void {
    const step = this.#model.moment?.step ?? -1;
    for (const row of this.#rows.children) {
      row.setAttribute('aria-selected', String(row.id === idOf(step)));
    }
    this.#scroller.setAttribute('aria-activedescendant', idOf(step));
  }

  #clicked(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    if (row !== null) {
      this.#pick(Number(row.id.slice(ID.length)));
    }
  }

  #row(step: number, at: number, row: StepRow): HTMLElement {
    const before = at === 0 ? undefined : this.#model.row(step - 1)?.lane;
    const missing = isMissing(row);
    const made = element(
      'div',
      {
        class: `row lane-${row.lane} is-${row.kind}${missing ? ' is-missing' : ''}`,
        attributes: {
          role: 'option',
          id: idOf(step),
          'aria-label': this.#label(step, row),
          'aria-setsize': String(this.#model.count),
          'aria-posinset': String(at + 1),
        },
      },
      [this.#rails(row, before, at + 1 === this.#model.count), ...this.#cells(step, row, missing)],
    );
    made.style.top = `${at * ROW}px`;
    return made;
  }

  #cells(step: number, row: StepRow, missing: boolean): readonly HTMLElement[] {
    const name = element('span', { class: 'name', text: row.stage.function });
    name.style.marginInlineStart = `${6 * Math.min(row.depth, DEEPEST)}px`;
    const boundary = row.hop?.boundary === true ? ' is-boundary' : '';
    const hop = element('span', { class: `hop${boundary}`, text: this.#hopText(row) });
    const place = element('span', {
      class: 'place',
      text: missing ? this.#model.texts['not-found'] : shortPlace(row.stage.file, row.stage.line),
    });
    const proof = element('span', { class: `proof is-${row.proof}` });
    if (row.proof === 'unproven') {
      proof.append(icon('warning'));
    }
    return [
      name,
      hop,
      place,
      proof,
      ...(this.#isMarked(step) ? [element('span', { class: 'marked' }, [icon('bookmark')])] : []),
    ];
  }

  #label(step: number, row: StepRow): string {
    const label = rowLabel(this.#model, row);
    return this.#isMarked(step) ? `${label}, ${this.#model.texts['bookmark-set']}` : label;
  }

  /** Whether a bookmark lies in a step. */
  #isMarked(step: number): boolean {
    return this.#model.navigation?.bookmarks.some((bookmark) => bookmark.step === step) ?? false;
  }

  #hopText({ hop, kind, other }: StepRow): string {
    if (hop?.kind === 'return_then_call') {
      return this.#model.texts['next-call'];
    }
    return kind === 'leave' && other !== '' ? `${hop?.name} → ${other}` : (hop?.name ?? '');
  }

  #rails(row: StepRow, before: number | undefined, last: boolean): SVGElement {
    const lanes = this.#model.head.lanes.length;
    const rails = this.#model.head.lanes.map((_lane, lane) =>
      shape('line', { class: 'rail', x1: String(railX(lane)), x2: String(railX(lane)), y1: '0', y2: String(ROW) }),
    );
    const point = row.kind === 'enter' ? '4' : '3';
    return shape(
      'svg',
      { class: 'rails', width: String(railsWidth(lanes)), height: String(ROW), 'aria-hidden': 'true' },
      [
        ...rails,
        shape('path', { class: 'thread', d: railPath(before, row.lane, last) }),
        shape('circle', { class: 'point', cx: String(railX(row.lane)), cy: String(ROW / 2), r: point }),
      ],
    );
  }
}

const ID = 'step-';
const idOf = (step: number): string => `${ID}${step}`;
