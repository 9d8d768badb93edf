import { EVENT_KINDS, LOG_LEVELS } from '../../trace/kinds.ts';
import type { Recorder } from '../../trace/recorder.ts';
import type { TraceEvent } from '../../trace/trace.ts';

/** Thread names of a recording. */
export type ThreadName = 'vcpu' | 'mevent' | 'iothread';

/** Something that the recorder around the device model saw, and where in the trace. */
export interface Seen {
  readonly list: 'irqs' | 'backend_calls' | 'ioeventfd';
  readonly at: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly context: number;
}

interface Frame {
  readonly instrumented: boolean;
}

const UNITS = ['hw/pci/virtio/virtio.c', 'hw/pci/virtio/virtio_console.c', 'core/mevent.c', 'core/iothread.c'];
const MEMORY = EVENT_KINDS.indexOf('memory');
const AREA = 0x1_0000_0000;

type Sorted = { readonly at: number } & ({ readonly seen: Seen } | { readonly event: TraceEvent });

/** Turns the trace of one operation into the lists of a recording: entered functions, interrupts, lines, system calls. */
export class OpRecord {
  readonly #recorder: Recorder;
  readonly #threadOf: (context: number) => ThreadName;
  readonly #frames = new Map<number, Frame[]>();
  #instrumented: readonly ('unit' | 'header' | 'other')[] | undefined;
  #seen: Seen[] = [];
  /** Event up to which frames have been followed. */
  #from = 0;
  /** First event that the next lists are made of; what lies before it was skipped. */
  #listed = 0;

  constructor(recorder: Recorder, threadOf: (context: number) => ThreadName) {
    this.#recorder = recorder;
    this.#threadOf = threadOf;
  }

  /** Which stages the recorded build was instrumented for; found out once, and only where lists are asked for. */
  #unitOf(stage: number): 'unit' | 'header' | 'other' | undefined {
    this.#instrumented ??= this.#recorder.trace.stages.map(({ tree, file }) => {
      if (file.endsWith('.h')) {
        return 'header';
      }
      return tree === 'acrn' && UNITS.includes(file.replace('devicemodel/', '')) ? 'unit' : 'other';
    });
    return this.#instrumented[stage];
  }

  /** The recorder around the device model saw something, now. */
  see(list: Seen['list'], context: number, fields: Readonly<Record<string, unknown>>): void {
    if (this.#recorder.on) {
      this.#seen.push({ list, at: this.#recorder.length, fields, context });
    }
  }

  /** Forgets what happened since the last operation ended. */
  skip(): void {
    this.#listed = this.#recorder.length;
    this.#seen = [];
  }

  /** What happened since the last operation ended, as lists; a list without entries is left out. */
  collect(): Record<string, unknown> {
    const lists: Record<string, unknown[]> = { trace: [], irqs: [], log: [], backend_calls: [], ioeventfd: [] };
    let seq = 0;
    for (const event of this.#recorder.trace.events(this.#from, this.#listed)) {
      this.#addEvent({}, event, 0);
    }
    for (const one of this.#inOrder()) {
      seq += 'seen' in one ? this.#addSeen(lists, one.seen, seq) : this.#addEvent(lists, one.event, seq);
    }
    this.skip();
    this.#from = this.#listed;
    return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  }

  /** Bytes of one memory that changed since the last operation ended: address to the byte before. */
  changedBytes(area: number): Map<number, number> {
    const before = new Map<number, number>();
    const { trace } = this.#recorder;
    for (let at = this.#listed; at < trace.length; at++) {
      const found = trace.locate(at);
      const { chunk, row } = found ?? { chunk: undefined, row: 0 };
      if (chunk === undefined || chunk.kind[row] !== MEMORY || Math.floor((chunk.old[row] ?? 0) / AREA) !== area) {
        continue;
      }
      const count = (chunk.old[row] ?? 0) % AREA;
      const start = chunk.key[row] ?? 0;
      for (let i = 0; i < count; i++) {
        const address = (chunk.value[row] ?? 0) + i;
        if (!before.has(address)) {
          before.set(address, chunk.heap[start + i] ?? 0);
        }
      }
    }
    return before;
  }

  *#inOrder(): Generator<Sorted> {
    let next = 0;
    for (const event of this.#recorder.trace.events(this.#listed)) {
      for (let seen = this.#seen[next]; seen !== undefined && seen.at <= event.seq; seen = this.#seen[next]) {
        next++;
        yield { at: seen.at, seen };
      }
      yield { at: event.seq, event };
    }
    for (const seen of this.#seen.slice(next)) {
      yield { at: seen.at, seen };
    }
  }

  #addSeen(lists: Record<string, unknown[]>, seen: Seen, seq: number): number {
    lists[seen.list]?.push({ seq, ...seen.fields, thread: this.#threadOf(seen.context) });
    return 1;
  }

  /** How many sequence numbers the event takes. */
  #addEvent(lists: Record<string, unknown[]>, event: TraceEvent, seq: number): number {
    switch (event.kind) {
      case 'enter':
        return this.#enter(lists, event, seq);
      case 'exit':
        this.#stack(event.context).pop();
        return 0;
      case 'log':
        lists['log']?.push({
          seq,
          level: LOG_LEVELS[event.value] ?? '',
          thread: this.#threadOf(event.context),
          numbers: numbersOf(this.#recorder.trace.notes[event.old] ?? {}),
        });
        return 1;
      default:
        return 0;
    }
  }

  #enter(lists: Record<string, unknown[]>, event: TraceEvent, seq: number): number {
    const stack = this.#stack(event.context);
    const kind = this.#unitOf(event.stage);
    const instrumented = kind === 'unit' || (kind === 'header' && stack.at(-1)?.instrumented === true);
    const depth = stack.filter((frame) => frame.instrumented).length;
    stack.push({ instrumented });
    if (!instrumented) {
      return 0;
    }
    const name = this.#recorder.trace.stages[event.stage]?.function ?? '';
    lists['trace']?.push([seq, depth, name, this.#threadOf(event.context)]);
    return 1;
  }

  #stack(context: number): Frame[] {
    const known = this.#frames.get(context) ?? [];
    this.#frames.set(context, known);
    return known;
  }
}

/** Numbers of a log line in its order; descriptors and error numbers differ from run to run and are left out. */
function numbersOf(args: Readonly<Record<string, string | number>>): readonly number[] {
  return Object.entries(args).flatMap(([key, value]) =>
    typeof value === 'number' && key !== 'fd' && key !== 'errno' ? [value] : [],
  );
}
