import { element } from '../dom.ts';

/** What a sash changes the height of. */
export interface Sized {
  readonly height: () => number;
  /** Undefined: back to what it would be by itself. */
  readonly resize: (height: number | undefined) => void;
  readonly most: () => number;
}

const LEAST = 110;
const BY_KEY = 24;

/** The edge below something, by which its height is changed: with the pointer, or with the arrow keys. */
export function sash(label: string, sized: Sized): HTMLElement {
  const resize = (height: number): void => sized.resize(Math.max(LEAST, Math.min(height, sized.most())));
  const made = element('div', {
    class: 'timeline-sash',
    attributes: {
      role: 'separator',
      tabindex: '0',
      'aria-orientation': 'horizontal',
      'aria-label': label,
      title: label,
    },
    on: {
      dblclick: () => sized.resize(undefined),
      keydown: (event) => {
        const by = event instanceof KeyboardEvent ? { ArrowUp: -BY_KEY, ArrowDown: BY_KEY }[event.key] : undefined;
        if (by !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          resize(sized.height() + by);
        }
      },
    },
  });
  let grip: number | undefined;
  made.addEventListener('pointerdown', (event) => {
    made.setPointerCapture(event.pointerId);
    grip = event.clientY - sized.height();
  });
  made.addEventListener('pointermove', (event) => {
    if (grip !== undefined) {
      resize(event.clientY - grip);
    }
  });
  for (const type of ['pointerup', 'pointercancel'] as const) {
    made.addEventListener(type, () => {
      grip = undefined;
    });
  }
  return made;
}
