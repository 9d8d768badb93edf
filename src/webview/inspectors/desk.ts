import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import type { ViewModel } from '../model.ts';
import { actionLink } from '../toolkit.ts';

/** What every inspector draws with, and what it can ask for. */
export interface Desk {
  readonly model: ViewModel;
  /** Names of what the user has unfolded: they stay unfolded from moment to moment. */
  readonly unfolded: Set<string>;
  /** Shows the place of a stage. */
  readonly openStage: (stage: number) => void;
  /** Another queue, slot or descriptor is to be looked into. */
  readonly look: (item: number, detail: number) => void;
  /** Draws the same answer again: something was folded or unfolded. */
  readonly again: () => void;
}

/** Name of a stage that a click shows in the source; a stage that does not stand in the tree is plain text. */
export function stageLink(desk: Desk, stage: number): HTMLElement {
  const head = desk.model.head.stages[stage];
  if (head === undefined) {
    return element('span', { text: '' });
  }
  return head.line === undefined
    ? element('span', { class: 'stage-name', text: head.function, attributes: { title: head.file } })
    : actionLink(
        head.function,
        fill(desk.model.texts['show-place'], `${head.function}, ${head.file}:${head.line}`),
        () => desk.openStage(stage),
      );
}

/** Several stages, with commas between them. */
export const stageLinks = (desk: Desk, stages: readonly number[]): readonly Node[] =>
  stages.flatMap((stage, at) => [...(at === 0 ? [] : [document.createTextNode(', ')]), stageLink(desk, stage)]);

/** A title above a part of an inspector. */
export const heading = (text: string): HTMLElement => element('h3', { text });

/** A sentence in place of something that is not there, and why it is not. */
export const absent = (text: string, why = ''): HTMLElement =>
  element('div', { class: 'absent' }, [
    element('p', { text }),
    ...(why === '' ? [] : [element('p', { class: 'aside', text: why })]),
  ]);
