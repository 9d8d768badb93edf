import { assertNever } from '../../base/assert.ts';
import type { KeptMoves } from '../../protocol/kept.ts';
import type { Move, Range } from '../../protocol/messages.ts';
import {
  type Bookmark,
  type FoundTarget,
  NAVIGATE_LIMITS,
  type NavigationState,
  type Target,
  type Unit,
  USUAL_SPEED,
} from '../../protocol/navigate.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import type { Session } from '../session.ts';
import { effectsOf, wakerOf } from './causes.ts';
import { hopTaken, isTarget, seekHazard, seekStep, seekTarget, targetHead } from './targets.ts';

/** Where the cursor stands: a step, and the event of it up to which everything is shown. */
export interface Spot {
  readonly step: number;
  readonly at: number;
}

/** Kinds of hops that are plain calls. */
const PLAIN = new Set((['direct_call', 'return_then_call'] as const).map((kind) => HOP_KINDS.indexOf(kind)));

/** The cursor of one view on a session, and how its user moves it. */
export class Navigator {
  readonly #session: Session;
  #spot: Spot;
  #unit: Unit;
  #bookmarks: readonly Bookmark[];
  #target: FoundTarget | undefined;
  speed: number;
  following: boolean;

  constructor(session: Session, step: number, kept: KeptMoves) {
    this.#session = session;
    this.#unit = kept.unit ?? 'stages';
    this.#bookmarks = kept.bookmarks ?? [];
    this.speed = kept.speed ?? USUAL_SPEED;
    this.following = kept.following ?? true;
    this.#spot = this.spotOf(step);
  }

  get step(): number {
    return this.#spot.step;
  }

  get spot(): Spot {
    return this.#spot;
  }

  get bookmarks(): readonly Bookmark[] {
    return this.#bookmarks;
  }

  get unit(): Unit {
    return this.#unit;
  }

  /** Another unit; stepping over events begins at the step's first one. */
  set unit(unit: Unit) {
    if (unit !== this.#unit) {
      this.#unit = unit;
      this.#spot = this.spotOf(this.step);
    }
  }

