import type { Overview } from '../protocol/messages.ts';
import { element, shape } from './dom.ts';
import { columnOf, LANE, skyline, stepAt } from './layout.ts';
import type { ViewModel } from './model.ts';

/** The whole phase at a glance: a lane per program, as high as its calls are deep, and where control crosses. */
export class Picture {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #go: (step: number) => void;
  readonly #canvas: HTMLElement;
  readonly #cursor: HTMLElement;
  #last = -1;

  constructor(model: ViewModel, go: (step: number) => void) {
    this.#model = model;
    this.#go = go;
    this.#cursor = element('div', { class: 'cursor' });
    this.#canvas = element('div', {
      class: 'canvas',
      attributes: {
        role: 'slider',
        tabindex: '0',
        'aria-label': model.texts.picture,
        'aria-orientation': 'horizontal',
      },
      on: { pointerdown: (event) => this.#press(event), pointermove: (event) => this.#drag(event) },
    });
    const labels = model.head.lanes.map((lane, number) =>
      element('div', { class: `lane-label lane-${number}` }, [
        element('span', { class: 'dot' }),
        element('span', { class: 'lane-name', text: lane.name, attributes: { title: lane.name } }),
      ]),
    );
    this.element = element('section', { class: 'picture' }, [
      element('div', { class: 'lane-labels' }, labels),
      this.#canvas,
    ]);
  }

  /** Draws the phase anew: after its overview has arrived. */
  draw(): void {
    const overview = this.#model.overview;
    if (overview === undefined) {
      return;
    }
    const lanes = this.#model.head.lanes.length;
    const drawing = shape(
      'svg',
      {
        viewBox: `0 0 ${overview.buckets} ${LANE * lanes}`,
        preserveAspectRatio: 'none',
        'aria-hidden': 'true',
        class: 'drawing',
      },
      [...this.#floors(overview, lanes), ...this.#skylines(overview, lanes), this.#crossings(overview)],
    );
    this.#canvas.replaceChildren(drawing, this.#cursor);
    this.follow();
  }

  /** Moves the cursor to the current step. */
  follow(): void {
    const { moment, range, count, texts } = this.#model;
    if (moment === undefined || count === 0) {
      return;
    }
    const at = moment.step - range.from;
    this.#cursor.style.left = `${((at + 0.5) * 100) / count}%`;
    this.#canvas.setAttribute('aria-valuemin', '1');
    this.#canvas.setAttribute('aria-valuemax', String(count));
    this.#canvas.setAttribute('aria-valuenow', String(at + 1));
    const name = this.#model.head.stages[moment.stage]?.function ?? texts.loading;
    this.#canvas.setAttribute('aria-valuetext', name);
  }

  #floors(overview: Overview, lanes: number): readonly SVGElement[] {
    return Array.from({ length: lanes }, (_, lane) => {
      const y = String(LANE * (lane + 1) - 0.5);
      return shape('line', { class: 'floor', x1: '0', x2: String(overview.buckets), y1: y, y2: y });
    });
  }

  #skylines(overview: Overview, lanes: number): readonly SVGElement[] {
    return Array.from({ length: lanes }, (_, lane) =>
      shape('path', { class: `skyline lane-${lane}`, d: skyline(overview.depth, overview.buckets, lane) }),
    );
  }

  /** One line a crossing, from the floor of the lane that is left to the floor of the lane that takes over. */
  #crossings(overview: Overview): SVGElement {
    const { crossingFrom, crossingTo, crossingLanes } = overview;
    const lines = Array.from(crossingTo, (to, at) => {
      const start = `${this.#x(crossingFrom[at] ?? to, overview)} ${floorOf(crossingLanes[2 * at])}`;
      return `M${start}L${this.#x(to, overview)} ${floorOf(crossingLanes[2 * at + 1])}`;
    });
    return shape('path', { class: 'crossings', d: lines.join('') });
  }

  #x(step: number, overview: Overview): number {
    return columnOf(step, this.#model.range.from, this.#model.count, overview.buckets) + 0.5;
  }

  #press(event: Event): void {
    if (event instanceof PointerEvent && event.button === 0) {
      this.#canvas.setPointerCapture(event.pointerId);
      this.#last = -1;
      this.#goTo(event);
    }
  }

  #drag(event: Event): void {
    if (event instanceof PointerEvent && (event.buttons & 1) === 1) {
      this.#goTo(event);
    }
  }

  #goTo(event: PointerEvent): void {
    const box = this.#canvas.getBoundingClientRect();
    const step = stepAt((event.clientX - box.left) / box.width, this.#model.range.from, this.#model.count);
    if (step !== this.#last && this.#model.count > 0) {
      this.#last = step;
      this.#go(step);
    }
  }
}

const floorOf = (lane: number | undefined): number => LANE * ((lane ?? 0) + 1) - 3;
