import { SLOT_STATES, type SlotStep } from '../../protocol/inspect.ts';
import { EVENT_KINDS } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { SLOT_BYTES, SLOT_FIELDS } from './decode/slot.ts';
import { MEMORY, viewOf } from './snapshot.ts';

const STATE = EVENT_KINDS.indexOf('state');
const MEMORY_EVENT = EVENT_KINDS.indexOf('memory');
const AREA = 0x1_0000_0000;
const PAGE = 4096;

/** Every change of a slot's state in a run: read once. */
export class SlotLog {
  readonly #steps: SlotStep[][] = Array.from({ length: PAGE / SLOT_BYTES }, () => []);

  constructor(trace: Trace) {
    const area = trace.memories.findIndex((memory) => memory.name === MEMORY.serviceVm);
    const field = trace.fields.findIndex(({ path }) => path === 'vm1.sw.io_shared_page');
    let page = trace.base[field] ?? 0;
    let event = trace.dropped;
    for (const chunk of trace.chunks) {
      for (let row = 0; row < chunk.length; row++, event++) {
        const kind = chunk.kind[row];
        const value = chunk.value[row] ?? 0;
        if (kind === STATE && chunk.key[row] === field) {
          page = value;
        } else if (kind === MEMORY_EVENT && page !== 0 && value >= page && value < page + PAGE) {
          const packed = chunk.old[row] ?? 0;
          const length = packed % AREA;
          if (Math.floor(packed / AREA) === area) {
            const heap = chunk.heap.subarray(chunk.key[row], (chunk.key[row] ?? 0) + 2 * length);
            this.#take(value - page, heap, { event, stage: chunk.stage[row] ?? 0 });
          }
        }
      }
    }
  }

  /** Whether a slot ever holds a request. */
  uses(slot: number): boolean {
    return (this.#steps[slot] ?? []).some(({ to }) => SLOT_STATES[to] === 'PENDING');
  }

  /** The last change of a slot's state up to event `at`. */
  last(slot: number, at: number): SlotStep | undefined {
    const steps = this.#steps[slot] ?? [];
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((steps[middle]?.event ?? 0) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return steps[low - 1];
  }

  /** Every way from state to state that any slot took, with the stages that took it. */
  ways(): readonly { readonly from: number; readonly to: number; readonly stages: readonly number[] }[] {
    const found = new Map<string, { from: number; to: number; stages: Set<number> }>();
    for (const { from, to, stage } of this.#steps.flat()) {
      const key = `${from} ${to}`;
      const way = found.get(key) ?? { from, to, stages: new Set<number>() };
      way.stages.add(stage);
      found.set(key, way);
    }
    return [...found.values()].map(({ from, to, stages }) => ({ from, to, stages: [...stages] }));
  }

  /** A write at `offset` of the page; `heap` holds the old bytes and the new ones. */
  #take(offset: number, heap: Uint8Array, where: Pick<SlotStep, 'event' | 'stage'>): void {
    const [at] = SLOT_FIELDS.processed;
    const length = heap.length / 2;
    const slot = Math.floor(offset / SLOT_BYTES);
    const inside = slot * SLOT_BYTES + at - offset;
    if (inside < 0 || inside + 4 > length) {
      return;
    }
    const view = viewOf(heap);
    const [from, to] = [view.getUint32(inside, true), view.getUint32(length + inside, true)];
    if (from !== to) {
      this.#steps[slot]?.push({ from, to, ...where });
    }
  }
}
