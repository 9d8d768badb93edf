/** Positions `from` to `to` of the axis. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The narrowest part of a phase that is shown: positions. Two steps, or twenty nanoseconds. */
export const NARROWEST = { steps: 2, time: 20 } as const;

const width = ({ from, to }: Span): number => to - from;

/** A span moved and cut so that it lies inside the phase and is not too narrow. */
export function within(span: Span, phase: Span, narrowest: number): Span {
  const most = Math.max(width(phase), Number.MIN_VALUE);
  const wanted = Math.min(Math.max(width(span), Math.min(narrowest, most)), most);
  const middle = (span.from + span.to) / 2;
  const from = Math.min(
    Math.max(width(span) < wanted ? middle - wanted / 2 : span.from, phase.from),
    phase.to - wanted,
  );
  return { from, to: from + wanted };
}

/** A span `times` as wide around a position that stays where it is on screen. */
export function zoomed(span: Span, times: number, around: number): Span {
  return { from: around - (around - span.from) * times, to: around + (span.to - around) * times };
}

/** A span moved by a share of its own width. */
export function panned(span: Span, share: number): Span {
  const by = width(span) * share;
  return { from: span.from + by, to: span.to + by };
}

/** A span moved so far that a position stands clear of its edges; the same one where it already does. */
export function revealing(span: Span, position: number): Span {
  const edge = width(span) * 0.04;
  if (position >= span.from + edge && position <= span.to - edge) {
    return span;
  }
  const share = position < span.from + edge ? 0.25 : 0.75;
  const from = position - width(span) * share;
  return { from, to: from + width(span) };
}

/** X of a position in pixels, for a plot that is `pixels` wide. */
export const xOf = (span: Span, pixels: number, position: number): number =>
  ((position - span.from) / Math.max(width(span), Number.MIN_VALUE)) * pixels;

/** Position under an x in pixels. */
export const positionAt = (span: Span, pixels: number, x: number): number =>
  span.from + (x / Math.max(1, pixels)) * width(span);

/** Whether two spans show the same but for less than `share` of their width. */
export const isNear = (one: Span, other: Span, share: number): boolean =>
  Math.abs(one.from - other.from) <= width(other) * share && Math.abs(one.to - other.to) <= width(other) * share;

/** The span part of the way from one to another, for a movement that can be followed. */
export const between = (one: Span, other: Span, share: number): Span => ({
  from: one.from + (other.from - one.from) * share,
  to: one.to + (other.to - one.to) * share,
});
