import type { TimelineTextKey } from '../../protocol/timeline-texts.ts';

/** What a key can do to a timeline. */
export interface TimelineActions {
  readonly zoom: (times: number) => void;
  readonly pan: (share: number) => void;
  readonly whole: () => void;
  readonly zoomToStage: () => void;
  readonly otherScale: () => void;
  readonly detail: (by: 1 | -1) => void;
  readonly tip: () => void;
}

/** One line of the help: the keys or gestures as a person reads them, and what they do. */
export interface TimelineKeyLine {
  readonly shown: readonly string[];
  readonly does: TimelineTextKey;
}

/** How much a key zooms and moves. */
const ZOOM = 1.5;
const PAN = 0.15;

type Keys = Readonly<Record<string, (actions: TimelineActions) => void>>;

/** Keys that mean the timeline wherever the focus is. */
const EVERYWHERE: Keys = {
  '+': ({ zoom }) => zoom(1 / ZOOM),
  '=': ({ zoom }) => zoom(1 / ZOOM),
  '-': ({ zoom }) => zoom(ZOOM),
  '0': ({ whole }) => whole(),
  z: ({ zoomToStage }) => zoomToStage(),
  x: ({ otherScale }) => otherScale(),
  g: ({ detail }) => detail(1),
  G: ({ detail }) => detail(-1),
};

/** Keys that mean the timeline only while it has the focus: elsewhere they mean something else. */
const INSIDE: Keys = {
  w: ({ zoom }) => zoom(1 / ZOOM),
  s: ({ zoom }) => zoom(ZOOM),
  a: ({ pan }) => pan(-PAN),
  d: ({ pan }) => pan(PAN),
  i: ({ tip }) => tip(),
};

/** The help's lines on the timeline. */
export const TIMELINE_KEY_LINES: readonly TimelineKeyLine[] = [
  { shown: ['W', 'S'], does: 'key-zoom' },
  { shown: ['A', 'D'], does: 'key-pan' },
  { shown: ['+', '-'], does: 'key-zoom-plain' },
  { shown: ['0'], does: 'key-fit' },
  { shown: ['Z'], does: 'key-zoom-stage' },
  { shown: ['X'], does: 'key-scale' },
  { shown: ['G', 'Shift+G'], does: 'key-lanes' },
  { shown: ['I'], does: 'key-tip' },
  { shown: [], does: 'key-wheel' },
  { shown: [], does: 'key-drag' },
  { shown: [], does: 'key-range' },
];

/** Does what a key means; false where it means nothing. `inside`: the timeline has the focus. */
export function pressKey(event: KeyboardEvent, inside: boolean, actions: TimelineActions): boolean {
  const act = EVERYWHERE[event.key] ?? (inside ? INSIDE[event.key] : undefined);
  if (act === undefined || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) {
    return false;
  }
  event.preventDefault();
  act(actions);
  return true;
}
