import { assertNever } from '../base/assert.ts';
import { type Disposable, MutableDisposable } from '../base/disposable.ts';
import type { KeptMoves } from '../protocol/kept.ts';
import {
  type FromView,
  type Moment,
  type Move,
  type PlaceHead,
  PROTOCOL_VERSION,
  type Shown,
  type ToView,
} from '../protocol/messages.ts';
import { NAVIGATE_LIMITS, SPEEDS, type Target } from '../protocol/navigate.ts';
import { parseFromView } from '../protocol/validate.ts';
import type { ViewTexts } from '../protocol/view-texts.ts';
import { NAMED } from '../scenarios/named.ts';
import { MOVE_TEXTS } from '../texts/navigate.ts';
import { replayTexts } from '../texts/replay.ts';
import { answerTo, isQuestion, type Question } from './answers.ts';
import { momentOf, stagePlace } from './moment.ts';
import { Navigator } from './navigate/navigator.ts';
import { nowhere } from './navigate/nowhere.ts';
import type { Session } from './session.ts';
import { excerptAt } from './sources.ts';

/** What a replay needs of the program it runs in: VS Code's extension host, or the page of an exported file. */
export interface ReplayPort {
  /** To the view. */
  post(message: ToView): void;
  /** The cursor stands on another step, or on the same again: show its code. `following`: the user wants to see it. */
  arrived(moment: Moment, following: boolean): void;
  /** The user wants to see this place. */
  open(place: PlaceHead): void;
  /** The user wants to choose source folders. */
  chooseFolders(): void;
  /** The user wants a link to an event; left out where there are no links. */
  copyLink?(event: number): void;
  /** The user wants to see this named scenario instead; left out where nothing can be run. */
  runScenario?(name: string): void;
  /** How the user moves, for whoever keeps it beyond the view's life. */
  moves?(kept: KeptMoves): void;
  /** A message of the view was refused. */
  refused(reason: string): void;
  /** Runs `action` once, `milliseconds` from now, unless disposed before. */
  after(milliseconds: number, action: () => void): Disposable;
}

/** Milliseconds from step to step in play at speed 1: a pace at which each line can be seen, and an editor can follow. */
export const PLAY_INTERVAL = 600;

/** Where a replay starts: a step, or exactly an event, and how its user moved before. */
export interface Start extends KeptMoves {
  readonly step?: number | undefined;
  readonly event?: number | undefined;
}

/** One view on a session: it owns the cursor, answers the view, and plays. */
export class ReplayHost implements Disposable {
  readonly session: Session;
  readonly #port: ReplayPort;
  readonly #keep: string;
  readonly #timer = new MutableDisposable<Disposable>();
  readonly #navigator: Navigator;
  #playing = false;
  /** A view of our version has said that it is there: from then on its other messages are taken. */
  #isGreeted = false;

  /** `keep` is what the view hands back after a reload; it starts at the first step of the run by default. */
  constructor(session: Session, port: ReplayPort, keep: string, start: Start = {}) {
    this.session = session;
    this.#port = port;
    this.#keep = keep;
    this.#navigator = new Navigator(session, start.step ?? startOf(session), start);
    if (start.event !== undefined) {
      this.#navigator.goEvent(start.event);
    }
  }

  /** The step that the cursor stands on. */
  get step(): number {
    return this.#navigator.step;
  }

  /** The event that the cursor stands on: the last one of the step, unless events are stepped over. */
  get event(): number {
    return this.#navigator.spot.at;
  }

  /** Whether it plays. */
  get playing(): boolean {
    return this.#playing;
  }

  /** Whether the editor follows. */
  get following(): boolean {
    return this.#navigator.following;
  }

  /** Takes a message of the view, whatever it holds. */
  receive(raw: unknown): void {
    const message = parseFromView(raw);
    if (!message.ok) {
      this.#port.refused(message.error);
      return;
    }
    if (!this.#isGreeted && message.value.t !== 'ready') {
      this.#port.refused(`${message.value.t}: before ready`);
    } else if (isQuestion(message.value)) {
      this.#answer(message.value);
    } else {
      this.#handle(message.value);
    }
  }

