import { latin1 } from '../../base/bytes.ts';
import type { Figure } from '../../protocol/compare.ts';
import { hopKindOf } from '../../trace/hops.ts';
import type { HopKind } from '../../trace/kinds.ts';
import type { Trace, TraceEvent } from '../../trace/trace.ts';

/** What a run costs, by name. */
export type Figures = Readonly<Record<Figure, number>>;

/** Fewest bytes of the text that count as a copy of it: fewer may stand there by chance. */
const LEAST_BYTES = 4;
const AREA = 0x100000000;

const COUNTED: Partial<Readonly<Record<HopKind, Figure>>> = {
  syscall: 'syscalls',
  vm_exit: 'vm-exits',
  hypercall: 'hypercalls',
  ioctl: 'ioctls',
  interrupt_vector: 'interrupts',
  waitqueue_wake: 'wake-ups',
  workqueue: 'work-items',
  eventfd: 'eventfds',
};

/**
 * Counts what a run does from its first guest action on. A copy is an event that stores bytes of `payload`, the text that
 * travels, in a memory of the machine, or lets them out through a backend.
 */
export function figuresOf(trace: Trace, payload: Uint8Array): Figures {
  const figures: Record<Figure, number> = {
    stages: 0,
    syscalls: 0,
    'vm-exits': 0,
    hypercalls: 0,
    ioctls: 0,
    interrupts: 0,
    'wake-ups': 0,
    'work-items': 0,
    eventfds: 0,
    copies: 0,
    'copied-bytes': 0,
    hazards: 0,
    time: 0,
  };
  const text = latin1(payload);
  let first: number | undefined;
  for (const event of trace.events(Math.max(trace.runStart, trace.dropped))) {
    first ??= event.time;
    figures.time = event.time - first;
    countEvent(figures, trace, event, text);
  }
  return figures;
}

function countEvent(figures: Record<Figure, number>, trace: Trace, event: TraceEvent, text: string): void {
  switch (event.kind) {
    case 'enter':
      figures.stages++;
      break;
    case 'hop': {
      const name = COUNTED[hopKindOf(event)];
      if (name !== undefined) {
        figures[name]++;
      }
      break;
    }
    case 'hazard':
      figures.hazards++;
      break;
    case 'memory':
    case 'output': {
      const bytes = copiedBytes(trace, event, text);
      figures.copies += bytes > 0 ? 1 : 0;
      figures['copied-bytes'] += bytes;
      break;
    }
    default:
      break;
  }
}

/** How many bytes of the text an event stores: 0 where it stores something else. */
function copiedBytes(trace: Trace, event: TraceEvent, text: string): number {
  const found = trace.locate(event.seq);
  const size = event.kind === 'memory' ? event.old % AREA : event.old;
  if (found === undefined || text === '' || size < Math.min(LEAST_BYTES, text.length)) {
    return 0;
  }
  const start = event.kind === 'memory' ? event.key + size : event.key;
  const stored = latin1(found.chunk.heap.subarray(start, start + size));
  // The line discipline ends a line with CR NL where the text has NL.
  return text.includes(stored) || text.includes(stored.replaceAll('\r\n', '\n')) ? size : 0;
}
