import { MARK_KINDS, WAIT_KINDS, type WaitKind } from '../../protocol/timeline.ts';
import { type Chunk, NO_STAGE } from '../../trace/columns.ts';
import { EVENT_KINDS, type HopKind } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { ENTER, LEAVE, type StepTable } from '../step-table.ts';
import { Spans } from './spans.ts';

const [ENTERS, EXITS, BLOCKS, SPINS, HAZARD, OUTPUT] = (
  ['enter', 'exit', 'block', 'spin', 'hazard', 'output'] as const
).map((kind) => EVENT_KINDS.indexOf(kind));

/** A call into another program: its caller's context stands still until it comes back. */
const CALLS: ReadonlySet<HopKind> = new Set(['syscall', 'ioctl', 'hypercall']);

/** Functions of the guest whose VM exit halts its CPU until an interrupt (arch/x86/include/asm/irqflags.h: `sti; hlt`). */
const HALTS: ReadonlySet<string> = new Set(['native_safe_halt', 'native_halt']);

/** The function of the hypervisor that is left for the guest, and that a VM exit comes back to (vcpu.c). */
const RUNS_GUEST = 'run_vcpu';

const NONE = -1;
const waitCode = (kind: WaitKind): number => WAIT_KINDS.indexOf(kind);

/** One context while the trace is read. */
interface Reading {
  /** Open calls, as numbers of slices. */
  readonly open: number[];
  /** The wait that it is in; -1. */
  wait: number;
  /** Expression by which it blocked after its last step; -1. */
  block: number;
}

/** All that a timeline shows of a trace, in steps. */
export class TimelineReader {
  readonly slices = new Spans();
  readonly runs = new Spans();
  readonly waits = new Spans();
  readonly marks = new Spans();
  /** Calls of the step's own context around it. */
  readonly depth: Uint8Array;
  readonly #trace: Trace;
  readonly #steps: StepTable;
  readonly #readings: Reading[] = [];
  #next = 0;
  #running = NONE;
  #run = NONE;
  #runDepth = 0;

  constructor(trace: Trace, steps: StepTable) {
    this.#trace = trace;
    this.#steps = steps;
    this.depth = new Uint8Array(steps.length);
  }

  /** Reads everything, in one pass over the kept events. */
  read(): this {
    let first = this.#trace.dropped;
    for (const chunk of this.#trace.chunks) {
      for (let row = 0; row < chunk.length; row++) {
        this.#event(chunk, row);
        if (this.#next < this.#steps.length && this.#steps.seq[this.#next] === first + row) {
          this.#step(this.#next++);
        }
      }
      first += chunk.length;
    }
    this.#finish();
    return this;
  }

