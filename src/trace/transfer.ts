import { Chunk } from './columns.ts';
import { Trace } from './trace.ts';

type Fields<T> = { readonly [K in keyof T as T[K] extends (...given: never[]) => unknown ? never : K]: T[K] };

/** A trace as plain data: what a message between threads can carry. */
export type TraceParts = Omit<Fields<Trace>, 'chunks' | 'length'> & { readonly chunks: readonly Fields<Chunk>[] };

/** The parts of a trace. They share its arrays: whoever hands them to another thread gives the trace away. */
export function partsOf(trace: Trace): TraceParts {
  return { ...trace, chunks: trace.chunks.map((chunk) => ({ ...chunk })) };
}

/** The memory that a message need not copy: the columns of the events. */
export function buffersOf({ chunks }: TraceParts): ArrayBuffer[] {
  return chunks.flatMap(({ doubles, words, octets, stage, heap }) =>
    [doubles, words, octets, stage, heap].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
  );
}

/** The trace that the parts were taken of. */
export function traceOf(parts: TraceParts): Trace {
  const { chunks, ...rest } = parts;
  return Object.assign(new Trace(), rest, { chunks: chunks.map((chunk) => Object.assign(new Chunk(0), chunk)) });
}
