import type { CodeUse, StateField, StateGroup } from '../../protocol/inspect.ts';
import { fill } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { type Desk, heading, stageLinks } from './desk.ts';

/** Groups of fields under their titles; groups without fields are left out. */
export const groupList = (desk: Desk, groups: readonly StateGroup[]): readonly Node[] =>
  groups
    .filter(({ fields }) => fields.length > 0)
    .map(({ title, lane, fields }) =>
      element('section', { class: `group lane-${lane}` }, [
        element('h3', {}, [element('span', { class: 'dot' }), element('span', { text: title })]),
        fieldList(desk, title, fields),
      ]),
    );

/** Fields, one a line; unfolded, a line says what the field is for and who writes and reads it. */
export const fieldList = (desk: Desk, scope: string, fields: readonly StateField[]): HTMLElement =>
  element(
    'div',
    { class: 'fields' },
    fields.map((field) => fieldLine(desk, `${scope} ${field.name}`, field)),
  );

function fieldLine(desk: Desk, key: string, field: StateField): HTMLElement {
  const { texts } = desk.model;
  const was = field.was === undefined ? [] : [element('span', { class: 'was', text: `${field.was} →` })];
  const value = element('span', { class: 'value' }, [
    ...was,
    element('span', { class: 'now', text: field.value }),
    ...(field.means === '' ? [] : [element('span', { class: 'means', text: field.means })]),
  ]);
  const summary = element('summary', { attributes: { title: fill(texts['code-of'], field.name) } }, [
    element('span', { class: 'name', text: field.name }),
    value,
  ]);
  return foldable(desk, key, summary, field.was !== undefined, () => [
    ...(field.about === '' ? [] : [element('p', { text: field.about })]),
    ...codeUse(desk, field),
  ]);
}

/** Who writes and who reads something, and where the specification speaks of it. */
export function codeUse(desk: Desk, { writers, readers, spec }: CodeUse): readonly Node[] {
  const { texts } = desk.model;
  const line = (label: string, stages: readonly number[]): readonly Node[] =>
    stages.length === 0
      ? []
      : [element('p', {}, [element('span', { class: 'label', text: label }), ...stageLinks(desk, stages)])];
  const never = writers.length > 0 ? [] : [element('p', { class: 'aside', text: texts['never-written'] })];
  return [
    ...line(texts['written-by'], writers),
    ...never,
    ...line(texts['read-by'], readers),
    ...(spec === '' ? [] : [element('p', { class: 'aside', text: fill(texts.spec, spec) })]),
  ];
}

/** A title that unfolds who writes and reads what stands below it. */
export function titleWithUse(desk: Desk, title: string, use: CodeUse): HTMLElement {
  const summary = element('summary', { attributes: { title: fill(desk.model.texts['code-of'], title) } }, [
    heading(title),
  ]);
  const fold = foldable(desk, `title ${title}`, summary, false, () => codeUse(desk, use));
  fold.classList.add('titled');
  return fold;
}

/** A line that unfolds; its inside is made when it is first seen, and it stays unfolded from moment to moment. */
function foldable(
  desk: Desk,
  key: string,
  summary: HTMLElement,
  changed: boolean,
  inside: () => readonly Node[],
): HTMLElement {
  const body = element('div', { class: 'use' });
  const fold = element('details', { class: changed ? 'field is-changed' : 'field' }, [summary, body]);
  const fillIn = (): void => {
    if (body.childNodes.length === 0) {
      body.append(...inside());
    }
  };
  fold.open = desk.unfolded.has(key);
  if (fold.open) {
    fillIn();
  }
  fold.addEventListener('toggle', () => {
    if (fold.open) {
      desk.unfolded.add(key);
      fillIn();
    } else {
      desk.unfolded.delete(key);
    }
  });
  return fold;
}
