import type { FromView, Moment, Range, Shown } from '../protocol/messages.ts';
import { SPEEDS, type ToNavigateView, UNITS, USUAL_SPEED } from '../protocol/navigate.ts';
import type { Actions } from './actions.ts';
import { Announcer } from './announcer.ts';
import { BookmarkList } from './bookmark-list.ts';
import { Finder } from './finder.ts';
import { helpOverlay } from './help.ts';
import { press } from './keys.ts';
import type { ViewModel } from './model.ts';
import { MoveBar } from './move-bar.ts';
import type { Overlay } from './overlay.ts';
import { Twin } from './twin.ts';

/** What the moves need of the panel around them. */
export interface MovesPorts {
  readonly send: (message: FromView) => void;
  /** The steps that the picture shows now. */
  readonly visible: () => Range;
  /** Shows the picture, or the tables in its place. */
  readonly showPicture: (on: boolean) => void;
  readonly show: (shown: Shown) => void;
  readonly focusList: () => void;
}

/** Everything by which the user moves through a run: the bar, the keys, find, bookmarks, help, and the picture in words. */
export class Moves {
  readonly bar: MoveBar;
  readonly actions: Actions;
  readonly announcer: Announcer;
  readonly twin: Twin;
  readonly #model: ViewModel;
  readonly #ports: MovesPorts;
  readonly #finder: Finder;
  readonly #bookmarks: BookmarkList;
  readonly #help: Overlay;
  #requests = 0;

  constructor(model: ViewModel, ports: MovesPorts) {
    const { send } = ports;
    this.#model = model;
    this.#ports = ports;
    this.actions = this.#actionsOf();
    this.bar = new MoveBar(model, this.actions);
    this.announcer = new Announcer(model);
    this.twin = new Twin(model, (step) => send({ t: 'go', step }));
    this.#finder = new Finder(model, {
      find: (text, what) => send({ t: 'find', request: ++this.#requests, text, what }),
      seek: (target, direction) => send({ t: 'seek', direction, ...target }),
    });
    this.#bookmarks = new BookmarkList(model, {
      go: (event) => send({ t: 'go-event', event }),
      set: ({ event, name }, on) => send({ t: 'bookmark', event, on, name }),
    });
    this.#help = helpOverlay(model.texts, model.head.hops, model.head.hostShowsCode);
  }

  /** What lies over the panel while it is open. */
  get overlays(): readonly HTMLElement[] {
    return [this.#finder.overlay.element, this.#bookmarks.overlay.element, this.#help.element];
  }

  /** Another moment is current. */
  arrive(moment: Moment): void {
    this.bar.follow();
    this.announcer.arrive(moment);
  }

  /** Playing began or ended. */
  playing(on: boolean): void {
    this.bar.follow();
    if (!on) {
      this.announcer.rest();
    }
  }

  /** A message of this family; answers to questions that are no longer the newest are dropped. */
  take(message: ToNavigateView): void {
    switch (message.t) {
      case 'navigation':
        this.#model.navigation = message.state;
        this.bar.follow();
        this.#bookmarks.follow();
        break;
      case 'found':
        if (message.request === this.#requests) {
          this.#finder.show(message);
        }
        break;
      case 'summary':
        this.twin.show(message.summary);
        break;
      case 'said':
        this.announcer.say(message.text);
        break;
    }
  }

  /** The picture shows other steps: so do the tables, where they are shown. */
  windowChanged(): void {
    if (!this.twin.element.hidden) {
      const { from, to } = this.#ports.visible();
      this.#ports.send({ t: 'want-summary', request: ++this.#requests, from, to });
    }
  }

  /** Does what a key means. */
  key(event: KeyboardEvent): boolean {
    return press(event, this.actions);
  }

  #actionsOf(): Actions {
    const { send, show } = this.#ports;
    const model = this.#model;
    const speed = (): number => model.navigation?.speed ?? USUAL_SPEED;
    return {
      move: (by) => send({ t: 'move', by }),
      play: () => send({ t: 'play', on: !model.playing }),
      unit: (unit) => send({ t: 'unit', unit }),
      nextUnit: () => {
        const at = UNITS.indexOf(model.navigation?.unit ?? 'stages');
        send({ t: 'unit', unit: UNITS[(at + 1) % UNITS.length] ?? 'stages' });
      },
      speed: (index) => send({ t: 'speed', speed: index }),
      faster: (by) => send({ t: 'speed', speed: Math.max(0, Math.min(speed() + by, SPEEDS.length - 1)) }),
      find: () => this.#finder.open(),
      bookmark: () => this.#toggleBookmark(),
      bookmarks: () => this.#bookmarks.open(),
      follow: () => this.#toggleFollow(),
      link: () => {
        if (model.navigation?.canLink === true) {
          send({ t: 'copy-link' });
        }
      },
      evidence: () => this.#evidence(),
      twin: () => this.#toggleTwin(),
      help: () => this.#help.open(),
      show,
      chooseFolders: () => send({ t: 'choose-folders' }),
    };
  }

  #toggleFollow(): void {
    const { navigation } = this.#model;
    if (navigation?.canFollow === true) {
      this.#ports.send({ t: 'follow', on: !navigation.following });
    }
  }

  #toggleBookmark(): void {
    const { moment, navigation } = this.#model;
    if (moment !== undefined) {
      const has = navigation?.bookmarks.some(({ event }) => event === moment.at) ?? false;
      this.#ports.send({ t: 'bookmark', event: moment.at, on: !has, name: '' });
    }
  }

  #evidence(): void {
    const { moment } = this.#model;
    if (moment?.hop !== undefined && moment.hop.evidence.length > 0) {
      this.#ports.send({ t: 'open', step: moment.step, evidence: 0 });
    }
  }

  #toggleTwin(): void {
    const { element } = this.twin;
    element.hidden = !element.hidden;
    this.#ports.showPicture(element.hidden);
    this.bar.showTwin(!element.hidden);
    this.windowChanged();
    if (element.hidden) {
      this.#ports.focusList();
    } else {
      element.focus({ preventScroll: true });
    }
  }
}
