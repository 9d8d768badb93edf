import type { StepRef } from '../protocol/navigate.ts';
import { fill } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import type { ViewModel } from './model.ts';
import { actionLink } from './toolkit.ts';

/** Causes of a step, or its effects, in one line: each goes there. */
export function causeLine(
  model: ViewModel,
  name: 'woke' | 'caused',
  heading: string,
  steps: readonly StepRef[],
  none: string,
  go: (step: number) => void,
): HTMLElement {
  const links = steps.map((step) => element('dd', {}, causeParts(model, step, go)));
  return element('div', { class: `cause is-${name}` }, [
    element('dt', {}, [icon(name), element('span', { text: heading })]),
    ...(links.length === 0 ? [element('dd', { class: 'aside', text: none })] : links),
  ]);
}

function causeParts({ head, texts }: ViewModel, ref: StepRef, go: (step: number) => void): readonly Node[] {
  const stage = head.stages[ref.stage]?.function ?? '';
  const context = head.contexts[ref.context];
  const range = ref.step < head.ranges.run.from ? head.ranges['set-up'] : head.ranges.run;
  const where = fill(texts['step-place'], stage, context?.name ?? '', ref.step - range.from + 1);
  return [
    element('span', { class: `dot lane-${context?.lane ?? 0}` }),
    actionLink(stage, where, () => go(ref.step)),
    element('span', { class: 'cause-where', text: `${context?.name ?? ''} · ${head.hops[ref.hop]?.name ?? ''}` }),
  ];
}
