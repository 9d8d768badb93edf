import { LIMITS, type Overview, type Range } from '../protocol/messages.ts';
import { HOP_KINDS } from '../trace/kinds.ts';
import { NO_STEP, type StepTable } from './step-table.ts';

/** Lane of a step, by its context. */
type LaneOfContext = readonly number[];

/** A range of steps at the level of detail of `buckets` columns, for lanes 0 to `lanes` - 1. */
export function overviewOf(
  table: StepTable,
  range: Range,
  lanes: number,
  laneOfContext: LaneOfContext,
  buckets: number,
): Overview {
  const steps = Math.max(0, range.to - range.from);
  const columns = Math.max(1, Math.min(buckets, steps, LIMITS.buckets));
  const depth = new Uint8Array(columns * lanes);
  for (let step = range.from; step < range.to; step++) {
    const lane = laneOfContext[table.context[step] ?? 0] ?? 0;
    const at = lane * columns + Math.floor(((step - range.from) * columns) / steps);
    depth[at] = Math.max(depth[at] ?? 0, Math.min(0xff, 1 + (table.depth[step] ?? 0)));
  }
  return { buckets: columns, depth, ...crossingsOf(table, range, laneOfContext) };
}

/** Hops from lane to lane inside a range: none where there are more than can be drawn. */
function crossingsOf(
  table: StepTable,
  range: Range,
  laneOfContext: LaneOfContext,
): Pick<Overview, 'crossingFrom' | 'crossingTo' | 'crossingHop' | 'crossingLanes'> {
  const from: number[] = [];
  const to: number[] = [];
  const hop: number[] = [];
  const lanes: number[] = [];
  for (let step = range.from; step < range.to && from.length <= LIMITS.crossings; step++) {
    const origin = table.origin[step] ?? NO_STEP;
    if (origin === NO_STEP || origin < range.from || origin >= step) {
      continue;
    }
    const left = laneOfContext[table.context[origin] ?? 0] ?? 0;
    const taken = laneOfContext[table.context[step] ?? 0] ?? 0;
    if (left !== taken) {
      from.push(origin);
      to.push(step);
      lanes.push(left, taken);
      hop.push(HOP_KINDS.indexOf(table.hopOf(step)?.kind ?? 'direct_call'));
    }
  }
  const drawn = from.length > LIMITS.crossings ? 0 : from.length;
  return {
    crossingFrom: Uint32Array.from(from.slice(0, drawn)),
    crossingTo: Uint32Array.from(to.slice(0, drawn)),
    crossingHop: Uint8Array.from(hop.slice(0, drawn)),
    crossingLanes: Uint8Array.from(lanes.slice(0, 2 * drawn)),
  };
}
