import { readFileSync } from 'node:fs';
import type { Parts } from '../../src/sourcemap/query/parts.ts';
import { callees } from '../../src/sourcemap/query/query.ts';
import type { FunctionPlace, QueryEdge } from '../../src/sourcemap/query/query-types.ts';
import { share, type Table } from './table.ts';

/** One function that a call must reach, in the format of the fact file. */
interface ListedTarget {
  readonly target: string;
  readonly definition?: { readonly file: string; readonly line: number } | null;
}

/** One indirect call with all its targets. */
interface ListedSite {
  readonly id: string;
  readonly call_site: {
    readonly file: string;
    readonly line: number;
    readonly called_expression: string;
  };
  readonly targets: readonly ListedTarget[];
  readonly closed_world: boolean;
}

/** What one site came to. */
interface Outcome {
  readonly listed: number;
  readonly missing: readonly ListedTarget[];
  readonly answered: number;
  readonly extra: readonly QueryEdge[];
}

/** Recall of the listed targets and precision on the sites whose list is complete; each miss in one line. */
export async function pointerTable(file: string, parts: Parts): Promise<Table> {
  const sites: readonly ListedSite[] = JSON.parse(readFileSync(file, 'utf8')).sites;
  const outcomes = await Promise.all(sites.map(async (site) => ({ site, outcome: await outcomeOf(site, parts) })));
  const closed = outcomes.filter(({ site }) => site.closed_world).map(({ outcome }) => outcome);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const listed = sum(outcomes.map(({ outcome }) => outcome.listed));
  const missing = sum(outcomes.map(({ outcome }) => outcome.missing.length));
  const answered = sum(closed.map((outcome) => outcome.answered));
  const extra = sum(closed.map((outcome) => outcome.extra.length));
  return {
    title: `pointers: ${sites.length} indirect call sites`,
    rows: outcomes.flatMap(({ site, outcome }) => rowsOf(site, outcome)),
    bounds: [
      { what: 'recall of listed targets', ...share(listed - missing, listed), least: 0.97 },
      { what: 'precision on closed-world sites', ...share(answered - extra, answered), least: 0.95 },
    ],
  };
}

async function outcomeOf(site: ListedSite, parts: Parts): Promise<Outcome> {
  const found = await targetsAt(site, parts);
  const wanted = new Map(site.targets.map((target) => [nameOf(target), target]));
  return {
    listed: wanted.size,
    missing: [...wanted.values()].filter((target) => !found.some((one) => isThis(one, target))),
    answered: found.length,
    extra: found.filter((one) => !site.targets.some((target) => isThis(one, target))),
  };
}

function rowsOf({ id, closed_world }: ListedSite, { listed, missing, extra }: Outcome): string[] {
  const head = `${id}: ${listed - missing.length} of ${listed}, ${extra.length} more${closed_world ? '' : ' (list restricted)'}`;
  const unlisted = closed_world ? extra : [];
  return [
    head,
    ...missing.map((target) => `${id}: missed ${nameOf(target)}`),
    ...unlisted.map((one) => `${id}: not listed: ${one.function} ${one.file}:${one.line}`),
  ];
}

const nameOf = ({ target, definition }: ListedTarget): string => (definition ? `${target} ${definition.file}` : target);

function isThis(found: QueryEdge, { target, definition }: ListedTarget): boolean {
  const places: readonly FunctionPlace[] = [found, ...(found.alternatives ?? [])];
  const name = /\((\w+)\)$/.exec(found.function)?.[1] ?? found.function;
  return (
    (found.function === target || name === target) &&
    (!definition || places.some((one) => one.file === definition.file))
  );
}

/** What the call on that line is found to reach; where several calls stand there, the one that the site names. */
async function targetsAt({ call_site: { file, line, called_expression } }: ListedSite, parts: Parts) {
  const answer = await callees(`${file}:${line}`, { parts, userEdges: [] });
  const all = answer.ok ? answer.value.result : [];
  const folded = (text: string): string => text.replace(/[\s()*]/g, '');
  const named = all.filter((edge) => folded(edge.via ?? '').startsWith(folded(called_expression)));
  return named.length > 0 ? named : all;
}
