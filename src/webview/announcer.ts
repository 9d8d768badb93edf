import type { Moment } from '../protocol/messages.ts';
import { SPEEDS } from '../protocol/navigate.ts';
import { fill } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import type { ViewModel } from './model.ts';
import { hopName, wayOf } from './words.ts';

/** Says each step in one sentence, for screen readers, and what a move has to say, for everybody. */
export class Announcer {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #spoken = element('div', { class: 'spoken', attributes: { 'aria-live': 'polite', role: 'status' } });
  readonly #shown = element('div', { class: 'said', attributes: { 'aria-live': 'polite', hidden: '' } });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(model: ViewModel) {
    this.#model = model;
    this.element = element('div', { class: 'announcer' }, [this.#spoken, this.#shown]);
  }

  /** Another moment is current. Faster than a sentence can be heard, only the last one is said. */
  arrive(moment: Moment): void {
    this.#shown.hidden = true;
    const { navigation, playing } = this.#model;
    if (!playing || (SPEEDS[navigation?.speed ?? 0] ?? 1) < 1) {
      this.#spoken.textContent = this.sentence(moment);
    }
  }

  /** Playing has ended: where it stands is said. */
  rest(): void {
    const { moment } = this.#model;
    if (moment !== undefined) {
      this.#spoken.textContent = this.sentence(moment);
    }
  }

  /** Shows a sentence for some seconds. */
  say(text: string): void {
    clearTimeout(this.#timer);
    this.#shown.textContent = text;
    this.#shown.hidden = false;
    this.#timer = setTimeout(() => {
      this.#shown.hidden = true;
    }, 6000);
  }

  /** One step in one sentence. */
  sentence(moment: Moment): string {
    const { texts, head, range, count } = this.#model;
    const stage = head.stages[moment.stage]?.function ?? '';
    const context = head.contexts[moment.context];
    const where = `${context?.program ?? ''}, ${context?.name ?? ''}`;
    const step = fill(texts['say-step'], moment.step - range.from + 1, count, stage, where, this.#way(moment));
    const hazards = moment.notes.length > 0 ? moment.notes : [];
    return [step, ...hazards].join(' ');
  }

  #way(moment: Moment): string {
    const { texts, range } = this.#model;
    if (moment.line !== '') {
      return moment.line;
    }
    const { hop } = moment;
    if (hop === undefined) {
      return texts[moment.step === range.from ? 'first-step' : 'starts-here'];
    }
    return wayOf(texts, moment.kind, hopName(this.#model, hop), moment.kind === 'leave' ? hop.to : hop.from);
  }
}
