import type { TimelineScale } from '../../protocol/timeline.ts';
import type { ViewTexts } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { iconButton, relabel } from '../toolkit.ts';
import type { TimelineActions } from './keys.ts';

/** How much a press of a zoom button zooms. */
const ZOOM = 1.5;

/** The buttons in the timeline's corner. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #texts: ViewTexts;
  readonly #scale: HTMLElement;

  constructor(texts: ViewTexts, actions: TimelineActions) {
    this.#texts = texts;
    this.#scale = iconButton('scale', texts['scale-steps'], actions.otherScale);
    this.element = element(
      'div',
      { class: 'timeline-tools', attributes: { role: 'toolbar', 'aria-label': texts.timeline } },
      [
        iconButton('zoomIn', texts['zoom-in'], () => actions.zoom(1 / ZOOM)),
        iconButton('zoomOut', texts['zoom-out'], () => actions.zoom(ZOOM)),
        iconButton('fit', texts['zoom-fit'], actions.whole),
        iconButton('target', texts['zoom-stage'], actions.zoomToStage),
        this.#scale,
        iconButton('unfold', texts['lanes-open'], () => actions.detail(1)),
        iconButton('fold', texts['lanes-close'], () => actions.detail(-1)),
      ],
    );
  }

  /** Says what the axis counts, and what a press would make of it. */
  show(scale: TimelineScale): void {
    relabel(this.#scale, scale === 'steps' ? 'scale' : 'clock', this.#texts[`scale-${scale}`]);
  }
}
