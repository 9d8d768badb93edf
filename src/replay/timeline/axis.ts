import type { TimelineScale } from '../../protocol/timeline.ts';
import type { Trace } from '../../trace/trace.ts';
import type { StepTable } from '../step-table.ts';

/** Where steps stand on the horizontal axis, and which step stands at a position. */
export interface Axis {
  readonly scale: TimelineScale;
  /** Position of a step's beginning; for the number of steps, the end of the last one. */
  positionOf(step: number): number;
  /** The step that a position lies in: the last one that begins at or before it; 0 before the first. */
  stepAt(position: number): number;
}

/** The axis that counts steps: each is as wide as every other. */
export const stepAxis = (steps: StepTable): Axis => ({
  scale: 'steps',
  positionOf: (step) => step,
  stepAt: (position) => Math.max(0, Math.min(Math.floor(position), steps.length - 1)),
});

/** The axis of virtual time, in nanoseconds: a step lasts until the next one begins. */
export function timeAxis(trace: Trace, steps: StepTable): Axis {
  const times = timesOf(trace, steps);
  return {
    scale: 'time',
    positionOf: (step) => times[Math.min(step, steps.length)] ?? 0,
    stepAt: (position) => lastAtOrBefore(times.subarray(0, steps.length), position),
  };
}

function timesOf(trace: Trace, steps: StepTable): Float64Array {
  const times = new Float64Array(steps.length + 1);
  let step = 0;
  let seq = trace.dropped;
  for (const chunk of trace.chunks) {
    const behind = seq + chunk.length;
    for (; step < steps.length && (steps.seq[step] ?? 0) < behind; step++) {
      times[step] = chunk.time[(steps.seq[step] ?? 0) - seq] ?? 0;
    }
    seq = behind;
  }
  const last = trace.chunks.at(-1);
  times[steps.length] = Math.max((times[steps.length - 1] ?? 0) + 1, last?.time[last.length - 1] ?? 0);
  return times;
}

/** Number of the last value at or below `sought` in a rising row; 0 where all are above. */
function lastAtOrBefore(values: Float64Array, sought: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= sought) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low - 1);
}
