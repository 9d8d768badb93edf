import { type KeptMoves, parseMoves } from '../protocol/kept.ts';
import type { App } from './app.ts';

/** Where the moves of a workspace's runs are kept. */
const KEPT = 'virtioTrace.moves';

/** Runs whose bookmarks are kept; the one looked at longest ago goes first. */
const RUNS = 30;

/** How the user moved through the runs of this workspace: bookmarks by the fingerprint of a run, the rest of the last one. */
interface KeptRuns {
  readonly last: unknown;
  readonly bookmarks: readonly (readonly [hash: string, bookmarks: unknown])[];
}

/** What is kept for a run. */
export function movesFor(app: App, hash: string): KeptMoves {
  const { last, bookmarks } = keptRuns(app);
  const own = bookmarks.find(([known]) => known === hash)?.[1];
  return { ...parseMoves(last), ...parseMoves({ bookmarks: own }) };
}

/** Keeps how the user moves through a run. */
export async function keepMoves(app: App, hash: string, { bookmarks = [], ...last }: KeptMoves): Promise<void> {
  const others = keptRuns(app).bookmarks.filter(([known]) => known !== hash);
  const own = bookmarks.length === 0 ? [] : [[hash, bookmarks] as const];
  await app.context.workspaceState.update(KEPT, { last, bookmarks: [...others, ...own].slice(-RUNS) });
}

function keptRuns(app: App): KeptRuns {
  const known = app.context.workspaceState.get<Readonly<Record<string, unknown>>>(KEPT);
  const list = known?.['bookmarks'];
  const isPair = (value: unknown): value is readonly [string, unknown] =>
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
  return { last: known?.['last'], bookmarks: Array.isArray(list) ? list.filter(isPair) : [] };
}
