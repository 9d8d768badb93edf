import type { Shown } from '../../protocol/messages.ts';
import {
  type FromTimelineView,
  TIMELINE_LIMITS,
  type TimelineScale,
  type TimelineWindow,
} from '../../protocol/timeline.ts';
import type { Span } from './viewport.ts';

/** How much is asked for on each side of what is shown, so that moving a little needs no answer: shares of its width. */
const MARGIN = 0.75;
/** A column may be so many pixels wide before a finer window is asked for. */
const COARSE = 1.2;
/** A column may be so many times narrower than a pixel before a coarser window is asked for. */
const FINE = 0.3;
const FARTHEST = Number.MAX_SAFE_INTEGER;

/** What is asked for. */
type Purpose = 'whole' | 'part';

/** The windows that a timeline holds: one of the whole phase, one around what is shown. At most one question of each is under way. */
export class Windows {
  readonly #send: (message: FromTimelineView) => void;
  readonly #asked = new Map<number, Purpose>();
  #requests = 0;
  #shown: Shown = 'run';
  #scale: TimelineScale = 'steps';
  #whole: TimelineWindow | undefined;
  #part: TimelineWindow | undefined;

  constructor(send: (message: FromTimelineView) => void) {
    this.#send = send;
  }

  /** The window of the whole phase, once it has arrived. */
  get whole(): TimelineWindow | undefined {
    return this.#whole;
  }

  /** The whole phase, once it is known. */
  get phase(): Span | undefined {
    return this.#whole === undefined ? undefined : { from: this.#whole.first, to: this.#whole.last };
  }

  /** Another phase or another scale: what is held, or still under way, is of no use. */
  reset(shown: Shown, scale: TimelineScale): void {
    this.#shown = shown;
    this.#scale = scale;
    this.#whole = undefined;
    this.#part = undefined;
    this.#asked.clear();
  }

  /** Takes an answer; false where nobody waits for it any more. */
  take(window: TimelineWindow, request: number): boolean {
    const purpose = this.#asked.get(request);
    this.#asked.delete(request);
    if (purpose === undefined) {
      return false;
    }
    if (purpose === 'whole') {
      this.#whole = window;
    } else {
      this.#part = window;
    }
    return true;
  }

  /** The best window for what is shown. */
  best(span: Span): TimelineWindow | undefined {
    const part = this.#part;
    return part !== undefined && covers(part, span) ? part : (this.#whole ?? part);
  }

  /** Asks for what is missing to show `span` in so many pixels. */
  need(span: Span | undefined, pixels: number): void {
    if (pixels < 1) {
      return;
    }
    const whole = this.#whole;
    if (whole === undefined || whole.columns < Math.min(pixels, TIMELINE_LIMITS.columns) * 0.8) {
      this.#ask('whole', { from: 0, to: FARTHEST }, pixels);
    }
    if (whole !== undefined && span !== undefined && !this.#suits(span, pixels)) {
      const margin = (span.to - span.from) * MARGIN;
      const [from, to] = [Math.max(whole.first, span.from - margin), Math.min(whole.last, span.to + margin)];
      this.#ask('part', { from, to }, (pixels * (to - from)) / Math.max(span.to - span.from, Number.MIN_VALUE));
    }
  }

  #suits(span: Span, pixels: number): boolean {
    const best = this.best(span);
    if (best === undefined || !covers(best, span)) {
      return false;
    }
    const column = ((best.to - best.from) / best.columns / Math.max(span.to - span.from, Number.MIN_VALUE)) * pixels;
    return column <= COARSE && (column >= FINE || best === this.#whole);
  }

  #ask(purpose: Purpose, { from, to }: Span, columns: number): void {
    if ([...this.#asked.values()].includes(purpose)) {
      return;
    }
    const request = this.#requests++;
    this.#asked.set(request, purpose);
    this.#send({
      t: 'want-timeline',
      request,
      shown: this.#shown,
      scale: this.#scale,
      from,
      to,
      columns: Math.max(1, Math.min(Math.ceil(columns), TIMELINE_LIMITS.columns)),
      lanes: [],
    });
  }
}

/** Whether a window reaches as far as a span, on both sides. */
function covers(window: TimelineWindow, { from, to }: Span): boolean {
  const slack = (to - from) * 1e-6;
  return window.from <= from + slack && window.to >= to - slack;
}

/** The step under a position; undefined where the window does not reach there. */
export function stepAt(window: TimelineWindow, position: number): number | undefined {
  const column = Math.floor(
    ((position - window.from) * window.columns) / Math.max(window.to - window.from, Number.MIN_VALUE),
  );
  return column < 0 || column > window.columns ? undefined : window.columnStep[Math.min(column, window.columns - 1)];
}
