import { type MachineState, readMemory } from '../../trace/state.ts';
import type { Trace } from '../../trace/trace.ts';

/** Fields of a trace by their path. */
export type FieldNumbers = ReadonlyMap<string, number>;

/** Numbers of all fields of a trace. */
export const fieldNumbers = (trace: Trace): FieldNumbers =>
  new Map(trace.fields.map((field, number) => [field.path, number]));

/** Names of the memories that are decoded. */
export const MEMORY = { guest: 'User VM RAM', serviceVm: 'Service VM RAM' } as const;

/** The machine's state after one event, to be read by the names of its fields and the addresses of its memories. */
export class Snapshot {
  readonly trace: Trace;
  readonly #state: MachineState;
  readonly #fields: FieldNumbers;

  constructor(trace: Trace, state: MachineState, fields: FieldNumbers) {
    this.trace = trace;
    this.#state = state;
    this.#fields = fields;
  }

  /** Number of a field, undefined where this machine has none of that path. */
  field(path: string): number | undefined {
    return this.#fields.get(path);
  }

  /** A field's value, 0 where there is none. */
  value(path: string): number {
    const number = this.#fields.get(path);
    return number === undefined ? 0 : (this.#state.values[number] ?? 0);
  }

  /**
   * Number of a memory by its name, -1 for none. A device that was made anew has a memory of the same name: the newest one
   * that holds anything counts.
   */
  area(name: string): number {
    return this.areaWhere((memory) => memory === name);
  }

  /** The same, by any condition on its name. */
  areaWhere(is: (name: string) => boolean): number {
    const all = this.trace.memories.map(({ name }, number) => (is(name) ? number : -1)).filter((number) => number >= 0);
    return all.findLast((number) => (this.#state.memory[number]?.size ?? 0) > 0) ?? all[0] ?? -1;
  }

  /** Bytes of a memory; what was never written reads as zero. */
  bytes(area: number, address: number, length: number): Uint8Array {
    return area < 0 ? new Uint8Array(length) : readMemory(this.#state, area, address, length);
  }
}

/** Little-endian numbers of some bytes. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** 64 bits as a number: exact below 2^53, which covers every address of the machine. */
export const read64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;

/** `0x2010` */
export const hex = (value: number): string => `0x${value.toString(16)}`;

/** Whether two arrays of the same length differ in [from, to). */
export function differs(before: Uint8Array, after: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (before[at] !== after[at]) {
      return true;
    }
  }
  return false;
}
