/** Red, green and blue from 0 to 255, and how opaque from 0 to 1. */
export interface Rgba {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** Reads a colour as a canvas gives it back: `#rrggbb` or `rgba(r, g, b, a)`. Undefined for anything else. */
export function parseColour(text: string): Rgba | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex !== null) {
    const [r = 0, g = 0, b = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16));
    return { r, g, b, a: 1 };
  }
  const parts = /^rgba?\(([^)]*)\)$/.exec(text)?.[1]?.split(',').map(Number);
  const [r, g, b, a = 1] = parts ?? [];
  return r === undefined || g === undefined || b === undefined || Number.isNaN(r + g + b + a)
    ? undefined
    : { r, g, b, a };
}

/** The colour that is `share` of one and the rest of another. */
export function mixed(one: Rgba, other: Rgba, share: number): Rgba {
  const part = (a: number, b: number): number => Math.round(a * share + b * (1 - share));
  return { r: part(one.r, other.r), g: part(one.g, other.g), b: part(one.b, other.b), a: 1 };
}

/** A colour as a style. */
export const css = ({ r, g, b, a }: Rgba): string => `rgba(${r}, ${g}, ${b}, ${a})`;

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance({ r, g, b }: Rgba): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: Rgba, other: Rgba): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
