import { line } from '../../base/brand.ts';
import { type CancelSignal, neverCancelled } from '../../base/cancel.ts';
import { type Problem, problem } from '../../base/problem.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { FunctionRef } from '../../indexer/link-types.ts';
import { boundaryEdges, type Direction } from './boundaries.ts';
import { type CallEdges, calleesIn, calleesOf, callersIn } from './calls.ts';
import { merged } from './merge.ts';
import type { Part, Parts } from './parts.ts';
import type { PartFunction, QueryAnswer, QueryEdge, UnresolvedSite } from './query-types.ts';
import { callsNamed, placeOf } from './rule.ts';
import { type UserEdge, userEdgesAt } from './user-edges.ts';

/** What a query needs. */
export interface QueryContext {
  readonly parts: Parts;
  /** Edges that the user gave; empty where there is no edge file. */
  readonly userEdges: readonly UserEdge[];
  readonly cancel?: CancelSignal;
}

/** What a query means: functions, or the calls of one line. */
interface Asked {
  readonly functions: readonly PartFunction[];
  readonly line?: { readonly part: Part; readonly file: string; readonly line: number };
  /** A name that is called and defined nowhere. */
  readonly bare?: string;
}

/** Who reaches a function; `query` is its name or a line inside it. */
export async function callers(query: string, context: QueryContext): Promise<Result<QueryAnswer, Problem>> {
  const asked = await ask(query, context);
  if (!asked.ok) {
    return asked;
  }
  const { functions, bare } = asked.value;
  const own = bare === undefined ? functions.map((at) => callersIn(at)) : [await callersOfName(bare, context)];
  return ok(await answer(query, functions, own, 'in', context));
}

/** Whom a function reaches; of a line with calls on it, whom these calls reach. */
export async function callees(query: string, context: QueryContext): Promise<Result<QueryAnswer, Problem>> {
  const asked = await ask(query, context);
  if (!asked.ok) {
    return asked;
  }
  const { functions, line: at } = asked.value;
  const calls = at === undefined ? [] : callsAt(at.part, at.file, at.line);
  if (at !== undefined && calls.length > 0) {
    const own = throughPointers(calleesOf(at.part, calls));
    return ok(await answer(query, functions, [own], 'out', context, at));
  }
  return ok(await answer(query, functions, functions.map(calleesIn), 'out', context));
}

const callsAt = (part: Part, file: string, at: number) =>
  (part.links.file(file)?.calls ?? []).filter((fact) => fact.line === at).map((fact) => ({ file, fact }));

/** A line with a call through a pointer, or one that makes a handler run, is asked for these: names are plain to see. */
function throughPointers(all: CallEdges): CallEdges {
  const edges = all.edges.filter((edge) => edge.via !== undefined);
  return edges.length + all.unresolved.length > 0 ? { ...all, edges, notIndexed: [] } : all;
}

async function answer(
  query: string,
  functions: readonly PartFunction[],
  own: readonly CallEdges[],
  direction: Direction,
  { parts, userEdges }: QueryContext,
  at?: { readonly file: string; readonly line: number },
): Promise<QueryAnswer> {
  const beyond = await boundaryEdges(functions, direction, parts, at);
  const given = await userEdgesAt(userEdges, functions, direction, parts);
  const edges: readonly QueryEdge[] = [...own.flatMap((one) => one.edges), ...beyond.edges, ...given];
  const sites: readonly UnresolvedSite[] = [...own.flatMap((one) => one.unresolved), ...beyond.unresolved];
  const names = [...new Set(own.flatMap((one) => one.notIndexed))].filter((name) => !beyond.names.has(name));
  const read = await parts.read();
  return {
    query,
    asked: functions.map(placeOf),
    result: merged(edges),
    unresolved: { count: sites.length, sites },
    notIndexed: { count: names.length, names },
    indexed: {
      files: read.reduce((sum, part) => sum + part.reading.texts.size, 0),
      folders: [...new Set(read.map((part) => `${part.treeName}:${part.name}`))],
    },
    problems: read.flatMap((part) => part.reading.problems),
  };
}

