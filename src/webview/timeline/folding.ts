import { bandsOf, type Folding, fits, type Group, heightOf } from './rows.ts';

/** How much is shown: a strip for each program, one for each context, or the calls of each context too. */
export const DETAILS = ['programs', 'contexts', 'calls'] as const;

/** How much is shown. */
export type Detail = (typeof DETAILS)[number];

/** The folding that shows so much of all programs. */
export function foldingOf(groups: readonly Group[], detail: Detail): Folding {
  const all = groups.flatMap(({ lanes }) => lanes.map(({ context }) => context));
  return {
    closed: new Set(detail === 'programs' ? groups.map(({ id }) => id) : []),
    open: new Set(detail === 'calls' ? all : []),
  };
}

/** As much as can be seen at once in so much room. */
export function firstFolding(groups: readonly Group[], room: number): Folding {
  const calls = foldingOf(groups, 'calls');
  if (heightOf(bandsOf(groups, calls, 0)) <= room) {
    return calls;
  }
  return foldingOf(groups, fits(groups, room) ? 'contexts' : 'programs');
}

/** How much a folding shows, by the most that any program shows. */
export function detailOf(groups: readonly Group[], { closed, open }: Folding): Detail {
  if (open.size > 0) {
    return 'calls';
  }
  return groups.every(({ id, lanes }) => closed.has(id) || lanes.length === 1) ? 'programs' : 'contexts';
}

/** The folding after one program or one context was opened or closed. */
export function toggled(folding: Folding, item: { readonly group: string } | { readonly context: number }): Folding {
  return 'group' in item
    ? { ...folding, closed: flipped(folding.closed, item.group) }
    : { ...folding, open: flipped(folding.open, item.context) };
}

function flipped<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(one)) {
    next.add(one);
  }
  return next;
}
