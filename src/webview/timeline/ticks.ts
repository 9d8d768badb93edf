import type { TimelineScale } from '../../protocol/timeline.ts';
import { positionAt, type Span, xOf } from './viewport.ts';

/** One mark of the axis. */
export interface Tick {
  readonly x: number;
  readonly text: string;
}

const STEPS = [1, 2, 5] as const;

/** The smallest of 1, 2, 5, 10, 20, ... that is at least `least`. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE)));
  const digit = STEPS.find((one) => one * power >= least);
  return digit === undefined ? 10 * power : digit * power;
}

/** Groups of three digits, parted by a thin space. */
export const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u202f');

/** Virtual time as a person reads it, exact to `unit` nanoseconds. */
export function timeText(nanoseconds: number, unit: number): string {
  const digits = unit >= 1000 ? 0 : Math.min(3, Math.max(0, Math.ceil(3 - Math.log10(Math.max(unit, 1)))));
  return grouped((nanoseconds / 1000).toFixed(digits));
}

/** Marks of the axis, at round numbers and at least `apart` pixels from one another. Steps are counted from 1. */
export function ticksOf(
  scale: TimelineScale,
  span: Span,
  origin: number,
  pixels: number,
  apart: number,
): readonly Tick[] {
  const perPixel = (span.to - span.from) / Math.max(1, pixels);
  const unit = roundStep(Math.max(perPixel * apart, scale === 'steps' ? 1 : 0));
  const shift = scale === 'steps' ? origin - 1 : origin;
  const ticks: Tick[] = [];
  const first = Math.ceil((positionAt(span, pixels, 0) - shift) / unit) * unit;
  for (let value = first; value + shift <= span.to && ticks.length < 200; value += unit) {
    const middle = scale === 'steps' ? 0.5 : 0;
    if (value > 0 || scale === 'time') {
      const text = scale === 'steps' ? grouped(String(Math.round(value))) : timeText(value, unit);
      ticks.push({ x: xOf(span, pixels, value + shift + middle), text });
    }
  }
  return ticks;
}