/** Callers of a function that no indexed file defines: its calls by name. */
async function callersOfName(name: string, { parts }: QueryContext): Promise<CallEdges> {
  const found = await parts.mentioning(name);
  const edges = found.flatMap((part) =>
    callsNamed(part, [name]).map((call): QueryEdge => {
      const place = { tree: part.treeName, file: call.file, line: Number(call.fact.line) };
      const shows = { ...place, role: 'call' as const, shows: name };
      const inside = part.links.functionsNamed(call.fact.inFunction).find((fn) => fn.file === call.file);
      const from = inside === undefined ? { ...place, function: call.fact.inFunction } : placeOf({ part, fn: inside });
      return { ...from, kind: 'direct_call', evidence: [shows] };
    }),
  );
  return { edges, unresolved: [], notIndexed: [name] };
}

async function ask(query: string, { parts, cancel = neverCancelled }: QueryContext): Promise<Result<Asked, Problem>> {
  if (cancel.cancelled) {
    return err(problem('cancelled', {}));
  }
  const place = /^(.+):(\d+)$/.exec(query);
  return place === null ? byName(query, parts) : byPlace(place[1] ?? '', Number(place[2]), parts);
}

async function byName(query: string, parts: Parts): Promise<Result<Asked, Problem>> {
  const word = /^[A-Za-z_]\w*(?:\(\w+\))?$/.test(query) ? /(\w+)\)?$/.exec(query)?.[1] : undefined;
  if (word === undefined) {
    return err(problem('no-such-function', { name: query }));
  }
  const found = await parts.mentioning(word);
  const functions = found.flatMap((part) => definitions(part, query).map((fn): PartFunction => ({ part, fn })));
  if (functions.length > 0) {
    return ok({ functions });
  }
  return found.some((part) => part.links.callsNamed(query).length > 0)
    ? ok({ functions: [], bare: query })
    : err(problem('no-such-function', { name: query }));
}

/** Definitions of a name; a function that a macro makes is known by the name inside too. */
function definitions(part: Part, name: string): readonly FunctionRef[] {
  const all = part.links.functionsNamed(name);
  const real = all.filter((fn) => fn.fact.origin !== 'function-like-macro');
  const own = real.length > 0 ? real : all;
  return own.length > 0 ? own : made(part, name);
}

function made(part: Part, name: string): readonly FunctionRef[] {
  const found: FunctionRef[] = [];
  for (const { path, functions } of part.links.allFiles()) {
    found.push(...functions.filter((fact) => fact.name.endsWith(`(${name})`)).map((fact) => ({ file: path, fact })));
  }
  return found;
}

async function byPlace(path: string, at: number, parts: Parts): Promise<Result<Asked, Problem>> {
  const file = relative(path, parts);
  const [part] = await parts.holding(file);
  if (part === undefined) {
    return err(problem('file-not-indexed', { path }));
  }
  const fn = part.links.functionAt(file, line(at));
  const hasCalls = callsAt(part, file, at).length > 0;
  return fn === undefined && !hasCalls
    ? err(problem('no-function-at', { path: file, line: at }))
    : ok({ functions: fn === undefined ? [] : [{ part, fn }], line: { part, file, line: at } });
}

/** A path relative to its tree, also where it was given with the tree's folder in front. */
function relative(path: string, parts: Parts): string {
  const unified = path.replaceAll('\\', '/').replace(/^\.\//, '');
  const roots = parts.plans.map(({ tree }) => `${tree.info.path.replaceAll('\\', '/').replace(/\/+$/, '')}/`);
  const root = roots.find((one) => unified.startsWith(one));
  return root === undefined ? unified : unified.slice(root.length);
}
