import type { Trace } from '../../trace/trace.ts';

/** What a run's phase `run` did, as far as claims ask: which functions ran where, and who blocked inside of which. */
export interface RunView {
  /** Names of the contexts on which a stage was entered. */
  readonly entered: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of the contexts that blocked while they were inside a stage. */
  readonly blocked: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads the run out of its trace; set-up is walked too, a frame may be open when the run begins. */
export function runViewOf(trace: Trace): RunView {
  const entered = new Map<string, Set<string>>();
  const blocked = new Map<string, Set<string>>();
  const open = new Map<number, number[]>();
  for (const event of trace.events()) {
    const frames = framesOf(open, event.context);
    const name = trace.contexts[event.context]?.name ?? '';
    const isRun = event.phase === 'run';
    if (event.kind === 'enter') {
      frames.push(event.stage);
      note(entered, isRun ? trace.stages[event.stage]?.id : undefined, name);
    } else if (event.kind === 'exit') {
      frames.pop();
    } else if (event.kind === 'block' && isRun) {
      for (const stage of frames) {
        note(blocked, trace.stages[stage]?.id, name);
      }
    }
  }
  return { entered, blocked };
}

function framesOf(open: Map<number, number[]>, context: number): number[] {
  const frames = open.get(context) ?? [];
  open.set(context, frames);
  return frames;
}

function note(where: Map<string, Set<string>>, id: string | undefined, name: string): void {
  if (id !== undefined) {
    where.set(id, (where.get(id) ?? new Set()).add(name));
  }
}
