import type { CodeUse, StateField, StateGroup } from '../../protocol/inspect.ts';
import { INSPECT_LIMITS } from '../../protocol/inspect.ts';
import { FIELD_ABOUT } from '../../texts/inspect/fields.ts';
import type { Language } from '../../texts/language.ts';
import type { Program } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { fieldValue } from '../changes.ts';
import { laneOf } from '../lanes.ts';
import { keyOf, READERS, SPEC } from './facts.ts';
import { hex, type Snapshot } from './snapshot.ts';
import type { Span } from './span.ts';
import type { WriteIndex } from './write-index.ts';

/** How a field is shown. */
export interface FieldLook {
  /** As the code spells it; the last part of the path where left out. */
  readonly name?: string;
  /** The value in words. */
  readonly means?: (value: number) => string;
  /** The value as text, where the field's own shape is not what a person wants. */
  readonly text?: (value: number) => string;
}

/** Some bytes of a memory as a field. */
export interface MemoryPlace extends FieldLook {
  readonly name: string;
  /** Key in the tables about fields: `ring.avail.idx`. */
  readonly key: string;
  readonly area: number;
  readonly address: number;
  readonly length: number;
}

/** What is known of the code in a run, and the language in which it is told. */
export interface Code {
  readonly language: Language;
  readonly writes: WriteIndex;
  /** Numbers of stages by their ids. */
  readonly stages: ReadonlyMap<string, number>;
}

/** A moment and the one before its step, side by side, with what is known about the code that made the difference. */
export class Lens {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly language: Language;
  /** What the step wrote to memory. */
  readonly span: Span;
  readonly #writes: WriteIndex;
  readonly #stages: ReadonlyMap<string, number>;

  constructor(moment: { readonly before: Snapshot; readonly after: Snapshot; readonly span: Span }, code: Code) {
    this.before = moment.before;
    this.after = moment.after;
    this.span = moment.span;
    this.language = code.language;
    this.#writes = code.writes;
    this.#stages = code.stages;
  }

  /** The trace that both belong to. */
  get trace(): Trace {
    return this.after.trace;
  }

  /** A field of the machine by its path; none where this machine has no such field. */
  field(path: string, look: FieldLook = {}): readonly StateField[] {
    const number = this.after.field(path);
    const field = number === undefined ? undefined : this.trace.fields[number];
    if (number === undefined || field === undefined) {
      return [];
    }
    const shown = look.text ?? ((value: number) => fieldValue(this.trace, field, value));
    const value = this.after.value(path);
    const old = this.before.value(path);
    return [
      {
        name: look.name ?? path.slice(path.lastIndexOf('.') + 1),
        value: shown(value),
        ...(old === value ? {} : { was: shown(old) }),
        means: look.means?.(value) ?? '',
        ...this.#use(keyOf(path), this.#writes.ofField(number)),
      },
    ];
  }

  /** Fields by their paths, without those that this machine does not have. */
  fields(prefix: string, names: readonly string[], look: FieldLook = {}): readonly StateField[] {
    return names.flatMap((name) => this.field(`${prefix}${name}`, { name, ...look }));
  }

  /** A number in a memory as a field. */
  place(place: MemoryPlace): StateField {
    const read = (snapshot: Snapshot): number => numberOf(snapshot.bytes(place.area, place.address, place.length));
    const shown = place.text ?? String;
    const [old, value] = [read(this.before), read(this.after)];
    return {
      name: place.name,
      value: shown(value),
      ...(old === value ? {} : { was: shown(old) }),
      means: place.means?.(value) ?? '',
      ...this.use(place.key, place.area, place.address, place.length),
    };
  }

  /** Who writes and who reads some bytes of a memory. */
  use(key: string, area: number, address: number, length: number): CodeUse & { readonly about: string } {
    return this.#use(key, this.#writes.ofMemory(area, address, length));
  }

  /** Stages that write to an endpoint. */
  outputWriters(endpoint: number): readonly number[] {
    return this.#writes.ofOutput(endpoint).slice(0, INSPECT_LIMITS.functions);
  }

  /** Bytes before and after. */
  bytes(area: number, address: number, length: number): readonly [before: Uint8Array, after: Uint8Array] {
    return [this.before.bytes(area, address, length), this.after.bytes(area, address, length)];
  }

  /** Fields of one program under a title. */
  group(title: string, program: Program, fields: readonly StateField[]): StateGroup {
    return { title, lane: laneOf(program), fields };
  }

  #use(key: string, writers: readonly number[]): CodeUse & { readonly about: string } {
    const readers = (READERS[key] ?? []).flatMap((id) => this.#stages.get(id) ?? []);
    return {
      writers: writers.slice(0, INSPECT_LIMITS.functions),
      readers: readers.slice(0, INSPECT_LIMITS.functions),
      spec: SPEC[key] ?? '',
      about: FIELD_ABOUT[key]?.[this.language] ?? '',
    };
  }
}

/** Little-endian bytes as a number: exact below 2^53. */
function numberOf(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

/** A number as an address. */
export const asHex = { text: hex } as const;

/** Bits of a number that have names, by their numbers, joined; what has no name is given as `bit N`. */
export function bitsNamed(names: ReadonlyMap<number, string>): (value: number) => string {
  return (value) => {
    const set: string[] = [];
    for (let bit = 0, rest = value; rest >= 1; bit++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) {
        set.push(names.get(bit) ?? `bit ${bit}`);
      }
    }
    return set.join(', ');
  };
}
