import type { FileFacts, FunctionFact } from '../../indexer/facts.ts';
import type { Route } from '../../scenarios/scenario.ts';
import type { HopKind } from '../../trace/kinds.ts';
import { formerlyIn, type OnRoute, type RouteIndex } from '../path/route-index.ts';
import type { TreeKind } from '../trees.ts';
import { boundaryCalls } from './boundary-calls.ts';

/** A function of the file, where it stands in the text that was read. Lines are 1-based. */
export interface FunctionMark {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
}

/** How a stage is reached on a route: `from` is the function that control comes from. */
export interface Reached {
  readonly kind: HopKind;
  readonly expr: string;
  readonly from: string;
}

/** What comes next on a route; `by` is the function that makes the call, where that is another one. */
export interface Next {
  readonly kind: HopKind;
  readonly expr: string;
  readonly to: string;
  /** Stage id of what comes next. */
  readonly stage: string;
  readonly by: string;
}

/** A stage on one route. */
export interface StageWay {
  readonly route: Route;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly reached?: Reached;
  readonly next?: Next;
}

/** A function on at least one route. */
export interface StageMark extends FunctionMark {
  /** Stage id. */
  readonly stage: string;
  /** The same job under another name or in another place than the emulator's. */
  readonly renamed: boolean;
  readonly ways: readonly StageWay[];
  /** Codes of the hazards that it is known for. */
  readonly hazards: readonly string[];
}

/** A line that puts a function where a pointer is kept. */
export interface BindingMark {
  readonly line: number;
  /** The function bound. */
  readonly function: string;
  /** What it is bound to: `vq->notify`, `ops.open`, or the call that registers it. */
  readonly to: string;
  readonly isStage: boolean;
}

/** Boundaries that a line of C shows by itself. */
export type BoundaryKind = Extract<
  HopKind,
  'ioctl' | 'hypercall' | 'interrupt_vector' | 'workqueue' | 'eventfd' | 'timerfd' | 'waitqueue_wake' | 'thread_create'
>;

/** A call that leaves for another program or thread. */
export interface BoundaryMark {
  readonly line: number;
  readonly kind: BoundaryKind;
  readonly calls: string;
  /** The number, work item, queue or descriptor: an argument as it is written. */
  readonly via: string;
  readonly function: string;
}

/** A call through a pointer. */
export interface PointerCall {
  readonly line: number;
  /** As written: `(*vq->notify)`. */
  readonly expr: string;
  readonly name: string;
  readonly function: string;
}

/** What one C file's own facts tell, without reading any other file. */
export interface FileIntel {
  readonly kind: TreeKind;
  readonly path: string;
  readonly functions: readonly FunctionMark[];
  readonly stages: readonly StageMark[];
  readonly bindings: readonly BindingMark[];
  readonly boundaries: readonly BoundaryMark[];
  readonly pointerCalls: readonly PointerCall[];
}

/** Reads a file's facts for the marks that an editor shows. */
export function fileIntel(index: RouteIndex, kind: TreeKind, facts: FileFacts): FileIntel {
  return {
    kind,
    path: facts.path,
    functions: facts.functions.filter((fn) => fn.origin !== 'function-like-macro').map(markOf),
    stages: stagesOf(index, kind, facts),
    bindings: bindingsOf(index, kind, facts),
    boundaries: boundaryCalls(kind, facts),
    pointerCalls: facts.calls
      .filter((call) => call.indirect)
      .map(({ line, callee, name, inFunction }) => ({ line, expr: callee, name, function: inFunction })),
  };
}

const markOf = ({ name, line, endLine }: FunctionFact): FunctionMark => ({ name, line, endLine });

