import { line } from '../../base/brand.ts';
import type { TreeView } from '../tree-view.ts';
import { endsIn } from './call-checks.ts';
import type { Check } from './check-types.ts';
import { headsAround, withoutComments } from './conditions.ts';
import { type Answer, type Desk, headOf, lineOf, no, untold, yes } from './desk.ts';

type BindingCheck = Extract<Check, { is: 'binds' | 'bound' | 'invokes' | 'sets' }>;
type Of<Is extends BindingCheck['is']> = Extract<BindingCheck, { is: Is }>;

/** Answers what is stored where: in a member, by an initialiser, by a macro at file scope. */
export function bindingCheck(desk: Desk, check: BindingCheck): Answer {
  if (check.is === 'binds') {
    return binds(desk, check);
  }
  const view = desk.viewOfFile(check.near);
  if (view === undefined) {
    const lacking = desk.treeOf(check.near) === undefined ? (check.near.tree ?? '') : check.near.file;
    return untold(lacking);
  }
  switch (check.is) {
    case 'bound':
      return bound(view, check);
    case 'invokes':
      return invokes(view, check);
    case 'sets':
      return sets(view, check);
  }
}

function binds(desk: Desk, { inside, member, value, others = false }: Of<'binds'>): Answer {
  const found = desk.find(inside);
  if (!found.there) {
    return found.told ? no() : untold(found.lacking);
  }
  const { view, fn } = found;
  const stores = (view.links.file(fn.file)?.bindings ?? []).filter(
    (one) => one.inFunction === fn.fact.name && one.target === member && (one.value === value) !== others,
  );
  return stores.length > 0
    ? yes(...stores.map((one) => lineOf(view, fn.file, one.line, 'binding', one.value)))
    : no(headOf(found));
}

function bound(view: TreeView, { near, value, member }: Of<'bound'>): Answer {
  const places = view.links
    .bindingsOf(value)
    .filter((one) => one.file === near.file && one.fact.inFunction === '' && member.test(one.fact.target));
  return places.length > 0
    ? yes(...places.map((one) => lineOf(view, one.file, one.fact.line, 'binding', one.fact.target)))
    : no();
}

function invokes(view: TreeView, { near, name, arguments: wanted }: Of<'invokes'>): Answer {
  const sites = view
    .callsNamed(name)
    .filter(({ file, fact }) => file === near.file && wanted.every((one) => fact.args.some((arg) => endsIn(arg, one))));
  return sites.length > 0 ? yes(...sites.map((call) => view.callEvidence(call))) : no();
}

const NOTHING = /^(?:false|0|NULL)$/;
const CONSTANT = /^(?:true|1)$/;

/** The text is searched: what sets a flag to a plain value binds no function, and no fact tells of it. */
function sets(view: TreeView, { near, member, always }: Of<'sets'>): Answer {
  const assignment = new RegExp(`(?:->|\\.)\\s*${member}\\s*=(?!=)\\s*([^;]*)`);
  const text = withoutComments(allLines(view, near.file).join('\n'));
  const lines = text.split('\n').flatMap((row, at) => {
    const value = assignment.exec(row)?.[1]?.trim();
    const plain = value !== undefined && !NOTHING.test(value);
    return plain && (!always || isAlways(view, near.file, at + 1, member, value)) ? [at + 1] : [];
  });
  return lines.length > 0 ? yes(...lines.map((at) => lineOf(view, near.file, line(at), 'binding', member))) : no();
}

function isAlways(view: TreeView, file: string, at: number, member: string, value: string): boolean {
  const fn = view.links.functionAt(file, line(at));
  return CONSTANT.test(value) && fn !== undefined && headsAround(view, fn, line(at), member) === '';
}

function allLines(view: TreeView, file: string): string[] {
  return Array.from({ length: view.lineCount(file) }, (_, at) => view.lineText(file, at + 1));
}
