/** A measured share that must not fall below its bound. */
export interface Bound {
  readonly what: string;
  readonly part: number;
  readonly whole: number;
  /** Smallest share that is good enough; with `most` the largest. */
  readonly least?: number;
  readonly most?: number;
}

/** One table of the report. */
export interface Table {
  readonly title: string;
  readonly rows: readonly string[];
  readonly bounds: readonly Bound[];
}

/** Part and whole of a bound. */
export const share = (part: number, whole: number): Pick<Bound, 'part' | 'whole'> => ({ part, whole });

/** Whether a bound holds. Of nothing nothing is known: it does not hold. */
export function holds({ part, whole, least, most }: Bound): boolean {
  const value = part / whole;
  return whole > 0 && (least === undefined || value >= least) && (most === undefined || value <= most);
}

/** A table as text. */
export function print({ title, rows, bounds }: Table): string {
  const lines = bounds.map((bound) => {
    const limit =
      bound.least === undefined ? `at most ${percent(bound.most ?? 1)}` : `at least ${percent(bound.least)}`;
    const verdict = holds(bound) ? 'ok' : 'MISSED';
    return `  ${verdict}: ${bound.what}: ${bound.part} of ${bound.whole} = ${percent(bound.part / bound.whole)} (${limit})`;
  });
  return `${title}\n${[...rows.map((row) => `  ${row}`), ...lines].join('\n')}\n`;
}

const percent = (value: number): string => `${(value * 100).toFixed(2)} %`;
