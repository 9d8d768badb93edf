import type { HopKind, LogLevel } from '../trace/kinds.ts';
import type { Place, Recorder } from '../trace/recorder.ts';
import type { Context, Strand } from '../trace/strand.ts';
import { COST } from './costs.ts';
import type { Stage } from './stage.ts';

/**
 * Where an emulated function runs: one program's side of one flow of control. Every emulated function takes it first, as
 * the real one finds `current` or `get_cpu_var`; `world` is the program's own state.
 */
export class Cx<W = unknown> {
  readonly world: W;
  readonly recorder: Recorder;
  readonly strand: Strand;
  readonly context: Context;

  constructor(world: W, recorder: Recorder, strand: Strand, context: Context) {
    this.world = world;
    this.recorder = recorder;
    this.strand = strand;
    this.context = context;
  }

  /** The same flow of control, in another program or at another level (hard IRQ). */
  as<V>(world: V, context: Context): Cx<V> {
    return new Cx(world, this.recorder, this.strand, context);
  }

  /** Enters a stage; `stage()` and `blockingStage()` call it, bodies never do. */
  enter(stage: number): void {
    this.recorder.now += COST.enter;
    this.recorder.enter(this.strand, this.context.id, stage);
  }

  /** Leaves the innermost stage; `stage()` and `blockingStage()` call it, bodies never do. */
  exit(): void {
    this.recorder.now += COST.exit;
    this.recorder.exit(this.strand);
  }

  /**
   * A call through a function pointer, as written in C: `cx.ptr('vq->notify', vq.notify)(cx, vq)`. A NULL pointer is what
   * it is in the real program: the process or kernel ends there (`EmulatedFault`).
   */
  ptr<F extends Stage>(expr: string, pointer: F | undefined): F {
    if (pointer === undefined) {
      throw new EmulatedFault('null-pointer-call', { expr }, this.recorder.place);
    }
    this.recorder.callVia(this.strand, 'fptr_call', expr);
    return pointer;
  }

  /** The next call is made by a macro or as another kind of hop inside the same flow of control. */
  via(kind: HopKind, expr: string): void {
    this.recorder.callVia(this.strand, kind, expr);
  }

  /** Control leaves here by a boundary; the side that takes over calls `arrive` with what this returns. */
  hop(kind: HopKind, expr: string, cost = 0): number {
    this.recorder.now += cost;
    return this.recorder.hop(kind, expr);
  }

  /** The next stage entered in this flow of control is where `hop` ends. */
  arrive(hop: number): void {
    if (hop >= 0) {
      this.recorder.arrive(this.strand, hop);
    }
  }

  /** A line that the real program logs; its wording is ours, its numbers are the real ones. */
  log(level: LogLevel, code: string, args: Readonly<Record<string, string | number>> = {}): void {
    this.recorder.log(level, code, args);
  }

  /** The real code misbehaves here, or where `fault` happened. */
  hazard(
    code: string,
    args: Readonly<Record<string, string | number>> = {},
    fault?: { readonly place: Place | undefined },
  ): void {
    this.recorder.hazard(code, args, fault?.place);
  }
}

/** The emulated process or kernel would be killed here (SIGSEGV, oops). Never a failure of the emulator itself. */
export class EmulatedFault extends Error {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** Where it happened, where that is worth to be told. */
  readonly place: Place | undefined;

  constructor(code: string, args: Readonly<Record<string, string | number>>, place?: Place) {
    super(code);
    this.place = place;
    this.name = 'EmulatedFault';
    this.code = code;
    this.args = args;
  }
}
