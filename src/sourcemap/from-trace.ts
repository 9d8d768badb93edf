import { hopsOf } from '../trace/hops.ts';
import type { Phase } from '../trace/kinds.ts';
import type { Trace } from '../trace/trace.ts';
import type { HopRef, StageRef } from './map-types.ts';

/** What a map is asked about: the stages that a run entered and the hops that it took. */
export interface RunRefs {
  readonly stages: readonly StageRef[];
  readonly hops: readonly HopRef[];
}

/** Stages and hops of a run's phases, each once, in the order of their first appearance; `route` names the hops. */
export function refsOfRun(trace: Trace, route: string, phases: readonly Phase[]): RunRefs {
  const stages = new Map<string, StageRef>();
  const hops = new Map<string, HopRef>();
  const note = (index: number): string => {
    const stage = trace.stages[index];
    if (stage === undefined) {
      return '';
    }
    stages.set(stage.id, stage);
    return stage.id;
  };
  const [from, to] = spanOf(trace, phases);
  for (const event of trace.events(from, to)) {
    if (event.kind === 'enter') {
      note(event.stage);
    }
  }
  for (const hop of hopsOf(trace, from, to)) {
    const ref: HopRef = {
      route,
      from: note(hop.from),
      to: note(hop.to),
      kind: hop.kind,
      ...(hop.caller < 0 ? {} : { caller: note(hop.caller) }),
      ...(hop.expr === '' ? {} : { expr: hop.expr }),
    };
    const key = `${ref.from} ${ref.to} ${ref.kind} ${ref.caller ?? ''}`;
    if (!hops.has(key)) {
      hops.set(key, ref);
    }
  }
  return { stages: [...stages.values()], hops: [...hops.values()] };
}

function spanOf(trace: Trace, phases: readonly Phase[]): [number, number] {
  const runStart = Math.min(trace.runStart, trace.length);
  return [phases.includes('set-up') ? 0 : runStart, phases.includes('run') ? trace.length : runStart];
}
