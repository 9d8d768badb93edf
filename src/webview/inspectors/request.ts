import { type RequestView, SLOT_STATES, type SlotView } from '../../protocol/inspect.ts';
import { fill, type ViewTexts } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { actionLink } from '../toolkit.ts';
import { absent, type Desk, stageLink, stageLinks } from './desk.ts';
import { groupList } from './fields.ts';
import { slotPicture } from './slot-picture.ts';

/** The I/O request page: its slots, the states of the chosen one as a picture, and its fields. */
export function drawRequest(desk: Desk, view: RequestView): readonly Node[] {
  const { texts } = desk.model;
  const slot = view.slots.find((one) => one.slot === view.slot);
  if (!view.mapped || slot === undefined) {
    return [absent(texts['page-not-mapped'], texts['page-not-mapped-why']), ...groupList(desk, view.groups)];
  }
  return [
    ...(view.slots.length > 1 ? [slotList(desk, view)] : []),
    element('p', { class: `slot-summary lane-${slot.lane}` }, [
      element('span', { class: 'dot' }),
      element('b', { text: fill(texts['slot-is'], slot.slot, stateName(texts, slot.state)) }),
      element('span', { text: slot.summary }),
    ]),
    element('div', { class: `lane-${slot.lane}` }, [
      slotPicture({
        label: fill(texts['slot-is'], slot.slot, stateName(texts, slot.state)),
        state: slot.state,
        last: slot.last,
        ways: view.steps,
      }),
    ]),
    lastStep(desk, slot),
    waysList(desk, view),
    ...groupList(desk, view.groups),
  ];
}

const stateName = (texts: ViewTexts, state: number): string => SLOT_STATES[state] ?? fill(texts['slot-unknown'], state);

/** The slots that the run uses, to be chosen from. */
function slotList(desk: Desk, view: RequestView): HTMLElement {
  const { texts } = desk.model;
  const items = view.slots.map((slot) => {
    const name = fill(texts.slot, slot.slot);
    const label = `${name} · ${stateName(texts, slot.state)}`;
    const isShown = slot.slot === view.slot;
    const item = isShown ? element('b', { text: label }) : actionLink(label, name, () => desk.look(slot.slot, -1));
    return element('li', { class: `lane-${slot.lane}${slot.changed ? ' is-changed' : ''}` }, [
      element('span', { class: 'dot' }),
      item,
    ]);
  });
  return element('ul', { class: 'slots', attributes: { 'aria-label': texts.slots } }, items);
}

function lastStep(desk: Desk, { last }: SlotView): HTMLElement {
  const { texts } = desk.model;
  return last === undefined
    ? element('p', { class: 'aside', text: texts['slot-never'] })
    : element('p', { class: 'last-step' }, [
        element('span', {
          text: fill(texts['slot-last'], stateName(texts, last.from), stateName(texts, last.to)),
        }),
        stageLink(desk, last.stage),
      ]);
}

/** Who takes a slot from state to state in this run. */
function waysList(desk: Desk, { steps }: RequestView): HTMLElement {
  const { texts } = desk.model;
  return element(
    'ul',
    { class: 'ways' },
    steps.map(({ from, to, stages }) =>
      element('li', {}, [
        element('span', { class: 'label', text: `${stateName(texts, from)} → ${stateName(texts, to)}` }),
        element('span', {}, stageLinks(desk, stages)),
      ]),
    ),
  );
}