/** Stages by their present names; those that are not there, by the names they had in this file. */
function stagesOf(index: RouteIndex, kind: TreeKind, facts: FileFacts): readonly StageMark[] {
  const found: StageMark[] = [];
  const here = index.inFile(kind, facts.path);
  const missing = new Set<string>();
  for (const at of here) {
    const stage = index.stage(at);
    const fn = stage && definition(facts, stage.function);
    if (stage !== undefined && fn !== undefined) {
      found.push(stageMark(index, at, stage.id, fn, false));
    } else if (stage !== undefined) {
      missing.add(stage.id);
    }
  }
  for (const { id, before } of formerlyIn(kind, facts.path)) {
    const at = index.numberOf(id);
    const fn = definition(facts, before.function);
    const isElsewhere = !here.some((one) => index.stage(one)?.id === id);
    if (
      at !== undefined &&
      fn !== undefined &&
      (missing.has(id) || isElsewhere) &&
      !isPresent(index, kind, facts, id)
    ) {
      missing.delete(id);
      found.push(stageMark(index, at, id, fn, true));
    }
  }
  return found.toSorted((a, b) => a.line - b.line);
}

/** A function that is a stage under its own name does no other stage's job. */
function isPresent(index: RouteIndex, kind: TreeKind, facts: FileFacts, id: string): boolean {
  const histories = formerlyIn(kind, facts.path).filter((one) => one.id === id);
  return histories.every(({ before }) =>
    index.inFile(kind, facts.path).some((at) => index.stage(at)?.function === before.function),
  );
}

/** Both arms of an `#if` may define a function: the longer one does the job. */
function definition(facts: FileFacts, name: string): FunctionFact | undefined {
  const all = facts.functions.filter((fn) => fn.name === name);
  const real = all.filter((fn) => fn.origin !== 'function-like-macro');
  return (real.length > 0 ? real : all).toSorted((a, b) => b.endLine - b.line - (a.endLine - a.line))[0];
}

function stageMark(index: RouteIndex, at: number, id: string, fn: FunctionFact, renamed: boolean): StageMark {
  return {
    ...markOf(fn),
    stage: id,
    renamed,
    ways: index.on(at).map((on) => wayOf(index, on)),
    hazards: index.hazards(at).map(({ code }) => code),
  };
}

/** A stage's place on one route. */
export function wayOf(index: RouteIndex, { route, stop, number }: OnRoute): StageWay {
  const way = { route: route.name, number, of: route.stops.length };
  const arrival = route.arrivals[stop.arrival];
  const before = arrival && route.arrivals[arrival.from];
  const from = before && index.stage(before.stage);
  const next = route.hops[stop.next];
  const to = next && index.stage(next.to);
  const by = next === undefined || next.caller < 0 ? undefined : index.stage(next.caller);
  return {
    ...way,
    ...(arrival && from ? { reached: { kind: arrival.kind, expr: arrival.expr, from: from.function } } : {}),
    ...(next && to
      ? { next: { kind: next.kind, expr: next.expr, to: to.function, stage: to.id, by: by?.function ?? '' } }
      : {}),
  };
}

function bindingsOf(index: RouteIndex, kind: TreeKind, facts: FileFacts): readonly BindingMark[] {
  const own = new Set(facts.functions.filter((fn) => fn.origin !== 'function-like-macro').map((fn) => fn.name));
  return facts.bindings
    .filter(({ value }) => own.has(value) || index.named(kind, value).length > 0)
    .map((fact) => ({
      line: fact.line,
      function: fact.value,
      to: fact.callee === '' ? keptIn(fact) : fact.callee,
      isStage: index.named(kind, fact.value).length > 0,
    }));
}

/** The pointer as a person writes it: `vq->notify`, `hv_ops.put_chars`, `dispatch_table[REASON].handler`. */
function keptIn({ receiver, target, how, index }: FileFacts['bindings'][number]): string {
  if (receiver === '') {
    return index === '' ? target : `${target}[${index}]`;
  }
  return how === 'assignment' ? `${receiver}->${target}`.replace(/^&?([\w.]+)->/, '$1->') : `${receiver}.${target}`;
}
