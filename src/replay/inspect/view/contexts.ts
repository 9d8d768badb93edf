import type { ContextRow, ContextState, ContextsView } from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import { HOP_NAMES } from '../../../texts/words.ts';
import { expressionOf, hopKindOf } from '../../../trace/hops.ts';
import type { Trace } from '../../../trace/trace.ts';
import type { ContextFacts, ContextLog } from '../context-log.ts';
import type { Lens } from '../lens.ts';

type Words = (typeof INSPECT_WORDS)['en'];

/** What a stage waits for when it blocks, by its function. */
const WAITS: Readonly<Record<string, keyof Words>> = {
  acrn_ioreq_client_wait: 'untilRequest',
  mevent_dispatch: 'untilInput',
  io_thread: 'untilInput',
  schedule: 'untilScheduled',
  khvcd: 'untilKicked',
  n_tty_read: 'untilLine',
};

/** What a stage spins for, by its function. */
const SPINS: Readonly<Record<string, keyof Words>> = {
  __send_to_port: 'untilBufferUsed',
  __send_control_msg: 'untilBufferUsed',
  acrn_insert_request: 'untilSlot',
};

/** Every context at event `at`: who runs, who waits for whom. */
export function contextsView(
  lens: Lens,
  log: ContextLog,
  wakers: ReadonlyMap<number, readonly number[]>,
  from: number,
  at: number,
): ContextsView {
  const before = log.after(from - 1);
  const now = log.after(at);
  const running = lens.trace.event(at)?.context ?? -1;
  const rows = now.map((facts, context) => rowOf(lens, wakers, { facts, context, running, at }));
  const old = before.map((facts, context) => stateOf(facts, context, lens.trace.event(from - 1)?.context ?? -1));
  return { topic: 'contexts', rows: rows.map((row) => ({ ...row, changed: old[row.context] !== row.state })) };
}

interface Place {
  readonly facts: ContextFacts;
  readonly context: number;
  readonly running: number;
  readonly at: number;
}

function stateOf(facts: ContextFacts, context: number, running: number): ContextState {
  if (facts.blocked >= 0) {
    return 'waits';
  }
  if (facts.stages.length === 0) {
    return 'idle';
  }
  if (context === running && facts.inner < 0) {
    return 'runs';
  }
  return facts.left >= 0 || facts.inner >= 0 ? 'away' : 'ready';
}

function rowOf(lens: Lens, wakers: ReadonlyMap<number, readonly number[]>, place: Place): ContextRow {
  const { facts, context, running, at } = place;
  const { trace } = lens;
  const state = stateOf(facts, context, running);
  const stage = facts.stages.at(-1) ?? -1;
  const since = state === 'waits' ? facts.blocked : facts.left;
  const timeAt = (event: number): number => (event < 0 ? 0 : (trace.event(event)?.time ?? 0));
  return {
    context,
    state,
    stage,
    expr: exprOf(trace, state === 'waits' ? facts.blocked : state === 'away' ? facts.left : -1),
    waits: waitsOf(lens, state, stage, facts),
    since,
    time: since < 0 ? 0 : timeAt(at) - timeAt(since),
    wakers: state === 'waits' ? (wakers.get(stage) ?? []) : [],
    changed: false,
  };
}

function exprOf(trace: Trace, event: number): string {
  const found = event < 0 ? undefined : trace.event(event);
  return found === undefined ? '' : expressionOf(trace, found);
}

function waitsOf(lens: Lens, state: ContextState, stage: number, facts: ContextFacts): string {
  const words = INSPECT_WORDS[lens.language];
  const name = lens.trace.stages[stage]?.function ?? '';
  const said = (key: keyof Words | undefined): string => {
    const text = key === undefined ? '' : words[key];
    return typeof text === 'string' ? text : '';
  };
  switch (state) {
    case 'waits':
      return said(WAITS[name]);
    case 'ready':
      return said(SPINS[name]);
    case 'away': {
      if (facts.inner >= 0) {
        return words.continuesIn(lens.trace.contexts[facts.inner]?.name ?? '');
      }
      const hop = lens.trace.event(facts.left);
      return hop === undefined ? '' : words.awayBy(HOP_NAMES[lens.language][hopKindOf(hop)]);
    }
    default:
      return '';
  }
}
