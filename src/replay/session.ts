import { ok, type Result } from '../base/result.ts';
import {
  LIMITS,
  NO_HOP,
  PROOFS,
  type Range,
  type SessionHead,
  type Shown,
  type StepColumns,
} from '../protocol/messages.ts';
import type { SourceMap } from '../sourcemap/map-types.ts';
import type { Language } from '../texts/language.ts';
import { BOUNDARY_KINDS, HOP_KINDS } from '../trace/kinds.ts';
import { type MachineState, stateAt } from '../trace/state.ts';
import type { Trace } from '../trace/trace.ts';
import { headOf } from './head.ts';
import { OutputLog } from './output-log.ts';
import { Proofs } from './proofs.ts';
import type { SourceExcerpts } from './sources.ts';
import { NO_STEP, otherEnd, type StepTable } from './step-table.ts';
import { stepsOf } from './steps.ts';

/** What a session is made of. */
export interface SessionParts {
  readonly trace: Trace;
  readonly map: SourceMap;
  readonly title: string;
  readonly language: Language;
  /** The built-in sample stands in for a user's tree. */
  readonly sample: boolean;
  readonly canChooseFolders: boolean;
  /** Source text, for hosts that have no editor. */
  readonly sources?: SourceExcerpts;
}

/** One run to be replayed: its trace joined with the source map, as steps. It holds no cursor: many views may share it. */
export class Session {
  readonly parts: SessionParts;
  readonly steps: StepTable;
  readonly proofs: Proofs;
  readonly output: OutputLog;
  readonly ranges: Readonly<Record<Shown, Range>>;
  readonly #proofOfHop: Uint8Array;

  constructor(parts: SessionParts) {
    const { trace, map } = parts;
    this.parts = parts;
    this.steps = stepsOf(trace);
    this.proofs = new Proofs(trace, map);
    this.output = new OutputLog(trace);
    this.#proofOfHop = Uint8Array.from(this.steps.hops, (hop) => PROOFS.indexOf(this.proofs.stateOf(hop)));
    const start = Number.isFinite(trace.runStart) ? this.steps.firstAt(trace.runStart) : this.steps.length;
    this.ranges = { 'set-up': { from: 0, to: start }, run: { from: start, to: this.steps.length } };
  }

  /** Everything that does not change while this run is replayed. */
  head(): SessionHead {
    return headOf(this);
  }

  /** The phase that a step belongs to. */
  shownOf(step: number): Shown {
    return step < this.ranges.run.from ? 'set-up' : 'run';
  }

  /** Steps `from` to `from + count`, cut to what is there and to the bound of a message. */
  window(from: number, count: number): StepColumns {
    const start = Math.min(from, this.steps.length);
    const end = Math.min(start + Math.min(count, LIMITS.steps), this.steps.length);
    const table = this.steps;
    const hops = Array.from(table.hop.subarray(start, end));
    return {
      kind: table.kind.slice(start, end),
      context: table.context.slice(start, end),
      stage: table.stage.slice(start, end),
      depth: table.depth.slice(start, end),
      hop: Uint8Array.from(hops, (id) => this.#kindCode(id)),
      other: Uint16Array.from(hops, (id, at) => otherEnd(table.kind[start + at] ?? 0, table.hops[id])),
      proof: Uint8Array.from(hops, (id) => this.#proofOfHop[id] ?? 0),
    };
  }

  /** The machine's state just before a step's successor: every effect of the step is in it. */
  stateOf(step: number): MachineState {
    return stateAt(this.parts.trace, this.endOf(step) - 1);
  }

  /** First event that no longer belongs to a step: the next step's, or the trace's end. */
  endOf(step: number): number {
    return step + 1 < this.steps.length ? (this.steps.seq[step + 1] ?? 0) : this.parts.trace.length;
  }

  /** The next step from `step` on (or back) that is a boundary, inside the same phase; the phase's end where there is none. */
  boundary(step: number, direction: 1 | -1): number {
    const range = this.ranges[this.shownOf(step)];
    for (let at = step + direction; at >= range.from && at < range.to; at += direction) {
      const hop = this.steps.hopOf(at);
      if (hop !== undefined && BOUNDARY_KINDS.has(hop.kind)) {
        return at;
      }
    }
    return direction > 0 ? range.to - 1 : range.from;
  }

  #kindCode(hop: number): number {
    const found = hop === NO_STEP ? undefined : this.steps.hops[hop];
    return found === undefined ? NO_HOP : HOP_KINDS.indexOf(found.kind);
  }
}

/** Checks that a session has anything to show. */
export function sessionOf(parts: SessionParts): Result<Session, 'empty'> {
  const session = new Session(parts);
  return session.steps.length === 0 ? { ok: false, error: 'empty' } : ok(session);
}