  /** Goes to a step of the session; one out of range is the nearest. */
  go(step: number): void {
    this.#navigator.go(step);
    this.#announce();
  }

  /** Goes to an event of the session; one out of range is the nearest. */
  goEvent(event: number): void {
    this.#navigator.goEvent(event);
    this.#announce();
  }

  /** A move from where the cursor stands; one that leads nowhere is said. */
  move(by: Move): void {
    if (this.#navigator.move(by)) {
      this.#announce();
    } else {
      this.#say(nowhere(by, this.#navigator, MOVE_TEXTS[this.session.parts.language]));
    }
  }

  /** Goes to the next or previous occurrence of a target; where there is none, to the last or first one there is. */
  seek(target: Target, direction: 1 | -1): void {
    const result = this.#navigator.seek(target, direction);
    if (result === 'unknown') {
      this.#port.refused('seek: no such target');
      return;
    }
    this.#state();
    if (result !== 'alone') {
      this.#announce();
    }
    if (result !== 'found') {
      const texts = MOVE_TEXTS[this.session.parts.language];
      const name = this.#navigator.target?.name ?? '';
      this.#say(direction > 0 ? texts.lastOne(name) : texts.firstOne(name));
    }
  }

  /** Lets the editor follow, or not; when it does again, it comes at once. */
  follow(on: boolean): void {
    if (on !== this.#navigator.following) {
      this.#navigator.following = on;
      this.#state();
      this.#port.arrived(this.#moment(), on);
    }
  }

  /** Sets a bookmark where the cursor stands, or removes the one that is there. */
  toggleBookmark(): void {
    const { event } = this;
    const has = this.#navigator.bookmarks.some((one) => one.event === event);
    this.#bookmark(event, !has, '');
  }

  /** Starts or stops playing. At the end of a phase, play starts over. */
  play(on: boolean): void {
    if (on === this.#playing) {
      return;
    }
    this.#playing = on;
    this.#port.post({ t: 'playing', on });
    if (!on) {
      this.#timer.value = undefined;
      return;
    }
    if (this.#navigator.atEnd) {
      this.move('first');
    }
    this.#schedule();
  }

  dispose(): void {
    this.#playing = false;
    this.#timer.dispose();
  }

