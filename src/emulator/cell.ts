import type { Program } from '../trace/kinds.ts';
import type { Recorder } from '../trace/recorder.ts';
import { stateAt } from '../trace/state.ts';
import type { Field } from '../trace/trace.ts';
import type { Stage } from './stage.ts';

/** A number of the machine's state: every change goes through the trace. */
export class Cell {
  readonly #recorder: Recorder;
  readonly #field: number;
  #value: number;

  constructor(recorder: Recorder, field: number, initial: number) {
    this.#recorder = recorder;
    this.#field = field;
    this.#value = initial;
  }

  get value(): number {
    return this.#value;
  }

  set value(next: number) {
    const old = this.#value;
    if (next !== old) {
      this.#value = next;
      this.#recorder.state(this.#field, old, next);
    }
  }
}

/** A function pointer of the machine's state; the trace keeps which stage it points to. */
export class PointerCell<F extends Stage> {
  readonly #recorder: Recorder;
  readonly #field: number;
  #value: F | undefined;

  constructor(recorder: Recorder, field: number) {
    this.#recorder = recorder;
    this.#field = field;
  }

  get value(): F | undefined {
    return this.#value;
  }

  set value(next: F | undefined) {
    const old = this.#value;
    if (next !== old) {
      this.#value = next;
      this.#recorder.state(this.#field, old === undefined ? 0 : old.stage + 1, next === undefined ? 0 : next.stage + 1);
    }
  }
}

/** Makes the cells of one program's structures, with a common path in front. */
export class CellFactory {
  readonly #recorder: Recorder;
  readonly #program: Program;
  /** Fields of structures that are gone, by path, with what they held last. */
  #gone: Map<string, { readonly field: number; readonly value: number }> | undefined;

  constructor(recorder: Recorder, program: Program) {
    this.#recorder = recorder;
    this.#program = program;
  }

  /**
   * The program's structures are made anew (a reset): a cell that is made from here on takes the field of the one that had
   * its path, and the trace tells that it goes back to its initial value.
   */
  renew(): void {
    const { trace } = this.#recorder;
    const { values } = stateAt(trace, trace.length - 1);
    this.#gone = new Map();
    for (const [field, { program, path, initial }] of trace.fields.entries()) {
      if (program === this.#program) {
        this.#gone.set(path, { field, value: values[field] ?? initial });
      }
    }
  }

  /** `cells.number('console.queues[1].last_avail')` */
  number(path: string, initial = 0): Cell {
    return new Cell(this.#recorder, this.#field(path, initial, 'number'), initial);
  }

  /** The same, shown in hexadecimal. */
  hex(path: string, initial = 0): Cell {
    return new Cell(this.#recorder, this.#field(path, initial, 'hex'), initial);
  }

  /** A function pointer, NULL at first. */
  pointer<F extends Stage>(path: string): PointerCell<F> {
    return new PointerCell<F>(this.#recorder, this.#field(path, 0, 'stage'));
  }

  #field(path: string, initial: number, shape: Field['shape']): number {
    const gone = this.#gone?.get(path);
    if (gone === undefined) {
      return this.#recorder.field({ program: this.#program, path, initial, shape });
    }
    this.#gone?.delete(path);
    if (gone.value !== initial) {
      this.#recorder.state(gone.field, gone.value, initial);
    }
    return gone.field;
  }
}
