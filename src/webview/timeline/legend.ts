import type { HopHead } from '../../protocol/messages.ts';
import type { ViewTexts } from '../../protocol/view-texts.ts';
import { element, shape } from '../dom.ts';
import { hopLine, hopOutline } from './hop-style.ts';

/** Size of a sample. */
const [WIDTH, HEIGHT, MIDDLE] = [56, 16, '8'];

/** What the arrows of the timeline mean, and its other signs. */
export function legend(texts: ViewTexts, hops: readonly HopHead[]): HTMLElement {
  const kinds = hops.filter(({ kind, boundary }) => boundary && kind !== 'waitqueue_wait');
  const lines = [
    ...kinds.map(({ kind, name }) => line(sample(kind, false), name)),
    line(sample('vm_exit', true), texts['legend-unproven']),
    line(sample('return', false), texts['legend-return']),
    line(element('span', { class: 'legend-wait' }), texts['legend-wait']),
    line(element('span', { class: 'legend-hazard', text: '▲' }), texts['legend-hazard']),
    line(element('span', { class: 'legend-output', text: '●' }), texts['legend-output']),
  ];
  return element('table', { class: 'keys timeline-legend' }, [
    element('caption', { text: texts.legend }),
    element('tbody', {}, lines),
  ]);
}

const line = (sign: Node, text: string): HTMLElement =>
  element('tr', {}, [element('td', { attributes: { 'aria-hidden': 'true' } }, [sign]), element('td', { text })]);

/** An arrow as it is drawn, with its icon. */
function sample(kind: string, unproven: boolean): SVGElement {
  const { dash, width } = hopLine(kind);
  const { side, paths } = hopOutline(kind);
  const size = { width: String(WIDTH), height: String(HEIGHT), viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
  const look = unproven ? 'legend-sample is-unproven' : 'legend-sample';
  const icon =
    kind === 'return' ? [] : paths.map((d) => shape('path', { d, class: 'legend-icon', 'fill-rule': 'evenodd' }));
  return shape('svg', { ...size, class: look }, [
    shape('line', {
      ...{ x1: '20', x2: '48', y1: MIDDLE, y2: MIDDLE, class: 'legend-line' },
      'stroke-width': String(unproven ? 1 : width),
      'stroke-dasharray': dash.join(' '),
    }),
    shape('path', { d: 'M55 8L48 4V12Z', class: 'legend-head' }),
    shape('g', { transform: `translate(2 1) scale(${14 / side})` }, icon),
  ]);
}