  #event(chunk: Chunk, row: number): void {
    const context = chunk.context[row] ?? 0;
    const stage = chunk.stage[row] ?? NO_STAGE;
    if (stage === NO_STAGE) {
      return;
    }
    switch (chunk.kind[row]) {
      case ENTERS:
        this.#enter(context, stage);
        break;
      case EXITS:
        this.#exit(context);
        break;
      case BLOCKS:
        this.#reading(context).block = chunk.key[row] ?? 0;
        break;
      case SPINS:
        this.#spun(context, chunk.key[row] ?? 0);
        break;
      case HAZARD:
        this.#mark(context, stage, MARK_KINDS.indexOf('hazard'));
        break;
      case OUTPUT:
        this.#mark(context, stage, MARK_KINDS.indexOf('output'));
        break;
      default:
        break;
    }
  }

  #enter(context: number, stage: number): void {
    const { open } = this.#reading(context);
    const detail = Math.min(open.length, 0xfe);
    open.push(this.slices.add(this.#next, this.#next + 1, { context, detail, stage, expression: 0 }));
  }

  #exit(context: number): void {
    const reading = this.#reading(context);
    const slice = reading.open.pop();
    if (slice !== undefined) {
      this.slices.end[slice] = Math.max(this.#next, (this.slices.start[slice] ?? 0) + 1);
    }
    if (reading.open.length === 0 && reading.wait !== NONE) {
      this.#endWait(reading, this.#next);
    }
  }

  /** A busy wait has ended: what looked as if its context merely did not run was that wait. */
  #spun(context: number, expression: number): void {
    const { wait } = this.#reading(context);
    if (wait !== NONE) {
      this.waits.detail[wait] = waitCode('spin');
      this.waits.expression[wait] = expression;
    }
  }

  #mark(context: number, stage: number, kind: number): void {
    const step = Math.max(0, this.#next - 1);
    this.marks.add(step, step + 1, { context, detail: kind, stage, expression: 0 });
  }

  #step(step: number): void {
    const context = this.#steps.context[step] ?? 0;
    const reading = this.#reading(context);
    const depth = Math.max(0, reading.open.length - 1);
    this.depth[step] = Math.min(depth, 0xfe);
    if (context !== this.#running) {
      this.#switch(step, context, reading);
    }
    if (this.#steps.kind[step] === ENTER && depth < this.#runDepth) {
      this.#runDepth = depth;
      this.runs.stage[this.#run] = this.#steps.stage[step] ?? NO_STAGE;
    }
    reading.block = NONE;
  }

  #switch(step: number, context: number, reading: Reading): void {
    if (this.#running !== NONE) {
      this.runs.end[this.#run] = step;
      this.#beginWait(step);
    }
    if (reading.wait !== NONE) {
      this.#endWait(reading, step);
    }
    this.#running = context;
    const stage = this.#steps.stage[step] ?? NO_STAGE;
    this.#run = this.runs.add(step, step + 1, { context, detail: 0, stage, expression: 0 });
    this.#runDepth = Number.POSITIVE_INFINITY;
  }

  /** The context that ran until `step` stands still; nothing to show where it has returned from everything. */
  #beginWait(step: number): void {
    const reading = this.#reading(this.#running);
    const innermost = reading.open.at(-1);
    if (innermost === undefined) {
      return;
    }
    const stage = this.slices.stage[innermost] ?? NO_STAGE;
    const [kind, expression] = this.#reason(step, reading, stage);
    reading.wait = this.waits.add(step, step, { context: this.#running, detail: waitCode(kind), stage, expression });
  }

  #reason(step: number, reading: Reading, stage: number): readonly [WaitKind, number] {
    if (reading.block !== NONE) {
      return ['block', reading.block];
    }
    const steps = this.#steps;
    const left = steps.kind[step - 1] === LEAVE ? steps.hopOf(step - 1) : undefined;
    const expression = left === undefined ? 0 : Math.max(0, this.#trace.expressions.indexOf(left.expr));
    if (left?.kind === 'vm_exit') {
      return [HALTS.has(this.#trace.stages[left.from]?.function ?? '') ? 'halted' : 'vm-exit', 0];
    }
    if (left !== undefined && CALLS.has(left.kind)) {
      return ['call', expression];
    }
    if (this.#trace.stages[stage]?.function === RUNS_GUEST) {
      return ['in-guest', 0];
    }
    return [this.#isInterrupt(step) ? 'interrupted' : 'ready', 0];
  }

  /** Whether `step` is where an interrupt arrives in the program that ran. */
  #isInterrupt(step: number): boolean {
    const { contexts } = this.#trace;
    const here = contexts[this.#steps.context[step] ?? 0]?.program;
    return (
      this.#steps.kind[step] === ENTER &&
      this.#steps.hopOf(step)?.kind === 'interrupt_vector' &&
      here === contexts[this.#running]?.program
    );
  }

  #endWait(reading: Reading, step: number): void {
    this.waits.end[reading.wait] = step;
    reading.wait = NONE;
  }

  #finish(): void {
    const end = this.#steps.length;
    for (const reading of this.#readings) {
      for (const slice of reading?.open ?? []) {
        this.slices.end[slice] = Math.max(end, (this.slices.start[slice] ?? 0) + 1);
      }
      if (reading !== undefined && reading.wait !== NONE) {
        this.#endWait(reading, end);
      }
    }
    if (this.#run !== NONE) {
      this.runs.end[this.#run] = end;
    }
    for (const spans of [this.slices, this.runs, this.waits, this.marks]) {
      spans.finish();
    }
  }

  #reading(context: number): Reading {
    let reading = this.#readings[context];
    if (reading === undefined) {
      reading = { open: [], wait: NONE, block: NONE };
      this.#readings[context] = reading;
    }
    return reading;
  }
}
