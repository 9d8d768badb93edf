import { err, ok, type Result } from '../base/result.ts';
import { count, flag, oneOf, textUpTo, within } from './check.ts';
import type { Shown } from './messages.ts';
import { type Bookmark, NAVIGATE_LIMITS, SPEEDS, UNITS, type Unit } from './navigate.ts';

/** How a user moved through a run, as it is kept. */
export interface KeptMoves {
  readonly unit?: Unit;
  readonly speed?: number;
  readonly following?: boolean;
  readonly bookmarks?: readonly Bookmark[];
}

/** What a view keeps over a reload of the window: where it was, and the host's own word for which run it was. */
export interface KeptState {
  readonly format: 1;
  readonly keep: string;
  readonly step: number;
  readonly shown: Shown;
  /** The event that the cursor stood on. */
  readonly event?: number;
  readonly moves?: KeptMoves;
}

/** The longest `keep` that is taken back. */
const LONGEST_KEEP = 300_000;

/** Checks a kept state: it comes from a page, possibly from an older version of this extension. */
export function parseKept(value: unknown): Result<KeptState, string> {
  if (typeof value !== 'object' || value === null) {
    return err('not an object');
  }
  const { format, keep, step, shown, event, moves } = value as Readonly<Record<keyof KeptState, unknown>>;
  if (format !== 1) {
    return err('other format');
  }
  if (typeof keep !== 'string' || keep.length > LONGEST_KEEP) {
    return err('wrong keep');
  }
  if (typeof step !== 'number' || count(step) === undefined) {
    return err('wrong step');
  }
  if (shown !== 'run' && shown !== 'set-up') {
    return err('wrong shown');
  }
  const exact = count(event);
  return ok({ format, keep, step, shown, ...(exact === undefined ? {} : { event: exact }), moves: parseMoves(moves) });
}

/** What is right of kept moves; the rest is as if it had never been kept. */
export function parseMoves(value: unknown): KeptMoves {
  if (typeof value !== 'object' || value === null) {
    return {};
  }
  const { unit, speed, following, bookmarks } = value as Readonly<Record<keyof KeptMoves, unknown>>;
  return present({
    unit: oneOf(UNITS)(unit),
    speed: within(0, SPEEDS.length - 1)(speed),
    following: flag(following),
    bookmarks: Array.isArray(bookmarks)
      ? bookmarks.flatMap(parseBookmark).slice(0, NAVIGATE_LIMITS.bookmarks)
      : undefined,
  });
}

function parseBookmark(value: unknown): readonly Bookmark[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { event, name } = value as Readonly<Record<keyof Bookmark, unknown>>;
  const [at, called] = [count(event), textUpTo(NAVIGATE_LIMITS.name)(name)];
  return at === undefined || called === undefined ? [] : [{ event: at, name: called }];
}

function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
