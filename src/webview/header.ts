import type { Shown } from '../protocol/messages.ts';
import { fill } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import type { ViewModel } from './model.ts';
import { choice, iconButton, relabel, textButton } from './toolkit.ts';

/** What the header can ask for. */
export interface HeaderActions {
  readonly back: () => void;
  readonly forward: () => void;
  readonly play: () => void;
  readonly show: (shown: Shown) => void;
  readonly chooseFolders: () => void;
}

/** What is replayed, the controls, and the counts. */
export class Header {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #play: HTMLElement;
  readonly #position: HTMLElement;
  readonly #phase: ReturnType<typeof choice>;

  constructor(model: ViewModel, actions: HeaderActions) {
    const { texts } = model;
    this.#model = model;
    this.#play = iconButton('play', texts.play, actions.play);
    this.#position = element('span', { class: 'position', attributes: { 'aria-live': 'off' } });
    this.#phase = choice(
      texts.phase,
      [
        ['set-up', texts['phase-set-up']],
        ['run', texts['phase-run']],
      ],
      (value) => actions.show(value === 'set-up' ? 'set-up' : 'run'),
    );
    const controls = element('div', { class: 'controls', attributes: { role: 'toolbar', 'aria-label': texts.steps } }, [
      iconButton('back', texts['step-back'], actions.back),
      this.#play,
      iconButton('forward', texts['step-forward'], actions.forward),
    ]);
    this.element = element('header', {}, [
      element('div', { class: 'headline' }, [element('h1', { text: model.head.title }), this.#phase.element]),
      element('div', { class: 'bar', attributes: { title: texts['keys-help'] } }, [
        controls,
        this.#position,
        this.#counts(),
      ]),
      ...this.#remarks(actions),
    ]);
    this.#phase.select(model.shown);
  }

  /** Shows the position, the phase, and whether it plays. */
  follow(): void {
    const { moment, range, count, texts, playing, shown } = this.#model;
    const at = moment === undefined ? 0 : moment.step - range.from + 1;
    this.#position.textContent = fill(texts['step-of'], at, count);
    const label = playing ? texts.pause : texts.play;
    if (this.#play.getAttribute('aria-label') !== label) {
      relabel(this.#play, playing ? 'pause' : 'play', label);
    }
    this.#phase.select(shown);
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

  #remarks(actions: HeaderActions): readonly HTMLElement[] {
    const { texts, head } = this.#model;
    const sample = element('div', { class: 'remark' }, [
      element('span', { text: texts.sample }),
      ...(head.canChooseFolders ? [textButton(texts['choose-folders'], actions.chooseFolders)] : []),
    ]);
    const dropped = element('div', { class: 'remark', text: fill(texts.dropped, head.dropped) });
    return [...(head.sample ? [sample] : []), ...(head.dropped > 0 ? [dropped] : [])];
  }
}
