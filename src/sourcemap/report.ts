import type { SourceMap, StagePlace, UnprovenReason } from './map-types.ts';

/** How many stages stand where, how many hops are proven, and why the others are not. */
export interface MapReport {
  readonly stages: Readonly<Record<StagePlace['status'], number>>;
  readonly hops: { readonly proven: number; readonly unproven: number };
  readonly reasons: Readonly<Partial<Record<UnprovenReason, number>>>;
}

/** The counts of a map. */
export function reportOf(map: Pick<SourceMap, 'stages' | 'hops'>): MapReport {
  const stages = { found: 0, renamed: 0, inlined: 0, absent: 0, ambiguous: 0 };
  for (const place of map.stages) {
    stages[place.status]++;
  }
  const reasons: Partial<Record<UnprovenReason, number>> = {};
  for (const { reason } of map.hops) {
    if (reason !== undefined) {
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
  }
  const proven = map.hops.filter((hop) => hop.status === 'proven').length;
  return { stages, hops: { proven, unproven: map.hops.length - proven }, reasons };
}
