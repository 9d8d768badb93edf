import type { CrossingSummary, LaneSummary, WindowSummary } from '../protocol/navigate.ts';
import { fill, type ViewTextKey } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import type { ViewModel } from './model.ts';
import { actionLink } from './toolkit.ts';

/** Lanes and crossings of the visible window as two tables: the picture for those who do not see it, or want the numbers. */
export class Twin {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #go: (step: number) => void;

  constructor(model: ViewModel, go: (step: number) => void) {
    this.#model = model;
    this.#go = go;
    this.element = element('section', {
      class: 'twin',
      attributes: { 'aria-label': model.texts.twin, tabindex: '0', hidden: '' },
    });
  }

  /** Draws a window. */
  show(summary: WindowSummary): void {
    const { texts, range } = this.#model;
    const [first, last] = [summary.from - range.from + 1, summary.to - range.from];
    this.element.replaceChildren(
      this.#table(
        fill(texts['twin-lanes'], first, last),
        ['twin-context', 'twin-program', 'twin-steps', 'twin-first', 'twin-last'],
        summary.lanes.map((lane) => this.#lane(lane)),
      ),
      this.#table(
        fill(texts['twin-crossings'], first, last),
        ['twin-step', 'twin-from', 'twin-by', 'twin-to'],
        summary.crossings.map((crossing) => this.#crossing(crossing)),
      ),
      ...(summary.crossings.length === 0 ? [element('p', { class: 'aside', text: texts['twin-none'] })] : []),
      ...(summary.more > 0 ? [element('p', { class: 'aside', text: fill(texts['twin-more'], summary.more) })] : []),
    );
  }

  #table(caption: string, heads: readonly ViewTextKey[], rows: readonly HTMLElement[]): HTMLElement {
    const { texts } = this.#model;
    return element('table', {}, [
      element('caption', { text: caption }),
      element('thead', {}, [
        element(
          'tr',
          {},
          heads.map((head) => element('th', { text: texts[head], attributes: { scope: 'col' } })),
        ),
      ]),
      element('tbody', {}, rows),
    ]);
  }

  #lane({ context, steps, first, last }: LaneSummary): HTMLElement {
    const head = this.#model.head.contexts[context];
    return element('tr', { class: `lane-${head?.lane ?? 0}` }, [
      element('th', { attributes: { scope: 'row' } }, [
        element('span', { class: 'dot' }),
        element('span', { text: head?.name ?? '' }),
      ]),
      element('td', { text: head?.program ?? '' }),
      element('td', { class: 'count', text: String(steps) }),
      element('td', { class: 'stage', text: this.#stage(first) }),
      element('td', { class: 'stage', text: this.#stage(last) }),
    ]);
  }

  #crossing({ step, from, to, hop, left, taken }: CrossingSummary): HTMLElement {
    const { range, head, texts } = this.#model;
    const number = String(step - range.from + 1);
    const name = (context: number, stage: number): string =>
      `${this.#stage(stage)} · ${head.contexts[context]?.name ?? ''}`;
    return element('tr', { class: `lane-${head.contexts[to]?.lane ?? 0}` }, [
      element('th', { attributes: { scope: 'row' } }, [
        actionLink(number, fill(texts['bookmark-go'], this.#stage(taken)), () => this.#go(step)),
      ]),
      element('td', { class: 'stage', text: name(from, left) }),
      element('td', { text: head.hops[hop]?.name ?? '' }),
      element('td', { class: 'stage', text: name(to, taken) }),
    ]);
  }

  #stage(stage: number): string {
    return this.#model.head.stages[stage]?.function ?? '';
  }
}
