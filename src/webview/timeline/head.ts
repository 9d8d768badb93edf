import { brushed, type Hold, holdAt } from './brush.ts';
import { OVERVIEW } from './draw-frame.ts';
import { type GestureActions, listenToWheel } from './gestures.ts';
import type { Movement } from './movement.ts';

/** What overview strip and axis can do. */
export interface HeadActions extends Pick<GestureActions, 'zoom' | 'pan'> {
  readonly width: () => number;
  /** Puts the cursor to what is under an x of the axis. */
  readonly scrub: (x: number) => void;
}

/** Listens to the overview strip, whose frame is dragged, and to the axis, on which the cursor is. */
export function listenToHead(head: HTMLElement, movement: Movement, actions: HeadActions): void {
  let hold: Hold | 'axis' | undefined;
  const drag = (event: PointerEvent): void => {
    const box = head.getBoundingClientRect();
    const x = event.clientX - box.left;
    if (hold === 'axis') {
      actions.scrub(x);
    } else if (hold !== undefined) {
      movement.move(brushed(movement.phase, movement.target, actions.width(), hold, x), false);
    }
  };
  head.addEventListener('pointerdown', (event) => {
    if (event.button === 0) {
      const box = head.getBoundingClientRect();
      head.setPointerCapture(event.pointerId);
      const axis = event.clientY - box.top >= OVERVIEW;
      hold = axis ? 'axis' : holdAt(movement.phase, movement.target, actions.width(), event.clientX - box.left);
      drag(event);
    }
  });
  head.addEventListener('pointermove', drag);
  for (const type of ['pointerup', 'pointercancel'] as const) {
    head.addEventListener(type, () => {
      hold = undefined;
    });
  }
  listenToWheel(head, actions);
}
