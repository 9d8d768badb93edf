import { fill } from '../protocol/view-texts.ts';
import type { Actions } from './actions.ts';
import { element } from './dom.ts';
import type { ViewModel } from './model.ts';
import { choice, textButton } from './toolkit.ts';

/** What is replayed, the controls, and the counts. */
export class Header {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #phase: ReturnType<typeof choice>;

  /** `bar` moves through the run. */
  constructor(model: ViewModel, bar: HTMLElement, actions: Pick<Actions, 'show' | 'chooseFolders'>) {
    const { texts } = model;
    this.#model = model;
    this.#phase = choice(
      texts.phase,
      [
        ['set-up', texts['phase-set-up']],
        ['run', texts['phase-run']],
      ],
      (value) => actions.show(value === 'set-up' ? 'set-up' : 'run'),
    );
    this.element = element('header', {}, [
      element('div', { class: 'headline' }, [
        element('h1', { text: model.head.title }),
        this.#counts(),
        this.#phase.element,
      ]),
      bar,
      ...this.#remarks(actions),
    ]);
    this.#phase.select(model.shown);
  }

  /** Shows the phase. */
  follow(): void {
    this.#phase.select(this.#model.shown);
  }

  #counts(): HTMLElement {
    const { texts, head } = this.#model;
    const { found, absent, proven, unproven } = head.counts;
    const one = (name: string, count: number, text: string): HTMLElement =>
      element('span', { class: `count is-${name}${count === 0 ? ' is-zero' : ''}` }, [
        element('b', { text: String(count) }),
        element('span', { text }),
      ]);
    const trees = head.trees.map((tree) => `${tree.name} ${tree.version}\n${tree.path}`).join('\n');
    return element('div', { class: 'counts', attributes: { title: trees } }, [
      one('found', found, texts['stages-found']),
      one('absent', absent, texts['stages-absent']),
      one('proven', proven, texts['hops-proven']),
      one('unproven', unproven, texts['hops-unproven']),
    ]);
  }

  #remarks(actions: Pick<Actions, 'chooseFolders'>): readonly HTMLElement[] {
    const { texts, head } = this.#model;
    const sample = element('div', { class: 'remark' }, [
      element('span', { text: texts.sample }),
      ...(head.canChooseFolders ? [textButton(texts['choose-folders'], actions.chooseFolders)] : []),
    ]);
    const dropped = element('div', { class: 'remark', text: fill(texts.dropped, head.dropped) });
    return [...(head.sample ? [sample] : []), ...(head.dropped > 0 ? [dropped] : [])];
  }
}