  /** What a view is told. */
  state(can: Pick<NavigationState, 'canFollow' | 'canLink' | 'canRun'>): NavigationState {
    const { unit, speed, following } = this;
    const bookmarks = this.#bookmarks.map((one) => ({ ...one, step: this.#stepOf(one.event) }));
    return {
      ...can,
      unit,
      speed,
      following,
      bookmarks,
      ...(this.#target === undefined ? {} : { target: this.#target }),
    };
  }

  /** Goes to a step; one out of range is the nearest. */
  go(step: number): void {
    this.#spot = this.spotOf(step);
  }

  /** Goes to an event, or to the step that it belongs to where steps are not events. */
  goEvent(event: number): void {
    const step = this.#stepOf(event);
    const last = this.#session.endOf(step) - 1;
    const first = this.#session.steps.seq[step] ?? 0;
    const exact = Math.max(first, Math.min(event, last));
    this.#spot = this.#unit === 'events' ? { step, at: exact } : this.spotOf(step);
  }

  /** Goes where a move leads; false where it leads nowhere. */
  move(by: Move): boolean {
    const target = this.#eventOf(by);
    if (target === undefined) {
      return false;
    }
    this.goEvent(target);
    return true;
  }

  /**
   * Goes to the next or previous occurrence of a target, which becomes the one that `next-target` means. Where there is none
   * it turns round; `alone` where the cursor stands on the only one.
   */
  seek(target: Target, direction: 1 | -1): 'found' | 'turned' | 'alone' | 'unknown' {
    if (!isTarget(this.#session, target)) {
      return 'unknown';
    }
    this.#target = targetHead(this.#session, target);
    const event = this.#occurrence(target, direction);
    const other = event === undefined ? this.#occurrence(target, direction > 0 ? -1 : 1) : undefined;
    const there = event ?? other;
    if (there === undefined) {
      return 'alone';
    }
    this.goEvent(there);
    return event === undefined ? 'turned' : 'found';
  }

  /** What `next-target` goes to. */
  get target(): FoundTarget | undefined {
    return this.#target;
  }

  /** Sets a bookmark under a name, or removes it. False where there are too many already, or no such event. */
  mark({ event, name }: Bookmark, on: boolean): boolean {
    const others = this.#bookmarks.filter((one) => one.event !== event);
    const { trace } = this.#session.parts;
    if (on && (others.length >= NAVIGATE_LIMITS.bookmarks || trace.event(event) === undefined)) {
      return false;
    }
    this.#bookmarks = on ? [...others, { event, name }].sort((a, b) => a.event - b.event) : others;
    return true;
  }

  /** The last step of the shown phase has been reached. */
  get atEnd(): boolean {
    return this.#spot.at >= this.#session.endOf(this.#range().to - 1) - 1;
  }

  /** The name that a bookmark gets by itself: the function of its step. */
  nameOf(event: number): string {
    const { steps, parts } = this.#session;
    return parts.trace.stages[steps.stage[this.#stepOf(event)] ?? 0]?.function ?? '';
  }

  /** Where a step stands. */
  spotOf(step: number): Spot {
    const { steps } = this.#session;
    const within = Math.max(0, Math.min(step, steps.length - 1));
    return { step: within, at: this.#unit === 'events' ? (steps.seq[within] ?? 0) : this.#session.endOf(within) - 1 };
  }

  #stepOf(event: number): number {
    return Math.max(0, this.#session.steps.firstAt(event + 1) - 1);
  }

  #range(): Range {
    return this.#session.ranges[this.#session.shownOf(this.step)];
  }

  #eventOf(by: Move): number | undefined {
    const { from, to } = this.#range();
    switch (by) {
      case 'next':
        return this.#stepping(1);
      case 'back':
        return this.#stepping(-1);
      case 'first':
        return this.#seq(from);
      case 'last':
        return this.#unit === 'events' ? this.#session.endOf(to - 1) - 1 : this.#seq(to - 1);
      case 'next-boundary':
        return this.#seq(this.#session.boundary(this.step, 1));
      case 'previous-boundary':
        return this.#seq(this.#session.boundary(this.step, -1));
      case 'next-hop':
        return seekStep(this.#session, this.step, 1, (step) => this.#isHop(step));
      case 'previous-hop':
        return seekStep(this.#session, this.step, -1, (step) => this.#isHop(step));
      case 'next-hazard':
        return seekHazard(this.#session, this.#spot.at, 1);
      case 'previous-hazard':
        return seekHazard(this.#session, this.#first(), -1);
      case 'next-target':
        return this.#target === undefined ? undefined : this.#occurrence(this.#target, 1);
      case 'previous-target':
        return this.#target === undefined ? undefined : this.#occurrence(this.#target, -1);
      case 'next-bookmark':
        return this.#bookmarks.find(({ event }) => event > this.#spot.at)?.event;
      case 'previous-bookmark':
        return this.#bookmarks.findLast(({ event }) => event < this.#first())?.event;
      case 'who-woke':
        return this.#seq(wakerOf(this.#session, this.step));
      case 'what-caused':
        return this.#seq(effectsOf(this.#session, this.step)[0]);
      default:
        return assertNever(by);
    }
  }

  /** One unit forward or back, inside the shown phase. */
  #stepping(direction: 1 | -1): number | undefined {
    const { from, to } = this.#range();
    const { step, at } = this.#spot;
    switch (this.#unit) {
      case 'stages':
        return this.#seq(Math.max(from, Math.min(step + direction, to - 1)));
      case 'events':
        return Math.max(this.#seq(from) ?? 0, Math.min(at + direction, this.#session.endOf(to - 1) - 1));
      case 'boundaries':
        return this.#seq(this.#session.boundary(step, direction));
      default:
        return assertNever(this.#unit);
    }
  }

  #occurrence(target: Target, direction: 1 | -1): number | undefined {
    return seekTarget(this.#session, target, { step: this.step, first: this.#first(), last: this.#spot.at }, direction);
  }

  /** First event of what the cursor shows: before it lies what came earlier. */
  #first(): number {
    return this.#unit === 'events' ? this.#spot.at : (this.#seq(this.step) ?? 0);
  }

  #isHop(step: number): boolean {
    const kind = hopTaken(this.#session, step);
    return kind >= 0 && !PLAIN.has(kind);
  }

  #seq(step: number | undefined): number | undefined {
    return step === undefined ? undefined : this.#session.steps.seq[step];
  }
}
