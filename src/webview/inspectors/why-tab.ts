import type { ToInspectView, WhyReason, WhyView } from '../../protocol/inspect.ts';
import type { FromView } from '../../protocol/messages.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import type { ViewModel } from '../model.ts';
import { textButton } from '../toolkit.ts';
import { type Desk, heading } from './desk.ts';
import { fieldList } from './fields.ts';

/** The tab that says why the current stage is there, what chose the way to it, and what would have happened otherwise. */
export class WhyTab {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #send: (message: FromView) => void;
  readonly #body: HTMLElement;
  readonly #desk: Desk;
  #request = 0;
  #why: WhyView | undefined;

  constructor(model: ViewModel, send: (message: FromView) => void) {
    this.#model = model;
    this.#send = send;
    this.#desk = {
      model,
      unfolded: new Set(),
      openStage: (stage) => send({ t: 'open-stage', stage }),
      look: () => undefined,
      again: () => this.#draw(),
    };
    this.#body = element('div', {}, [element('p', { class: 'aside', text: model.texts['state-loading'] })]);
    this.element = element('section', { class: 'why', attributes: { 'aria-label': model.texts.why } }, [this.#body]);
  }

  /** Asks about the current stage; what is shown stays until the answer comes. */
  show(): void {
    const { moment } = this.#model;
    if (moment !== undefined) {
      const { event: from, at, stage } = moment;
      this.#send({ t: 'want-why', request: ++this.#request, from, at, stage });
    }
  }

  /** An answer; one to an older question is not shown. */
  take(message: Extract<ToInspectView, { readonly t: 'why' }>): void {
    if (message.request === this.#request) {
      this.#why = message.why;
      this.#draw();
    }
  }

  #draw(): void {
    const { texts, head } = this.#model;
    const why = this.#why;
    if (why === undefined) {
      return;
    }
    const text = why.text === '' ? texts['why-nothing'] : why.text;
    this.#body.replaceChildren(
      element('h2', { class: 'function', text: head.stages[why.stage]?.function ?? '' }),
      element('p', { class: why.text === '' ? 'aside' : 'told', text }),
      heading(texts['why-reasons']),
      ...(why.reasons.length === 0
        ? [element('p', { class: 'aside', text: texts['why-no-reasons'] })]
        : why.reasons.map((reason) => this.#reason(reason))),
    );
  }

  #reason(reason: WhyReason): HTMLElement {
    const { texts } = this.#model;
    return element('div', { class: 'reason-box' }, [
      element('p', { class: 'because', text: reason.because }),
      ...(reason.fields.length === 0 ? [] : [fieldList(this.#desk, reason.because, reason.fields)]),
      element('p', { class: 'otherwise' }, [
        element('b', { text: texts['why-otherwise'] }),
        element('span', { text: reason.otherwise }),
      ]),
      ...this.#run(reason),
    ]);
  }

  /** Runs the scenario that goes the other way; a host that cannot run anything names it. */
  #run({ scenario, title }: WhyReason): readonly Node[] {
    const { texts, navigation } = this.#model;
    if (scenario === '') {
      return [];
    }
    if (navigation?.canRun !== true) {
      return [element('p', { class: 'aside', text: `${title} (${scenario})` })];
    }
    const button = textButton(fill(texts['why-run'], title), () => this.#send({ t: 'run-scenario', name: scenario }));
    button.title = fill(texts['why-run-title'], scenario);
    return [button];
  }
}
