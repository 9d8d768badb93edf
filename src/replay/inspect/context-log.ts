import { EVENT_KINDS, HOP_KINDS } from '../../trace/kinds.ts';
import type { Trace, TraceEvent } from '../../trace/trace.ts';

/** Events from checkpoint to checkpoint: so many are read again for one answer. */
const SPACING = 8192;

const ENTER = EVENT_KINDS.indexOf('enter');
const EXIT = EVENT_KINDS.indexOf('exit');
const HOP = EVENT_KINDS.indexOf('hop');
const BLOCK = EVENT_KINDS.indexOf('block');
const RESUME = EVENT_KINDS.indexOf('resume');
const NONE = -1;

/** Kinds of events that tell what a context does. */
const TELLING: ReadonlySet<number> = new Set([ENTER, EXIT, HOP, BLOCK, RESUME]);

/** What is known of a context: the stages that it has entered and not left, and how it last gave control away. */
export interface ContextFacts {
  readonly stages: readonly number[];
  /** Event of the `block` that it has not resumed from; -1. */
  readonly blocked: number;
  /** Event of the hop by which control last left it, where nothing of it has run since; -1. */
  readonly left: number;
  /** Context in which the same thread goes on: this one's innermost stage has called into it; -1. */
  readonly inner: number;
}

interface Facts {
  stages: number[];
  blocked: number;
  left: number;
  inner: number;
  /** Context that called into this one; -1. */
  outer: number;
}

/** Hops by which control leaves a context and comes back to it. */
const LEAVING: ReadonlySet<number> = new Set(
  (['syscall', 'vm_exit', 'vm_entry', 'hypercall', 'ioctl', 'interrupt_vector'] as const).map((kind) =>
    HOP_KINDS.indexOf(kind),
  ),
);

/** What every context does at any event: checkpoints, and the events behind them. */
export class ContextLog {
  readonly #trace: Trace;
  readonly #checkpoints: (readonly Facts[])[] = [];

  constructor(trace: Trace) {
    this.#trace = trace;
    const facts = fresh(trace);
    let event = trace.dropped;
    for (const chunk of trace.chunks) {
      for (let row = 0; row < chunk.length; row++, event++) {
        if ((event - trace.dropped) % SPACING === 0) {
          this.#checkpoints.push(facts.map(copied));
        }
        if (!TELLING.has(chunk.kind[row] ?? 0)) {
          continue;
        }
        take(trace, facts, {
          event,
          context: chunk.context[row] ?? 0,
          kind: chunk.kind[row] ?? 0,
          key: chunk.key[row] ?? 0,
          stage: chunk.stage[row] ?? 0,
          cause: chunk.cause[row] ?? 0,
        });
      }
    }
  }

  /** All contexts just after event `at`. */
  after(at: number): readonly ContextFacts[] {
    const { dropped } = this.#trace;
    const index = Math.max(0, Math.floor((at - dropped) / SPACING));
    const start = this.#checkpoints[index];
    const facts = start === undefined ? fresh(this.#trace) : start.map(copied);
    for (const { seq, context, kind, key, stage, cause } of this.#trace.events(dropped + index * SPACING, at + 1)) {
      take(this.#trace, facts, { event: seq, context, kind: EVENT_KINDS.indexOf(kind), key, stage, cause });
    }
    return facts;
  }
}

/** By stage that blocks: the stages that woke it, from all kept events. */
export function wakersOf(trace: Trace): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, Set<number>>();
  const blocked = new Map<number, number>();
  for (const chunk of trace.chunks) {
    for (let row = 0; row < chunk.length; row++) {
      const context = chunk.context[row] ?? 0;
      if (chunk.kind[row] === BLOCK) {
        blocked.set(context, chunk.stage[row] ?? 0);
      } else if (chunk.kind[row] === RESUME) {
        const stage = blocked.get(context);
        const cause = trace.event(chunk.cause[row] ?? 0);
        if (stage !== undefined && cause?.kind === 'hop') {
          addTo(found, stage, cause);
        }
      }
    }
  }
  return new Map([...found].map(([stage, wakers]) => [stage, [...wakers]]));
}

function addTo(found: Map<number, Set<number>>, stage: number, cause: TraceEvent): void {
  const wakers = found.get(stage) ?? new Set<number>();
  wakers.add(cause.stage);
  found.set(stage, wakers);
}

const fresh = (trace: Trace): Facts[] =>
  trace.contexts.map(() => ({ stages: [], blocked: NONE, left: NONE, inner: NONE, outer: NONE }));

const copied = (facts: Facts): Facts => ({ ...facts, stages: [...facts.stages] });

/** An event, as far as it says what a context does. */
interface Row {
  readonly event: number;
  readonly context: number;
  readonly kind: number;
  readonly key: number;
  readonly stage: number;
  readonly cause: number;
}

function take(trace: Trace, all: Facts[], row: Row): void {
  const facts = all[row.context];
  if (facts === undefined) {
    return;
  }
  // A change of state may follow the way out; only what runs again comes back.
  facts.left = row.kind === ENTER || row.kind === EXIT || row.kind === RESUME ? NONE : facts.left;
  switch (row.kind) {
    case ENTER:
      enter(trace, all, facts, row);
      break;
    case EXIT:
      exit(all, facts);
      break;
    case BLOCK:
      facts.blocked = row.event;
      break;
    case RESUME:
      facts.blocked = NONE;
      break;
    case HOP:
      facts.left = LEAVING.has(row.key & 0xff) ? row.event : NONE;
      break;
    default:
      break;
  }
}

function enter(trace: Trace, all: Facts[], facts: Facts, { context, key, stage, cause }: Row): void {
  // A depth above 0 with nothing entered here: the frame below belongs to another context of the same thread.
  const from = facts.stages.length === 0 && key > 0 ? trace.event(cause) : undefined;
  const outer = from === undefined || from.context === context ? undefined : all[from.context];
  if (from !== undefined && outer !== undefined) {
    outer.inner = context;
    facts.outer = from.context;
  }
  facts.stages.push(stage);
  facts.blocked = NONE;
}

function exit(all: Facts[], facts: Facts): void {
  facts.stages.pop();
  const outer = facts.stages.length === 0 ? all[facts.outer] : undefined;
  if (outer !== undefined) {
    outer.inner = NONE;
    facts.outer = NONE;
  }
}
