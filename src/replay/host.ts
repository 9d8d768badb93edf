import { assertNever } from '../base/assert.ts';
import { type Disposable, MutableDisposable } from '../base/disposable.ts';
import {
  type FromView,
  type Moment,
  type Move,
  type PlaceHead,
  PROTOCOL_VERSION,
  type Shown,
  type ToView,
} from '../protocol/messages.ts';
import { parseFromView } from '../protocol/validate.ts';
import type { ViewTexts } from '../protocol/view-texts.ts';
import { replayTexts } from '../texts/replay.ts';
import { answerTo, isQuestion, type Question } from './answers.ts';
import { momentOf } from './moment.ts';
import type { Session } from './session.ts';
import { excerptAt } from './sources.ts';

/** What a replay needs of the program it runs in: VS Code's extension host, or the page of an exported file. */
export interface ReplayPort {
  /** To the view. */
  post(message: ToView): void;
  /** The cursor stands on another step, or on the same again: show its code. */
  arrived(moment: Moment): void;
  /** The user wants to see this place. */
  open(place: PlaceHead): void;
  /** The user wants to choose source folders. */
  chooseFolders(): void;
  /** A message of the view was refused. */
  refused(reason: string): void;
  /** Runs `action` once, `milliseconds` from now, unless disposed before. */
  after(milliseconds: number, action: () => void): Disposable;
}

/** Milliseconds from step to step in play: a pace at which each line can be seen, and an editor can follow. */
export const PLAY_INTERVAL = 600;

/** One view on a session: it owns the cursor, answers the view, and plays. */
export class ReplayHost implements Disposable {
  readonly session: Session;
  readonly #port: ReplayPort;
  readonly #keep: string;
  readonly #timer = new MutableDisposable<Disposable>();
  #step: number;
  #playing = false;

  /** `keep` is what the view hands back after a reload; `step` is where to start, the first of the run by default. */
  constructor(session: Session, port: ReplayPort, keep: string, step?: number) {
    this.session = session;
    this.#port = port;
    this.#keep = keep;
    this.#step = this.#within(step ?? startOf(session));
  }

  /** The step that the cursor stands on. */
  get step(): number {
    return this.#step;
  }

  /** Whether it plays. */
  get playing(): boolean {
    return this.#playing;
  }

  /** Takes a message of the view, whatever it holds. */
  receive(raw: unknown): void {
    const message = parseFromView(raw);
    if (!message.ok) {
      this.#port.refused(message.error);
      return;
    }
    if (isQuestion(message.value)) {
      const answer = answerTo(this.session, message.value);
      if (answer === undefined) {
        this.#port.refused(`${message.value.t}: nothing there`);
      } else {
        this.#port.post(answer);
      }
      return;
    }
    this.#handle(message.value);
  }

  /** Goes to a step of the session; one out of range is the nearest. */
  go(step: number): void {
    this.#step = this.#within(step);
    this.#announce();
  }

  /** A move relative to where the cursor stands, inside its phase. */
  move(by: Move): void {
    this.go(this.#target(by));
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
    if (this.#step === this.#last()) {
      this.move('first');
    }
    this.#schedule();
  }

  dispose(): void {
    this.#playing = false;
    this.#timer.dispose();
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
      case 'move':
        this.play(false);
        this.move(message.by);
        break;
      case 'play':
        this.play(message.on);
        break;
      case 'show':
        this.#show(message.shown);
        break;
      case 'open':
        this.#open(message.step, message.evidence);
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
    if (version !== PROTOCOL_VERSION) {
      this.#port.post({ t: 'notice', level: 'error', text: texts['wrong-version'], next: '' });
      return;
    }
    this.#port.post({ t: 'session', version, language, texts, head: this.session.head(), keep: this.#keep });
    this.#announce();
    this.#port.post({ t: 'playing', on: this.#playing });
  }

  #show(shown: Shown): void {
    const range = this.session.ranges[shown];
    this.play(false);
    if (range.to > range.from && this.session.shownOf(this.#step) !== shown) {
      this.go(range.from);
    }
  }

  #open(step: number, evidence: number): void {
    if (step >= this.session.steps.length) {
      this.#port.refused('open: no such step');
      return;
    }
    const moment = momentOf(this.session, step);
    const place = evidence < 0 ? moment.place : moment.hop?.evidence[evidence];
    if (place === undefined) {
      this.#port.refused('open: no such place');
      return;
    }
    const { sources } = this.session.parts;
    const code = sources === undefined ? undefined : excerptAt(sources, place);
    if (code !== undefined) {
      this.#port.post({ t: 'code', code });
    }
    this.#port.open(place);
  }

  #announce(): void {
    const moment = momentOf(this.session, this.#step);
    this.#port.post({ t: 'moment', moment });
    this.#port.arrived(moment);
  }

  #schedule(): void {
    this.#timer.value = this.#port.after(PLAY_INTERVAL, () => {
      this.move('next');
      if (this.#step === this.#last()) {
        this.play(false);
      } else if (this.#playing) {
        this.#schedule();
      }
    });
  }

  #target(by: Move): number {
    const range = this.session.ranges[this.session.shownOf(this.#step)];
    switch (by) {
      case 'next':
        return Math.min(this.#step + 1, range.to - 1);
      case 'back':
        return Math.max(this.#step - 1, range.from);
      case 'first':
        return range.from;
      case 'last':
        return range.to - 1;
      case 'next-boundary':
        return this.session.boundary(this.#step, 1);
      case 'previous-boundary':
        return this.session.boundary(this.#step, -1);
      default:
        return assertNever(by);
    }
  }

  #last(): number {
    return this.session.ranges[this.session.shownOf(this.#step)].to - 1;
  }

  #within(step: number): number {
    return Math.max(0, Math.min(step, this.session.steps.length - 1));
  }
}

/** Where a replay starts: the run's first step, or the first step of all where nothing ran. */
function startOf(session: Session): number {
  const { run } = session.ranges;
  return run.to > run.from ? run.from : 0;
}
