import { NO_OTHER, PROOFS } from '../../protocol/messages.ts';
import { type HopColumns, NO_CONTEXT, TIMELINE_LIMITS } from '../../protocol/timeline.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import type { Session } from '../session.ts';
import { LEAVE, NO_STEP, type StepTable } from '../step-table.ts';
import type { Axis } from './axis.ts';
import { Spans } from './spans.ts';

/** Hops drawn one by one in so many columns: where there are more, those of the same way and kind become one. */
const COLUMNS_PER_HOP = 8;
/** Columns in which hops of the same way and kind become one, at least: as wide as an arrow's label with their number. */
const MERGED_COLUMNS = 200;
const RETURN = HOP_KINDS.indexOf('return');

/** What hops need to know of a session. */
interface Table {
  readonly steps: StepTable;
  readonly depth: Uint8Array;
  /** Number in `HOP_KINDS` and in `PROOFS`, by number of the hop. */
  readonly kind: Uint8Array;
  readonly proof: Uint8Array;
}

/** One hop of a window, or several as one. */
interface Drawn {
  readonly fromStep: number;
  readonly toStep: number;
  readonly hop: number;
  readonly arrives: boolean;
  count: number;
}

/** The ways from context to context in a session. */
export class TimelineHops {
  readonly #table: Table;
  /** From the step that leaves to the one that arrives; `detail` is 0 where it arrives nowhere. */
  readonly #spans = new Spans();

  constructor(session: Session, depth: Uint8Array) {
    const { steps, proofs } = session;
    const kind = Uint8Array.from(steps.hops, (hop) => HOP_KINDS.indexOf(hop.kind));
    const proof = Uint8Array.from(steps.hops, (hop) => PROOFS.indexOf(proofs.stateOf(hop)));
    this.#table = { steps, depth, kind, proof };
    this.#collect();
  }

  /** Hops that meet steps `from` to `to`, between contexts that are asked for. */
  window(
    from: number,
    to: number,
    columnSteps: number,
    asked: ReadonlySet<number>,
    axis: Axis,
    time: Axis,
  ): HopColumns {
    const found: number[] = [];
    this.#spans.meeting(from, to, (at) => {
      if (this.#isAsked(at, asked)) {
        found.push(at);
      }
    });
    const columns = (to - from) / Math.max(columnSteps, Number.MIN_VALUE);
    const few = found.length * COLUMNS_PER_HOP <= columns && found.length <= TIMELINE_LIMITS.hops;
    const drawn = few ? found.map((at) => this.#one(at)) : this.#mergedEnough(found, from, columnSteps);
    return this.#columns(drawn, axis, time);
  }

  #collect(): void {
    const { steps } = this.#table;
    const arrived = new Uint8Array(steps.length);
    for (let step = 0; step < steps.length; step++) {
      const origin = steps.origin[step] ?? NO_STEP;
      if (steps.kind[step] !== LEAVE && origin !== NO_STEP) {
        arrived[origin] = 1;
        this.#arrives(step, origin);
      }
    }
    for (let step = 0; step < steps.length; step++) {
      if (steps.kind[step] === LEAVE && arrived[step] === 0 && !this.#isWait(step)) {
        this.#spans.add(step, step + 1, { context: steps.context[step] ?? 0, detail: 0, stage: 0, expression: 0 });
      }
    }
    this.#spans.finish();
  }

  #arrives(step: number, origin: number): void {
    const { steps, kind } = this.#table;
    const returns = kind[steps.hop[step] ?? NO_STEP] === RETURN;
    const from = returns ? step - 1 : origin;
    const context = steps.context[from] ?? 0;
    if (context !== steps.context[step]) {
      this.#spans.add(from, Math.max(step, from + 1), { context, detail: 1, stage: 0, expression: 0 });
    }
  }

  /** A context that goes to sleep: the wait itself is drawn, not the way to it. */
  #isWait(step: number): boolean {
    const hop = this.#table.steps.hopOf(step);
    return hop?.kind === 'waitqueue_wait' || (hop !== undefined && hop.from === hop.to);
  }

  #isAsked(at: number, asked: ReadonlySet<number>): boolean {
    const { steps } = this.#table;
    const to = this.#spans.detail[at] === 0 ? undefined : (steps.context[this.#spans.end[at] ?? 0] ?? 0);
    return asked.has(this.#spans.context[at] ?? 0) && (to === undefined || asked.has(to));
  }

  #one(at: number): Drawn {
    const { steps } = this.#table;
    const [fromStep, toStep] = [this.#spans.start[at] ?? 0, this.#spans.end[at] ?? 0];
    const arrives = this.#spans.detail[at] !== 0;
    return { fromStep, toStep, arrives, count: 1, hop: steps.hop[arrives ? toStep : fromStep] ?? NO_STEP };
  }

  /** So few that they can be drawn, however many there are. */
  #mergedEnough(found: readonly number[], from: number, columnSteps: number): Drawn[] {
    for (let columns = MERGED_COLUMNS; ; columns *= 2) {
      const merged = this.#merged(found, from, Math.max(columnSteps * columns, Number.MIN_VALUE));
      if (merged.length <= TIMELINE_LIMITS.hops) {
        return merged;
      }
    }
  }

  /** One for all hops of the same way and kind that arrive in the same `bin` steps. */
  #merged(found: readonly number[], from: number, bin: number): Drawn[] {
    const { steps, kind, proof } = this.#table;
    const known = new Map<string, Drawn>();
    for (const at of found) {
      const one = this.#one(at);
      const way = `${steps.context[one.fromStep]} ${one.arrives ? steps.context[one.toStep] : ''}`;
      const key = `${Math.floor((one.toStep - from) / bin)} ${way} ${kind[one.hop]} ${proof[one.hop]}`;
      const same = known.get(key);
      if (same === undefined) {
        known.set(key, one);
      } else {
        same.count++;
      }
    }
    return [...known.values()];
  }

  #columns(drawn: readonly Drawn[], axis: Axis, time: Axis): HopColumns {
    const { steps, depth, kind, proof } = this.#table;
    const bytes = (of: (one: Drawn) => number | undefined): Uint8Array => Uint8Array.from(drawn, (one) => of(one) ?? 0);
    const stages = (of: (one: Drawn) => number | undefined): Uint16Array =>
      Uint16Array.from(drawn, (one) => of(one) ?? NO_OTHER);
    return {
      from: bytes((one) => steps.context[one.fromStep]),
      to: bytes((one) => (one.arrives ? steps.context[one.toStep] : NO_CONTEXT)),
      fromDepth: bytes((one) => depth[one.fromStep]),
      toDepth: bytes((one) => (one.arrives ? depth[one.toStep] : 0)),
      kind: bytes((one) => kind[one.hop]),
      proof: bytes((one) => proof[one.hop]),
      count: Uint32Array.from(drawn, (one) => one.count),
      fromStep: Uint32Array.from(drawn, (one) => one.fromStep),
      toStep: Uint32Array.from(drawn, (one) => (one.arrives ? one.toStep : one.fromStep)),
      fromStage: stages((one) => steps.stage[one.fromStep]),
      toStage: stages((one) => (one.arrives ? steps.stage[one.toStep] : undefined)),
      start: Float64Array.from(drawn, (one) => axis.positionOf(one.fromStep + 1)),
      end: Float64Array.from(drawn, (one) => axis.positionOf(one.arrives ? one.toStep : one.fromStep + 1)),
      time: Float64Array.from(drawn, (one) => time.positionOf(one.fromStep)),
      endTime: Float64Array.from(drawn, (one) => time.positionOf(one.arrives ? one.toStep : one.fromStep)),
    };
  }
}
