import type { ToInspectView } from '../protocol/inspect.ts';
import type { CodeExcerpt, FromView, Moment, Range, Shown } from '../protocol/messages.ts';
import type { ToNavigateView } from '../protocol/navigate.ts';
import type { TimelineWindow } from '../protocol/timeline.ts';
import { Details } from './details.ts';
import { element } from './dom.ts';
import { Header } from './header.ts';
import { StateTab } from './inspectors/state-tab.ts';
import { WhyTab } from './inspectors/why-tab.ts';
import { ChordWatch } from './keys.ts';
import type { ViewModel } from './model.ts';
import { Moves } from './moves.ts';
import { Side } from './side.ts';
import { StageList } from './stage-list.ts';
import { Timeline } from './timeline/timeline.ts';

/** The whole panel for one session: header, picture, list and details on one model. */
export class Panel {
  readonly element: HTMLElement;
  readonly model: ViewModel;
  readonly #send: (message: FromView) => void;
  readonly #header: Header;
  readonly #moves: Moves;
  readonly #timeline: Timeline;
  readonly #list: StageList;
  readonly #details: Details;
  readonly #state: StateTab;
  readonly #why: WhyTab;
  readonly #side: Side;
  readonly #chords = new ChordWatch();

  constructor(model: ViewModel, send: (message: FromView) => void) {
    this.model = model;
    this.#send = send;
    const go = (step: number): void => send({ t: 'go', step });
    this.#moves = new Moves(model, {
      send,
      visible: () => this.#visible(),
      showPicture: (on) => {
        this.#timeline.element.hidden = !on;
      },
      show: (shown) => this.#show(shown),
      focusList: () => this.#list.focus(),
    });
    this.#header = new Header(model, this.#moves.bar.element, this.#moves.actions);
    this.#header.element.addEventListener('click', (event) => this.#clicked(event));
    this.#timeline = new Timeline(model, send);
    this.#list = new StageList(model, go);
    this.#details = new Details(model, { open: (step, evidence) => send({ t: 'open', step, evidence }), go });
    this.#state = new StateTab(model, send);
    this.#why = new WhyTab(model, send);
    this.#side = new Side(model.texts.side, [
      {
        id: 'step',
        text: model.texts['tab-step'],
        content: this.#details.element,
        show: () => this.#details.draw(),
      },
      { id: 'state', text: model.texts['tab-state'], content: this.#state.element, show: () => this.#state.show() },
      { id: 'why', text: model.texts['tab-why'], content: this.#why.element, show: () => this.#why.show() },
    ]);
    this.element = element('main', {}, [
      this.#header.element,
      this.#timeline.element,
      this.#moves.twin.element,
      element('div', { class: 'body' }, [this.#list.element, this.#side.element]),
      this.#moves.announcer.element,
      ...this.#moves.overlays,
    ]);
  }

  /** Draws everything; the page holds the panel by now. */
  start(): void {
    // A tab that takes room from the list must not leave the current row out of sight.
    new ResizeObserver(() => this.#list.follow()).observe(this.#side.element);
    this.#timeline.start();
    this.#list.draw();
    this.#list.focus();
  }

  /** Another step is current. */
  arrive(moment: Moment): void {
    const { model } = this;
    const before = model.shown;
    model.moment = moment;
    model.shown = moment.shown;
    if (before !== model.shown) {
      this.#list.draw();
      this.#moves.windowChanged();
    }
    this.#header.follow();
    this.#moves.arrive(moment);
    this.#timeline.follow();
    this.#list.follow();
    this.#side.arrive(moment, model.head.contexts[moment.context]?.lane ?? 0);
  }

  /** How the user moves, what was found, or what there is to say. */
  moved(message: ToNavigateView): void {
    this.#moves.take(message);
    if (message.t === 'navigation') {
      this.#list.draw();
    }
  }

  /** An answer about the current moment. */
  inspected(message: ToInspectView): void {
    if (message.t === 'state') {
      this.#state.take(message);
    } else {
      this.#why.take(message);
    }
  }

  /** The code of a place that was asked for. */
  showCode(code: CodeExcerpt): void {
    this.#details.showCode(code);
  }

  /** Playing began or ended. */
  playing(on: boolean): void {
    this.model.playing = on;
    this.#moves.playing(on);
  }

  /** A page of steps has arrived. */
  stepsArrived(): void {
    this.#list.draw();
  }

  /** A part of the timeline has arrived. */
  timelineArrived(window: TimelineWindow, request: number): void {
    this.#timeline.take(window, request);
  }

  #show(shown: Shown): void {
    const range = this.model.head.ranges[shown];
    if (range.to > range.from) {
      this.#send({ t: 'show', shown });
    } else {
      this.#header.follow();
    }
  }

  /** A phase chosen with the mouse gives the keys back to the list; left on the choice, an arrow key would choose again. */
  #clicked(event: Event): void {
    if (event.target instanceof Element && event.target.closest('vscode-radio') !== null) {
      this.#list.focus();
    }
  }

  /** The steps that the timeline shows. */
  #visible(): Range {
    return this.#timeline.visible();
  }

  /** A key has been pressed, wherever the focus is; what an open dialog takes does not come here. */
  key(event: KeyboardEvent): void {
    if (!this.#chords.isEditors(event, event.timeStamp) && !this.#timeline.key(event)) {
      this.#moves.key(event);
    }
  }
}
