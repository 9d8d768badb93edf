/** One figure of the bench. */
export interface Row {
  readonly name: string;
  readonly value?: number;
  readonly unit: string;
  /** At most; undefined where the figure stands for itself. */
  readonly budget?: number;
  /** What was measured beside it in the same run, and how many times as long that took. */
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
  /** Why there is no value. */
  readonly reason?: string;
}

/** Rows that were measured and are above their budget. */
export const missed = (rows: readonly Row[]): Row[] =>
  rows.filter(({ value, budget }) => value !== undefined && budget !== undefined && value > budget);

/** Adds a peer's figure to a row, where both were measured. */
export function beside(row: Row, peer: string, peerValue: number | undefined): Row {
  return row.value === undefined || peerValue === undefined
    ? row
    : { ...row, peer, peerValue, ratio: row.value / peerValue };
}

/** One line of the table. */
export function line({ name, value, unit, budget, peer, peerValue, ratio, reason }: Row): string {
  const shown = value === undefined ? `not measured (${reason ?? ''})` : `${value.toPrecision(4)} ${unit}`;
  const bound = budget === undefined ? '' : `  at most ${budget} ${unit}`;
  const state = value === undefined || budget === undefined ? '' : value > budget ? '  MISSED' : '  met';
  const beside =
    peer === undefined ? '' : `  ${peer} ${peerValue?.toPrecision(4)} ${unit}, ratio ${ratio?.toPrecision(3)}`;
  return `${name.padEnd(30)} ${shown}${bound}${state}${beside}`;
}