  #answer(question: Question): void {
    const answer = answerTo(this.session, question);
    if (answer === undefined) {
      this.#port.refused(`${question.t}: nothing there`);
    } else {
      this.#port.post(answer);
    }
  }

  #handle(message: Exclude<FromView, Question>): void {
    switch (message.t) {
      case 'ready':
        this.#greet(message.version);
        break;
      case 'go':
        this.play(false);
        this.go(message.step);
        break;
      case 'go-event':
        this.play(false);
        this.goEvent(message.event);
        break;
      case 'move':
        this.play(false);
        this.move(message.by);
        break;
      case 'seek':
        this.play(false);
        this.seek(message, message.direction === 'next' ? 1 : -1);
        break;
      case 'play':
        this.play(message.on);
        break;
      case 'unit':
        this.#navigator.unit = message.unit;
        this.#state();
        this.#announce();
        break;
      case 'speed':
        this.#speed(message.speed);
        break;
      case 'follow':
        this.follow(message.on);
        break;
      case 'bookmark':
        this.#bookmark(message.event, message.on, message.name);
        break;
      case 'copy-link':
        this.#port.copyLink?.(this.event);
        break;
      case 'show':
        this.#show(message.shown);
        break;
      case 'open':
        this.#open(message.step, message.evidence);
        break;
      case 'open-stage':
        this.#openPlace(stagePlace(this.session, message.stage), 'open-stage');
        break;
      case 'run-scenario':
        this.#runScenario(message.name);
        break;
      case 'choose-folders':
        this.#port.chooseFolders();
        break;
      default:
        assertNever(message);
    }
  }

  #greet(version: number): void {
    const { language } = this.session.parts;
    const texts: ViewTexts = replayTexts[language];
    this.#isGreeted = version === PROTOCOL_VERSION;
    if (!this.#isGreeted) {
      this.#port.post({ t: 'notice', level: 'error', text: texts['wrong-version'], next: '' });
      return;
    }
    this.#port.post({ t: 'session', version, language, texts, head: this.session.head(), keep: this.#keep });
    this.#postState();
    this.#announce();
    this.#port.post({ t: 'playing', on: this.#playing });
  }

  #show(shown: Shown): void {
    const range = this.session.ranges[shown];
    this.play(false);
    if (range.to > range.from && this.session.shownOf(this.step) !== shown) {
      this.go(range.from);
    }
  }

  #speed(speed: number): void {
    this.#navigator.speed = speed;
    this.#state();
    if (this.#playing) {
      this.#schedule();
    }
  }

  #bookmark(event: number, on: boolean, name: string): void {
    const called = name.trim() === '' ? this.#navigator.nameOf(event) : name.trim();
    if (this.#navigator.mark({ event, name: called.slice(0, NAVIGATE_LIMITS.name) }, on)) {
      this.#state();
    } else if (this.session.parts.trace.event(event) === undefined) {
      this.#port.refused('bookmark: no such event');
    } else {
      this.#say(MOVE_TEXTS[this.session.parts.language].tooManyBookmarks(NAVIGATE_LIMITS.bookmarks));
    }
  }

  #open(step: number, evidence: number): void {
    if (step >= this.session.steps.length) {
      this.#port.refused('open: no such step');
      return;
    }
    const moment = momentOf(this.session, step);
    this.#openPlace(evidence < 0 ? moment.place : moment.hop?.evidence[evidence], 'open');
  }

  #runScenario(name: string): void {
    if (NAMED.has(name) && this.#port.runScenario !== undefined) {
      this.#port.runScenario(name);
    } else {
      this.#port.refused('run-scenario: no such scenario');
    }
  }

  #openPlace(place: PlaceHead | undefined, tag: FromView['t']): void {
    if (place === undefined) {
      this.#port.refused(`${tag}: no such place`);
      return;
    }
    const { sources } = this.session.parts;
    const code = sources === undefined ? undefined : excerptAt(sources, place);
    if (code !== undefined) {
      this.#port.post({ t: 'code', code });
    }
    this.#port.open(place);
  }

  #moment(): Moment {
    const { step, unit, spot } = this.#navigator;
    return momentOf(this.session, step, unit === 'events' ? spot.at : undefined);
  }

  #announce(): void {
    const moment = this.#moment();
    this.#port.post({ t: 'moment', moment });
    this.#port.arrived(moment, this.following);
  }

  #say(text: string): void {
    this.#port.post({ t: 'said', text });
  }

  /** The view and whoever keeps it learn how the user moves. */
  #state(): void {
    this.#postState();
    const { unit, speed, following, bookmarks } = this.#navigator;
    this.#port.moves?.({ unit, speed, following, bookmarks });
  }

  #postState(): void {
    const can = {
      canFollow: this.session.parts.sources === undefined,
      canLink: this.#port.copyLink !== undefined,
      canRun: this.#port.runScenario !== undefined,
    };
    this.#port.post({ t: 'navigation', state: this.#navigator.state(can) });
  }

  #schedule(): void {
    const speed = SPEEDS[this.#navigator.speed] ?? 1;
    this.#timer.value = this.#port.after(PLAY_INTERVAL / speed, () => {
      this.move('next');
      if (this.#navigator.atEnd) {
        this.play(false);
      } else if (this.#playing) {
        this.#schedule();
      }
    });
  }
}

/** Where a replay starts: the run's first step, or the first step of all where nothing ran. */
function startOf(session: Session): number {
  const { run } = session.ranges;
  return run.to > run.from ? run.from : 0;
}
