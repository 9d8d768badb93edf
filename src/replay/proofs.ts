import type { Proof } from '../protocol/messages.ts';
import type { HopProof, SourceMap, StagePlace } from '../sourcemap/map-types.ts';
import { NO_STAGE } from '../trace/columns.ts';
import type { Trace, TraceStage } from '../trace/trace.ts';
import type { StepHop } from './step-table.ts';

/** The source map by what a step knows: the place of a stage, and the proof of a hop. */
export class Proofs {
  readonly #trace: Trace;
  readonly #places: ReadonlyMap<string, StagePlace>;
  readonly #hops: ReadonlyMap<string, HopProof>;

  constructor(trace: Trace, map: SourceMap) {
    this.#trace = trace;
    this.#places = new Map(map.stages.map((place) => [place.id, place]));
    this.#hops = new Map(map.hops.map((hop) => [keyOf(hop.from, hop.to, hop.kind, hop.caller), hop]));
  }

  /** Where a stage stands; undefined for one that belongs to no tree, or that the map was not asked about. */
  placeOf(stage: number): StagePlace | undefined {
    const declared = this.#stage(stage);
    return declared === undefined ? undefined : this.#places.get(declared.id);
  }

  /** The proof of a hop; undefined where there is nothing to prove, or where the map was not asked about it. */
  proofOf(hop: StepHop): HopProof | undefined {
    const from = this.#stage(hop.from);
    const to = this.#stage(hop.to);
    const caller = hop.caller < 0 ? undefined : this.#stage(hop.caller)?.id;
    return from === undefined || to === undefined ? undefined : this.#hops.get(keyOf(from.id, to.id, hop.kind, caller));
  }

  /** Proof state of a hop. */
  stateOf(hop: StepHop): Proof {
    return this.proofOf(hop)?.status ?? 'none';
  }

  #stage(index: number): TraceStage | undefined {
    return index === NO_STAGE ? undefined : this.#trace.stages[index];
  }
}

const keyOf = (from: string, to: string, kind: string, caller: string | undefined): string =>
  `${from} ${to} ${kind} ${caller ?? ''}`;
