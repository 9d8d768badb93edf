import { deflate, fromBase64, inflate, toBase64 } from '../base/base64.ts';
import type { SourceMap } from '../sourcemap/map-types.ts';
import { LANGUAGES, type Language } from '../texts/language.ts';
import { Chunk } from '../trace/columns.ts';
import type { Context } from '../trace/strand.ts';
import { type Field, Trace, type TracedMemory, type TraceStage } from '../trace/trace.ts';
import type { SessionParts } from './session.ts';
import type { SourceExcerpts } from './sources.ts';

/** Columns of a chunk, in the order in which they are packed. */
const COLUMNS = ['kind', 'context', 'stage', 'cause', 'time', 'key', 'old', 'value'] as const;

/** A session as JSON: tables as they are, columns deflated. */
export interface PackedSession {
  readonly format: 1;
  readonly title: string;
  readonly language: Language;
  readonly sample: boolean;
  readonly map: SourceMap;
  readonly sources: SourceExcerpts;
  readonly contexts: readonly Context[];
  readonly stages: readonly TraceStage[];
  readonly fields: readonly Field[];
  readonly memories: readonly TracedMemory[];
  readonly endpoints: readonly string[];
  /** Parts that left through each endpoint. */
  readonly written: readonly (readonly string[])[];
  readonly expressions: readonly string[];
  readonly notes: readonly Readonly<Record<string, string | number>>[];
  readonly base: readonly number[];
  /** Page number and bytes of each page, by memory. */
  readonly baseMemory: readonly (readonly (readonly [number, string])[])[];
  readonly dropped: number;
  /** -1 where the run never began. */
  readonly runStart: number;
  readonly chunks: readonly { readonly length: number; readonly heap: number }[];
  readonly columns: string;
}

/** Packs a session for a file that carries it. */
export async function packSession(parts: SessionParts): Promise<PackedSession> {
  const { trace } = parts;
  return {
    format: 1,
    title: parts.title,
    language: parts.language,
    sample: parts.sample,
    map: parts.map,
    sources: parts.sources ?? {},
    contexts: trace.contexts,
    stages: trace.stages,
    fields: trace.fields,
    memories: trace.memories,
    endpoints: trace.endpoints,
    written: trace.written.map((parts) => parts.map(toBase64)),
    expressions: trace.expressions,
    notes: trace.notes,
    base: trace.base,
    baseMemory: trace.baseMemory.map((pages) => [...pages].map(([page, bytes]) => [page, toBase64(bytes)] as const)),
    dropped: trace.dropped,
    runStart: Number.isFinite(trace.runStart) ? trace.runStart : -1,
    chunks: trace.chunks.map((chunk) => ({ length: chunk.length, heap: chunk.heapLength })),
    columns: toBase64(await deflate(joined(trace.chunks))),
  };
}

/** The session that was packed. It throws where the text is none that `packSession` made. */
export async function unpackSession(packed: PackedSession): Promise<SessionParts> {
  const trace = new Trace();
  trace.contexts.push(...packed.contexts);
  trace.stages.push(...packed.stages);
  trace.fields.push(...packed.fields);
  trace.memories.push(...packed.memories);
  trace.endpoints.push(...packed.endpoints);
  trace.written.push(...packed.written.map((parts) => parts.map(fromBase64)));
  trace.expressions.splice(0, trace.expressions.length, ...packed.expressions);
  trace.notes.push(...packed.notes);
  trace.base.push(...packed.base);
  trace.baseMemory.push(
    ...packed.baseMemory.map((pages) => new Map(pages.map(([page, text]) => [page, fromBase64(text)] as const))),
  );
  trace.dropped = packed.dropped;
  trace.runStart = packed.runStart < 0 ? Number.POSITIVE_INFINITY : packed.runStart;
  const bytes = await inflate(fromBase64(packed.columns));
  let at = 0;
  for (const { length, heap } of packed.chunks) {
    at = addChunk(trace, length, heap, bytes, at);
  }
  return {
    trace,
    map: packed.map,
    title: packed.title,
    language: LANGUAGES.find((language) => language === packed.language) ?? 'en',
    sample: packed.sample,
    canChooseFolders: false,
    sources: packed.sources,
  };
}

function joined(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const chunk of chunks) {
    for (const name of COLUMNS) {
      const column = chunk[name];
      parts.push(new Uint8Array(column.buffer, column.byteOffset, chunk.length * column.BYTES_PER_ELEMENT));
    }
    parts.push(chunk.heap.subarray(0, chunk.heapLength));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Adds the chunk that starts at byte `at` and returns where the next one starts. */
function addChunk(trace: Trace, length: number, heap: number, bytes: Uint8Array<ArrayBuffer>, at: number): number {
  const chunk = new Chunk(Math.max(length, 1));
  let next = at;
  for (const name of COLUMNS) {
    const column = chunk[name];
    const size = length * column.BYTES_PER_ELEMENT;
    new Uint8Array(column.buffer, column.byteOffset, size).set(bytes.subarray(next, next + size));
    next += size;
  }
  chunk.length = length;
  chunk.heap = bytes.slice(next, next + heap);
  chunk.heapLength = heap;
  trace.chunks.push(chunk);
  return next + heap;
}
