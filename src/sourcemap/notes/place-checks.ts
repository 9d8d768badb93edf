import { numberOf } from '../evidence/number.ts';
import type { Check } from './check-types.ts';
import { type Answer, type Desk, headOf, lineOf, no, untold, yes } from './desk.ts';

type PlaceCheck = Extract<Check, { is: 'exists' | 'known' | 'case' | 'macro' | 'run-enters' | 'run-blocks' }>;
type Of<Is extends PlaceCheck['is']> = Extract<PlaceCheck, { is: Is }>;

/** Answers what is asked of one place: a function, a `case`, a macro, or a run inside a function. */
export function placeCheck(desk: Desk, check: PlaceCheck): Answer {
  switch (check.is) {
    case 'exists':
    case 'known':
      return stands(desk, check);
    case 'case':
      return hasCase(desk, check);
    case 'macro':
      return hasValue(desk, check);
    default:
      return ran(desk, check);
  }
}

function stands(
  desk: Desk,
  check: Of<'exists' | 'known'> | { is: 'exists' | 'known'; fn: Of<'exists'>['fn'] },
): Answer {
  const found = desk.find(check.fn);
  if (!found.there) {
    return found.told ? no() : untold(found.lacking);
  }
  const sameName = found.at.place.status === 'found';
  return check.is === 'known' || sameName ? yes(headOf(found)) : no(headOf(found));
}

function hasCase(desk: Desk, { inside, label }: Of<'case'>): Answer {
  const found = desk.find(inside);
  if (!found.there) {
    return found.told ? no() : untold(found.lacking);
  }
  const { view, fn } = found;
  const cases = view.links.file(fn.file)?.cases ?? [];
  const here = cases.filter((one) => one.label === label && one.inFunction === fn.fact.name);
  return here.length > 0
    ? yes(...here.map((one) => lineOf(view, fn.file, one.line, 'handler', label)))
    : no(headOf(found));
}

function hasValue(desk: Desk, { near, name, value }: Of<'macro'>): Answer {
  const view = desk.treeOf(near)?.view;
  const number = view && numberOf(view, name);
  if (view === undefined || number === undefined) {
    const lost = desk.lostOf(near);
    return lost.length > 0 ? untold(...lost) : no();
  }
  const { file, fact } = number.macro;
  const line = lineOf(view, file, fact.line, 'number', name);
  return number.constant.value === value ? yes(line) : no(line);
}

/** What the run did stands whatever tree is shown; the function's place in the tree is the evidence. */
function ran(desk: Desk, check: Extract<PlaceCheck, { is: 'run-enters' | 'run-blocks' }>): Answer {
  const where = check.is === 'run-enters' ? desk.run.entered : desk.run.blocked;
  const on = [...(where.get(check.fn.id) ?? [])].filter((name) => name.includes(check.on ?? ''));
  const found = desk.find(check.fn);
  const looked = found.there ? [headOf(found)] : [];
  return on.length > 0 ? yes(...looked) : no(...looked);
}
