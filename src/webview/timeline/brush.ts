import { positionAt, type Span, xOf } from './viewport.ts';

/** Pixels from an edge of the frame at which a press takes the edge instead of the frame. */
const EDGE = 6;

/** What a press in the overview strip has taken hold of. */
export type Hold =
  | { readonly part: 'left' | 'right' }
  /** `grip` is how far the pointer is behind the frame's left edge, as a share of the frame. */
  | { readonly part: 'frame'; readonly grip: number };

/** What a press at `x` takes hold of. Outside of the frame, the frame comes to the pointer. */
export function holdAt(phase: Span, shown: Span, pixels: number, x: number): Hold {
  const [left, right] = [xOf(phase, pixels, shown.from), xOf(phase, pixels, shown.to)];
  if (Math.abs(x - left) <= EDGE && right - left > 3 * EDGE) {
    return { part: 'left' };
  }
  if (Math.abs(x - right) <= EDGE && right - left > 3 * EDGE) {
    return { part: 'right' };
  }
  const inside = x > left && x < right;
  return { part: 'frame', grip: inside ? (x - left) / (right - left) : 0.5 };
}

/** The frame after the pointer has moved to `x`. */
export function brushed(phase: Span, shown: Span, pixels: number, hold: Hold, x: number): Span {
  const position = positionAt(phase, pixels, x);
  switch (hold.part) {
    case 'left':
      return { from: Math.min(position, shown.to), to: shown.to };
    case 'right':
      return { from: shown.from, to: Math.max(position, shown.from) };
    case 'frame': {
      const width = shown.to - shown.from;
      const from = position - width * hold.grip;
      return { from, to: from + width };
    }
  }
}
