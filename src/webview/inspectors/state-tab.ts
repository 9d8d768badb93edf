import { assertNever } from '../../base/assert.ts';
import { INSPECT_LIMITS, type StateView, TOPICS, type ToInspectView, type Topic } from '../../protocol/inspect.ts';
import type { FromView } from '../../protocol/messages.ts';
import { element } from '../dom.ts';
import type { ViewModel } from '../model.ts';
import { dropdown } from '../toolkit.ts';
import type { Desk } from './desk.ts';
import { drawContexts, drawFields, drawOutput, drawVectors } from './plain.ts';
import { drawQueue } from './queue.ts';
import { drawRequest } from './request.ts';

/** What is chosen inside a topic. */
interface Chosen {
  item: number;
  detail: number;
}

/** The tab that looks into the state of the current moment, one topic at a time. */
export class StateTab {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #send: (message: FromView) => void;
  readonly #bar: HTMLElement;
  readonly #body: HTMLElement;
  readonly #desk: Desk;
  readonly #chosen: Record<Topic, Chosen>;
  #topic: Topic = 'queue';
  #request = 0;
  #view: StateView | undefined;
  #queues: { readonly names: string; readonly box: ReturnType<typeof dropdown> } | undefined;

  constructor(model: ViewModel, send: (message: FromView) => void) {
    const { texts } = model;
    this.#model = model;
    this.#send = send;
    this.#chosen = Object.fromEntries(TOPICS.map((topic) => [topic, { item: 0, detail: -1 }])) as Record<Topic, Chosen>;
    this.#chosen.queue.item = INSPECT_LIMITS.item;
    this.#desk = {
      model,
      unfolded: new Set(),
      openStage: (stage) => send({ t: 'open-stage', stage }),
      look: (item, detail) => this.#look(item, detail),
      again: () => this.#draw(),
    };
    const topics = TOPICS.map((topic) => [topic, texts[`topic-${topic}`]] as const);
    const topic = dropdown(texts.topic, topics, (value) => this.#choose(value));
    this.#bar = element('div', { class: 'state-bar' }, [opensBelow(topic.element)]);
    this.#body = element('div', { class: 'state-body' }, [
      element('p', { class: 'aside', text: texts['state-loading'] }),
    ]);
    this.element = element('section', { class: 'state', attributes: { 'aria-label': texts.state } }, [
      this.#bar,
      this.#body,
    ]);
    this.element.addEventListener('keydown', (event) => keepFoldKeys(event));
  }

  /** Asks for what is chosen at the current moment; what is shown stays until the answer comes. */
  show(): void {
    const { moment } = this.#model;
    if (moment !== undefined) {
      const { item, detail } = this.#chosen[this.#topic];
      const { event: from, at } = moment;
      this.#send({ t: 'want-state', request: ++this.#request, from, at, topic: this.#topic, item, detail });
    }
  }

  /** An answer; one to an older question is not shown. */
  take(message: Extract<ToInspectView, { readonly t: 'state' }>): void {
    if (message.request === this.#request) {
      this.#view = message.view;
      this.#draw();
    }
  }

  #choose(value: string): void {
    const topic = TOPICS.find((one) => one === value);
    if (topic !== undefined) {
      this.#topic = topic;
      this.show();
    }
  }

  #look(item: number, detail: number): void {
    this.#chosen[this.#topic] = { item, detail };
    this.show();
  }

  #draw(): void {
    const view = this.#view;
    if (view !== undefined) {
      this.#follow(view);
      this.#body.replaceChildren(...this.#inside(view));
    }
  }

  /** The choice of queues, which may differ from moment to moment. */
  #follow(view: StateView): void {
    if (view.topic !== 'queue') {
      this.#queues?.box.element.remove();
      this.#queues = undefined;
      return;
    }
    const names = view.queues.map(({ name }) => name).join();
    if (this.#queues?.names !== names) {
      this.#queues?.box.element.remove();
      const values = view.queues.map(({ item, name }) => [String(item), name] as const);
      const box = dropdown(this.#model.texts.queue, values, (value) => this.#look(Number(value), -1));
      this.#queues = { names, box };
      this.#bar.append(opensBelow(box.element));
    }
    this.#queues.box.select(String(view.asked));
  }

  #inside(view: StateView): readonly Node[] {
    switch (view.topic) {
      case 'queue':
        return drawQueue(this.#desk, view);
      case 'request':
        return drawRequest(this.#desk, view);
      case 'registers':
      case 'pci':
      case 'kernel':
        return drawFields(this.#desk, view);
      case 'msix':
        return drawVectors(this.#desk, view);
      case 'contexts':
        return drawContexts(this.#desk, view);
      case 'output':
        return drawOutput(this.#desk, view);
      default:
        return assertNever(view);
    }
  }
}

/** Least height of an open list, in pixels: two of its lines. */
const LIST = 48;

/** A choice at the top of a scrolled part: its list opens below, no higher than the window has room for. */
function opensBelow(box: HTMLElement): HTMLElement {
  const fit = (): void => {
    const room = window.innerHeight - box.getBoundingClientRect().bottom - 6;
    box.style.setProperty('--dropdown-list-max-height', `${Math.min(260, Math.max(LIST, room))}px`);
  };
  box.setAttribute('position', 'below');
  box.addEventListener('pointerdown', fit);
  box.addEventListener('keydown', fit);
  return box;
}

/** Space unfolds a line that has the focus; outside it plays. */
function keepFoldKeys(event: KeyboardEvent): void {
  if (event.key === ' ' && event.target instanceof HTMLElement && event.target.tagName === 'SUMMARY') {
    event.stopPropagation();
  }
}
