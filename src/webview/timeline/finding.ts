import type { Moment, Shown } from '../../protocol/messages.ts';
import type { TimelineScale, TimelineWindow } from '../../protocol/timeline.ts';
import type { Hit } from './hit.ts';
import type { Cursor } from './scene.ts';
import type { Span } from './viewport.ts';

/** Where the cursor stands on the axis; undefined where the moment belongs to another phase. */
export function cursorOf(moment: Moment | undefined, shown: Shown, scale: TimelineScale): Cursor | undefined {
  if (moment === undefined || moment.shown !== shown) {
    return undefined;
  }
  const { step, context, time } = moment;
  return scale === 'steps' ? { step, context, start: step, end: step + 1 } : { step, context, start: time, end: time };
}

/** The innermost call of the moment's stage, or only its step where the window does not tell of that call. */
export function stageSpan(window: TimelineWindow | undefined, moment: Moment, cursor: Cursor): Span {
  let found: Span = { from: cursor.start, to: cursor.end };
  const slices = window?.slices;
  for (let at = 0; slices !== undefined && at < slices.context.length; at++) {
    const holds = (slices.step[at] ?? 0) <= moment.step && moment.step < (slices.endStep[at] ?? 0);
    if (holds && slices.stage[at] === moment.stage && slices.context[at] === moment.context) {
      found = { from: slices.start[at] ?? 0, to: slices.end[at] ?? 0 };
    }
  }
  return found;
}

/** The step that a click selects: the beginning of a call, the arrival of a hop, a mark's step, else the one under the pointer. */
export function stepOfHit(window: TimelineWindow, hit: Hit | undefined, under: number | undefined): number | undefined {
  switch (hit?.what) {
    case 'hop':
      return window.hops.toStep[hit.at];
    case 'mark':
      return window.marks.step[hit.at];
    case 'call':
      return window.slices.step[hit.at];
    default:
      return under;
  }
}

/** The span of a call or a run. */
export function spanOfHit(window: TimelineWindow, hit: Hit | undefined): Span | undefined {
  const spans = hit?.what === 'call' ? window.slices : hit?.what === 'run' ? window.runs : undefined;
  return hit === undefined || spans === undefined
    ? undefined
    : { from: spans.start[hit.at] ?? 0, to: spans.end[hit.at] ?? 0 };
}
