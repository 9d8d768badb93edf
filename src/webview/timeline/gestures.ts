/** What the pointer and the wheel can do in a plot. Coordinates are pixels from the plot's top left corner. */
export interface GestureActions {
  /** Zooms by a factor around an x. */
  readonly zoom: (times: number, x: number) => void;
  /** Moves by pixels: to the right and down where they are positive. */
  readonly pan: (right: number, down: number) => void;
  /** A press that did not move. */
  readonly click: (x: number, y: number) => void;
  readonly doubleClick: (x: number, y: number) => void;
  /** A range is being dragged over with Shift; `done` once the button is released. */
  readonly range: (from: number, to: number, done: boolean) => void;
  readonly hover: (x: number, y: number, event: PointerEvent) => void;
  readonly leave: () => void;
}

/** Pixels that a press may move and still be a click. */
const STILL = 3;
/** Pixels of one line and of one page of a wheel. */
const LINE = 16;
const PAGE = 400;

/** How far a wheel was turned, in pixels. */
export function wheelPixels({ deltaMode }: Pick<WheelEvent, 'deltaMode'>, delta: number): number {
  return delta * (deltaMode === 1 ? LINE : deltaMode === 2 ? PAGE : 1);
}

/** Zoom factor of a turn of the wheel: above 1 zooms out. A pinch comes as a wheel with Control, and turns little. */
export const zoomOfWheel = (pixels: number, pinch: boolean): number =>
  Math.exp(Math.max(-300, Math.min(300, pixels)) * (pinch ? 0.01 : 0.002));

/** A press that is under way. */
interface Press {
  readonly x: number;
  readonly y: number;
  readonly range: boolean;
  lastX: number;
  lastY: number;
  moved: boolean;
}

/** Listens to pointer and wheel on a plot. */
export function listenTo(plot: HTMLElement, actions: GestureActions): void {
  let press: Press | undefined;
  const at = (event: MouseEvent): readonly [number, number] => {
    const box = plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  listenToWheel(plot, actions);
  plot.addEventListener('pointerdown', (event) => {
    if (event.button === 0) {
      const [x, y] = at(event);
      plot.setPointerCapture(event.pointerId);
      press = { x, y, lastX: x, lastY: y, range: event.shiftKey, moved: false };
    }
  });
  plot.addEventListener('pointermove', (event) => {
    const [x, y] = at(event);
    if (press === undefined) {
      actions.hover(x, y, event);
    } else {
      drag(press, x, y, actions);
    }
  });
  plot.addEventListener('pointerup', (event) => {
    const [x, y] = at(event);
    const ended = press;
    press = undefined;
    if (ended !== undefined) {
      release(ended, x, y, actions);
    }
  });
  plot.addEventListener('pointercancel', () => {
    press = undefined;
  });
  plot.addEventListener('pointerleave', () => actions.leave());
  plot.addEventListener('dblclick', (event) => actions.doubleClick(...at(event)));
}

/** Listens to the wheel over an element that is as wide as the plot. */
export function listenToWheel(target: HTMLElement, actions: Pick<GestureActions, 'zoom' | 'pan'>): void {
  const x = (event: WheelEvent): number => event.clientX - target.getBoundingClientRect().left;
  target.addEventListener('wheel', (event) => wheel(event, x(event), actions), { passive: false });
}

function wheel(event: WheelEvent, x: number, actions: Pick<GestureActions, 'zoom' | 'pan'>): void {
  event.preventDefault();
  const across = wheelPixels(event, event.deltaX);
  const along = wheelPixels(event, event.deltaY);
  if (event.altKey) {
    actions.pan(0, -along);
  } else if (event.shiftKey) {
    actions.pan(-(across === 0 ? along : across), 0);
  } else if (Math.abs(across) > Math.abs(along)) {
    actions.pan(-across, 0);
  } else {
    actions.zoom(zoomOfWheel(along, event.ctrlKey), x);
  }
}

function drag(press: Press, x: number, y: number, actions: GestureActions): void {
  press.moved ||= Math.hypot(x - press.x, y - press.y) > STILL;
  if (!press.moved) {
    return;
  }
  if (press.range) {
    actions.range(press.x, x, false);
  } else {
    actions.pan(x - press.lastX, y - press.lastY);
  }
  press.lastX = x;
  press.lastY = y;
}

function release(press: Press, x: number, y: number, actions: GestureActions): void {
  if (!press.moved) {
    actions.click(x, y);
  } else if (press.range) {
    actions.range(press.x, x, true);
  }
}
