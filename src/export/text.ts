import { printable } from '../base/bytes.ts';
import { hazardNote, logNote } from '../replay/event-notes.ts';
import type { Evidence, HopProof, SourceMap, StagePlace } from '../sourcemap/map-types.ts';
import { EXPORT_TEXTS } from '../texts/export.ts';
import type { Language } from '../texts/language.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../texts/words.ts';
import { expressionOf, type Hop, hopsOf } from '../trace/hops.ts';
import type { HopKind, Phase } from '../trace/kinds.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';

/** What the text shows. */
export interface TextOptions {
  readonly language: Language;
  readonly phases: readonly Phase[];
}

/**
 * A run as text, line by line: a heading where another context runs, a line for every stage entered with its place in the
 * user's tree and how it was reached, a line where a context waits or goes on, and what was written where.
 */
export function* runAsText(trace: Trace, map: SourceMap, options: TextOptions): IterableIterator<string> {
  const writer = new TextWriter(trace, map, options);
  for (const event of trace.events()) {
    if (options.phases.includes(event.phase)) {
      yield* writer.linesOf(event);
    }
  }
}

const FUNCTION_WIDTH = 58;
const PLACE_WIDTH = 52;

class TextWriter {
  readonly #trace: Trace;
  readonly #language: Language;
  readonly #places: ReadonlyMap<string, StagePlace>;
  readonly #proofs: ReadonlyMap<string, HopProof>;
  /** Hops by the event that took them: an `enter` of a plain call, else the hop event itself. */
  readonly #hops: ReadonlyMap<number, Hop>;
  #context = -1;
  #number = 0;

  constructor(trace: Trace, map: SourceMap, options: TextOptions) {
    this.#trace = trace;
    this.#language = options.language;
    const from = options.phases.includes('set-up') ? trace.dropped : trace.runStart;
    this.#hops = new Map([...hopsOf(trace, from)].map((hop) => [hop.seq, hop]));
    this.#places = new Map(map.stages.map((place) => [place.id, place]));
    this.#proofs = new Map(map.hops.map((proof) => [`${proof.from} ${proof.to} ${proof.kind}`, proof]));
  }

  *linesOf(event: TraceEvent): IterableIterator<string> {
    const text = this.#textOf(event);
    if (text === undefined) {
      return;
    }
    if (event.context !== this.#context) {
      this.#context = event.context;
      const context = this.#trace.contexts[event.context];
      yield '';
      yield context === undefined ? '' : `${PROGRAM_NAMES[this.#language][context.program]} · ${context.name}`;
    }
    yield text;
    for (const more of this.#moreOf(event)) {
      yield this.#note(`  ${more}`);
    }
  }

  #textOf(event: TraceEvent): string | undefined {
    const texts = EXPORT_TEXTS[this.#language];
    switch (event.kind) {
      case 'enter':
        return this.#enter(event);
      case 'block':
        return this.#note(texts.waits(expressionOf(this.#trace, event)));
      case 'resume':
        return this.#note(texts.goesOn(this.#functionOf(event.stage), this.#wakerOf(event)));
      case 'spin':
        return this.#note(texts.spun(expressionOf(this.#trace, event), event.old));
      case 'hazard':
        return this.#note(this.#hazard(event)[0] ?? '');
      case 'log':
        return this.#note(logNote(this.#trace, event, this.#language));
      case 'output':
        return this.#note(texts.leaves(this.#trace.endpoints[event.value] ?? '', this.#bytesOf(event)));
      default:
        return undefined;
    }
  }

  /** Lines below an event's own: what a hazard does, and how to avoid it. */
  #moreOf(event: TraceEvent): readonly string[] {
    return event.kind === 'hazard' ? this.#hazard(event).slice(1) : [];
  }

  #hazard(event: TraceEvent): readonly string[] {
    const placeOf = (stage: number): StagePlace | undefined => this.#places.get(this.#trace.stages[stage]?.id ?? '');
    return hazardNote(this.#trace, event, placeOf, this.#language);
  }

  #note(text: string): string {
    return `      ${text}`;
  }

  #enter(event: TraceEvent): string {
    const stage = this.#trace.stages[event.stage];
    const name = `${'  '.repeat(Math.min(event.key, 24))}${stage?.function ?? ''}`;
    const number = `${++this.#number}`.padStart(5);
    return `${number} ${pad(name, FUNCTION_WIDTH)} ${pad(this.#placeOf(stage?.id), PLACE_WIDTH)} ${this.#reached(event)}`.trimEnd();
  }

  #placeOf(id: string | undefined): string {
    const place = id === undefined ? undefined : this.#places.get(id);
    if (place === undefined || place.tree === undefined) {
      return '';
    }
    const texts = EXPORT_TEXTS[this.#language];
    if (place.file === undefined || place.line === undefined) {
      return texts.notFound(place.status, place.reason ?? '');
    }
    const where = `${place.file}:${place.line}`;
    return place.status === 'found' ? where : `${where} (${texts.status(place.status, place.function ?? '')})`;
  }

  #reached(event: TraceEvent): string {
    const hop = this.#hops.get(event.seq) ?? this.#hops.get(event.cause);
    if (hop === undefined) {
      return '';
    }
    // Whether another call returned before is no news to a reader of the nesting: it is a call all the same.
    const kind: HopKind = hop.kind === 'return_then_call' ? 'direct_call' : hop.kind;
    const words = HOP_NAMES[this.#language][kind] + (hop.expr === '' ? '' : ` ${hop.expr}`);
    return `${words}${this.#evidence(hop)}`;
  }

  #evidence(hop: Hop): string {
    const stages = this.#trace.stages;
    const proof = this.#proofs.get(`${stages[hop.from]?.id} ${stages[hop.to]?.id} ${hop.kind}`);
    if (proof === undefined) {
      return '';
    }
    const texts = EXPORT_TEXTS[this.#language];
    if (proof.status === 'unproven') {
      return ` · ${texts.unproven(proof.reason ?? '')}`;
    }
    const place = (one: Evidence): string => `${one.file}:${one.line}`;
    const shown = proof.evidence.slice(0, 3).map((one) => `${texts.role(one.role)} ${place(one)}`);
    return shown.length === 0 ? '' : ` · ${shown.join(', ')}`;
  }

  #wakerOf(event: TraceEvent): string {
    const cause = event.cause < 0 ? undefined : this.#trace.event(event.cause);
    return cause === undefined ? '' : this.#functionOf(cause.stage);
  }

  #functionOf(stage: number): string {
    return this.#trace.stages[stage]?.function ?? '';
  }

  #bytesOf(event: TraceEvent): string {
    const found = this.#trace.locate(event.seq);
    return found === undefined ? '' : printable(found.chunk.heap.subarray(event.key, event.key + event.old));
  }
}

const pad = (text: string, width: number): string => (text.length >= width ? text : text.padEnd(width));
