import type { Chunk } from '../../trace/columns.ts';
import { CHUNK_EVENTS } from '../../trace/columns.ts';
import type { Trace } from '../../trace/trace.ts';

/** Whether an event is one that is looked for. */
export type EventTest = (chunk: Chunk, row: number) => boolean;

/** The next event after `from` (or the last one before it) that a test takes; undefined where there is none. */
export function scanEvents(trace: Trace, from: number, direction: 1 | -1, test: EventTest): number | undefined {
  const { chunks, dropped } = trace;
  const start =
    direction > 0 ? Math.max(from + 1 - dropped, 0) : Math.min(from - 1 - dropped, trace.length - 1 - dropped);
  let index = Math.min(Math.max(0, Math.floor(start / CHUNK_EVENTS)), chunks.length - 1);
  let row = start - index * CHUNK_EVENTS;
  while (index >= 0 && index < chunks.length) {
    const chunk = chunks[index];
    const found = chunk === undefined ? undefined : scanChunk(chunk, row, direction, test);
    if (found !== undefined) {
      return dropped + index * CHUNK_EVENTS + found;
    }
    index += direction;
    row = direction > 0 ? 0 : (chunks[index]?.length ?? 0) - 1;
  }
  return undefined;
}

function scanChunk(chunk: Chunk, from: number, direction: 1 | -1, test: EventTest): number | undefined {
  for (let row = from; row >= 0 && row < chunk.length; row += direction) {
    if (test(chunk, row)) {
      return row;
    }
  }
  return undefined;
}
