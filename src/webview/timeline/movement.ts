import type { TimelineScale } from '../../protocol/timeline.ts';
import { between, isNear, NARROWEST, panned, revealing, type Span, within, zoomed } from './viewport.ts';

/** Milliseconds of a movement that the user did not make by hand. */
const GLIDE = 140;
/** Free space on each side of what is zoomed to, as a share of its own width. */
const AROUND = 0.25;
/** A change smaller than this share of the width is made at once. */
const UNSEEN = 0.002;

/** What a movement needs to know. */
export interface Surroundings {
  /** The whole phase, once it is known. */
  readonly phase: () => Span | undefined;
  readonly lessMotion: () => boolean;
  readonly now: () => number;
  /** Something has to be drawn. */
  readonly moved: () => void;
}

/** Which part of a phase is shown, and how it gets to be another one. */
export class Movement {
  scale: TimelineScale = 'steps';
  readonly #world: Surroundings;
  #span: Span | undefined;
  #glide: { readonly from: Span; readonly to: Span; readonly since: number } | undefined;
  /** How much of the phase is to be shown once it is known; undefined for all. */
  #share: number | undefined;

  constructor(world: Surroundings) {
    this.#world = world;
  }

  /** What is shown now; undefined until the phase is known. */
  get span(): Span | undefined {
    return this.#span;
  }

  /** The whole phase. */
  get phase(): Span {
    return this.#world.phase() ?? { from: 0, to: 1 };
  }

  /** What is shown, or will be when it has stopped moving. */
  get target(): Span {
    return this.#glide?.to ?? this.#span ?? this.phase;
  }

  /** Shows another span; at once, or in a short movement that the eye can follow. */
  move(wanted: Span, glide: boolean): void {
    const next = within(wanted, this.phase, NARROWEST[this.scale]);
    const from = this.#span;
    const slow = glide && from !== undefined && !this.#world.lessMotion() && !isNear(from, next, UNSEEN);
    this.#glide = slow ? { from, to: next, since: this.#world.now() } : undefined;
    this.#span = slow ? from : next;
    this.#world.moved();
  }

  /** Zooms around a position; without one, around what is preferred where that is in sight, else around the middle. */
  zoom(times: number, around: number | undefined, preferred: number | undefined): void {
    const { from, to } = this.target;
    const inSight = preferred !== undefined && preferred >= from && preferred <= to;
    const middle = around ?? (inSight ? preferred : (from + to) / 2);
    this.move(zoomed(this.target, times, middle), around === undefined);
  }

  /** Moves by a share of the width. */
  pan(share: number, glide: boolean): void {
    this.move(panned(this.target, share), glide);
  }

  /** Shows the whole phase. */
  fit(): void {
    this.move(this.phase, true);
  }

  /** Shows a span with some space around it. */
  show({ from, to }: Span): void {
    const around = (to - from) * AROUND;
    this.move({ from: from - around, to: to + around }, true);
  }

  /** Moves so far that a position is in sight. */
  reveal(position: number, glide: boolean): void {
    const revealed = revealing(this.target, position);
    if (this.#span !== undefined && revealed !== this.target) {
      this.move(revealed, glide);
    }
  }

  /** Share of the phase that is shown. */
  share(): number {
    const { from, to } = this.phase;
    return (this.target.to - this.target.from) / Math.max(to - from, Number.MIN_VALUE);
  }

  /** Begins anew, with another phase or scale: `share` of it will be shown, all of it by default. */
  restart(share?: number): void {
    this.#span = undefined;
    this.#glide = undefined;
    this.#share = share;
  }

  /** The phase is known: shows as much of it as is wanted, around the cursor. */
  begin(cursor: number | undefined): void {
    if (this.#span !== undefined) {
      return;
    }
    const { from, to } = this.phase;
    const half = ((to - from) * (this.#share ?? 1)) / 2;
    const middle = cursor ?? (from + to) / 2;
    const part =
      this.#share === undefined || this.#share > 0.99 ? this.phase : { from: middle - half, to: middle + half };
    this.#share = undefined;
    this.#span = within(part, this.phase, NARROWEST[this.scale]);
  }

  /** Makes the next piece of a movement; draws again until it is over. */
  advance(): void {
    const glide = this.#glide;
    if (glide !== undefined) {
      const share = Math.min(1, (this.#world.now() - glide.since) / GLIDE);
      this.#span = between(glide.from, glide.to, 1 - (1 - share) ** 3);
      this.#glide = share < 1 ? glide : undefined;
      this.#world.moved();
    }
  }
}
