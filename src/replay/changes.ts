import { printable, toHex } from '../base/bytes.ts';
import { type Change, LIMITS } from '../protocol/messages.ts';
import { EXPORT_TEXTS } from '../texts/export.ts';
import type { Language } from '../texts/language.ts';
import { expressionOf } from '../trace/hops.ts';
import type { Field, Trace, TraceEvent } from '../trace/trace.ts';
import { hazardNote, logNote, type PlaceOf } from './event-notes.ts';
import { laneOf } from './lanes.ts';

const AREA = 0x100000000;
/** Bytes of a memory change that are shown. */
const SHOWN_BYTES = 16;

/** What happens in a span of events beside the flow of control. */
export interface SpanContent {
  readonly changes: readonly Change[];
  readonly moreChanges: number;
  readonly notes: readonly string[];
}

/** State changes, memory changes, hazards and log lines of events `from` to `to` (not included). */
export function contentOf(trace: Trace, from: number, to: number, language: Language, placeOf: PlaceOf): SpanContent {
  const changes: Change[] = [];
  const notes: string[] = [];
  let moreChanges = 0;
  for (const event of trace.events(from, to)) {
    const change = changeOf(trace, event);
    if (change !== undefined && changes.length < LIMITS.changes) {
      changes.push(change);
    } else if (change !== undefined) {
      moreChanges++;
    }
    const note = noteOf(trace, event, language, placeOf);
    if (note !== undefined && notes.length < LIMITS.notes) {
      notes.push(note);
    }
  }
  return { changes, moreChanges, notes };
}

/** The change that an event makes; undefined for any other event. */
export function changeOf(trace: Trace, event: TraceEvent): Change | undefined {
  if (event.kind === 'memory') {
    return memoryChange(trace, event);
  }
  const field = event.kind === 'state' ? trace.fields[event.key] : undefined;
  if (field === undefined) {
    return undefined;
  }
  const shown = (value: number): string => fieldValue(trace, field, value);
  return { lane: laneOf(field.program), name: field.path, before: shown(event.old), after: shown(event.value) };
}

/** A field's value as a person reads it: a number, a hexadecimal number, or the function a pointer points to. */
export function fieldValue(trace: Trace, field: Field, value: number): string {
  switch (field.shape) {
    case 'number':
      return String(value);
    case 'hex':
      return `0x${value.toString(16)}`;
    case 'stage':
      return value === 0 ? 'NULL' : (trace.stages[value - 1]?.function ?? `#${value}`);
  }
}

function memoryChange(trace: Trace, event: TraceEvent): Change | undefined {
  const memory = trace.memories[Math.floor(event.old / AREA)];
  const found = trace.locate(event.seq);
  if (memory === undefined || found === undefined) {
    return undefined;
  }
  const count = event.old % AREA;
  const heap = found.chunk.heap;
  const name = `${memory.name} 0x${event.value.toString(16)}`;
  return {
    lane: laneOf(memory.program),
    name: count > 1 ? `${name} +${count}` : name,
    before: bytesText(heap.subarray(event.key, event.key + count)),
    after: bytesText(heap.subarray(event.key + count, event.key + 2 * count)),
  };
}

function bytesText(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, SHOWN_BYTES);
  const hex = toHex(shown).replace(/(..)(?=.)/g, '$1 ');
  const text = bytes.length >= 4 && shown.every(isText) ? ` "${printable(shown)}"` : '';
  return `${hex}${bytes.length > shown.length ? ' …' : ''}${text}`;
}

const isText = (byte: number): boolean => (byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9;

function noteOf(trace: Trace, event: TraceEvent, language: Language, placeOf: PlaceOf): string | undefined {
  const texts = EXPORT_TEXTS[language];
  switch (event.kind) {
    case 'hazard':
      return hazardNote(trace, event, placeOf, language).join(' ');
    case 'log':
      return logNote(trace, event, language);
    case 'spin':
      return texts.spun(expressionOf(trace, event), event.old);
    case 'block':
      return texts.waits(expressionOf(trace, event));
    default:
      return undefined;
  }
}
