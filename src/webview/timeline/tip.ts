import { PROOFS } from '../../protocol/messages.ts';
import { MARK_KINDS, NO_CONTEXT, type SpanColumns } from '../../protocol/timeline.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { waitText } from './draw-waits.ts';
import type { Hit } from './hit.ts';
import type { Scene } from './scene.ts';
import { grouped, timeText } from './ticks.ts';

/** Distance from the pointer, in pixels. */
const AWAY = 14;

/** One line of a tip. */
interface Line {
  readonly text: string;
  readonly look?: 'title' | 'quiet' | 'proven' | 'unproven' | 'warning';
}

const microseconds = (nanoseconds: number): string => timeText(nanoseconds, 1);

/** What is said of something that the pointer stands on. `first` is the phase's first step: people count from 1. */
export function tipLines(scene: Scene, hit: Hit, first: number): readonly Line[] {
  switch (hit.what) {
    case 'hop':
      return hopLines(scene, hit.at, first);
    case 'mark':
      return markLines(scene, hit.at, first);
    case 'wait':
      return waitLines(scene, hit.at, first);
    case 'run':
      return runLines(scene, hit.at, hit.call, first);
    case 'call':
      return [
        { text: functionOf(scene, scene.window.slices.stage[hit.at]), look: 'title' },
        ...whereLines(scene, scene.window.slices, hit.at, first),
      ];
  }
}

const functionOf = (scene: Scene, stage: number | undefined): string => scene.head.stages[stage ?? 0]?.function ?? '';

const contextOf = (scene: Scene, context: number | undefined): string => {
  const found = scene.head.contexts[context ?? 0];
  return found === undefined ? '' : `${found.program} · ${found.name}`;
};

/** Context, steps and virtual time of a span. */
function whereLines(scene: Scene, spans: SpanColumns, at: number, first: number): readonly Line[] {
  const { texts } = scene;
  const number = (step: number): string => grouped(String(Math.max(1, step - first + 1)));
  const [from, to] = [spans.step[at] ?? 0, (spans.endStep[at] ?? 1) - 1];
  const [time, end] = [spans.time[at] ?? 0, spans.endTime[at] ?? 0];
  return [
    { text: contextOf(scene, spans.context[at]), look: 'quiet' },
    { text: fill(texts['tip-steps'], number(from), number(Math.max(from, to))), look: 'quiet' },
    { text: fill(texts['tip-lasts'], microseconds(time), microseconds(end - time)), look: 'quiet' },
  ];
}

function runLines(scene: Scene, at: number, call: number, first: number): readonly Line[] {
  const { runs, slices } = scene.window;
  const outermost = functionOf(scene, runs.stage[at]);
  const here = call < 0 ? outermost : functionOf(scene, slices.stage[call]);
  const began = here === outermost ? [] : [{ text: fill(scene.texts['tip-runs'], outermost) }];
  return [{ text: here, look: 'title' }, ...began, ...whereLines(scene, runs, at, first)];
}

function waitLines(scene: Scene, at: number, first: number): readonly Line[] {
  const { waits, expressions } = scene.window;
  const expression = expressions[waits.expression[at] ?? 0] ?? '';
  const reason = waitText(scene.texts, waits.kind[at] ?? 0, expression, functionOf(scene, waits.stage[at]));
  return [
    { text: functionOf(scene, waits.stage[at]), look: 'title' },
    { text: fill(scene.texts['tip-waits'], reason) },
    ...whereLines(scene, waits, at, first),
  ];
}

function hopLines(scene: Scene, at: number, first: number): readonly Line[] {
  const { texts, head, window } = scene;
  const { hops } = window;
  const name = head.hops[hops.kind[at] ?? 0]?.name ?? '';
  const from = functionOf(scene, hops.fromStage[at]);
  const arrives = hops.to[at] !== NO_CONTEXT;
  const count = hops.count[at] ?? 1;
  const way = arrives
    ? fill(texts['tip-hop'], from, functionOf(scene, hops.toStage[at]))
    : fill(texts['tip-hop-out'], from);
  const proof = PROOFS[hops.proof[at] ?? 0] ?? 'none';
  const number = (step: number | undefined): string => grouped(String(Math.max(1, (step ?? 0) - first + 1)));
  return [
    { text: count > 1 ? `${name} ×${count}` : name, look: 'title' },
    ...(count > 1 ? [{ text: fill(texts['tip-hops'], count) }] : [{ text: way }]),
    ...(proof === 'none' ? [] : [{ text: texts[proof], look: proof }]),
    { text: contextOf(scene, hops.from[at]), look: 'quiet' },
    ...(arrives ? [{ text: `→ ${contextOf(scene, hops.to[at])}`, look: 'quiet' as const }] : []),
    { text: fill(texts['tip-steps'], number(hops.fromStep[at]), number(hops.toStep[at])), look: 'quiet' },
    {
      text: fill(texts['tip-times'], microseconds(hops.time[at] ?? 0), microseconds(hops.endTime[at] ?? 0)),
      look: 'quiet',
    },
  ];
}

function markLines(scene: Scene, at: number, first: number): readonly Line[] {
  const { marks } = scene.window;
  const hazard = MARK_KINDS[marks.kind[at] ?? 0] === 'hazard';
  const text = fill(scene.texts[hazard ? 'tip-hazard' : 'tip-output'], marks.count[at] ?? 1);
  const step = (marks.step[at] ?? 0) - first + 1;
  return [
    { text, look: hazard ? 'warning' : 'title' },
    { text: contextOf(scene, marks.context[at]), look: 'quiet' },
    {
      text: `${scene.texts['axis-step']} ${grouped(String(step))}, ${microseconds(marks.time[at] ?? 0)} µs`,
      look: 'quiet',
    },
  ];
}

/** The box beside the pointer that says what it stands on. */
export class Tip {
  readonly element = element('div', { class: 'timeline-tip', attributes: { role: 'tooltip', id: 'timeline-tip' } });
  #shown = '';

  constructor() {
    this.element.hidden = true;
  }

  /** Shows lines beside a point of the page. */
  show(lines: readonly Line[], x: number, y: number): void {
    const key = lines.map(({ text }) => text).join('\n');
    if (key !== this.#shown || this.element.hidden) {
      this.#shown = key;
      this.element.replaceChildren(
        ...lines.map(({ text, look = 'plain' }) => element('div', { class: `tip-line is-${look}`, text })),
      );
      this.element.hidden = false;
    }
    const { offsetWidth, offsetHeight } = this.element;
    const left = x + AWAY + offsetWidth > window.innerWidth ? x - AWAY - offsetWidth : x + AWAY;
    const top = y + AWAY + offsetHeight > window.innerHeight ? y - AWAY - offsetHeight : y + AWAY;
    this.element.style.left = `${Math.max(4, left)}px`;
    this.element.style.top = `${Math.max(4, top)}px`;
  }

  /** Takes it away. */
  hide(): void {
    this.element.hidden = true;
  }
}
