import type { Program } from '../trace/kinds.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Stage } from './stage.ts';

/** A number of the machine's state: every change goes through the trace. */
export class Cell {
  readonly #recorder: Recorder;
  readonly #field: number;
  #value: number;

  constructor(recorder: Recorder, program: Program, path: string, initial = 0, shape: 'number' | 'hex' = 'number') {
    this.#recorder = recorder;
    this.#value = initial;
    this.#field = recorder.field({ program, path, initial, shape });
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

  constructor(recorder: Recorder, program: Program, path: string) {
    this.#recorder = recorder;
    this.#field = recorder.field({ program, path, initial: 0, shape: 'stage' });
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

  constructor(recorder: Recorder, program: Program) {
    this.#recorder = recorder;
    this.#program = program;
  }

  /** `cells.number('console.queues[1].last_avail')` */
  number(path: string, initial = 0): Cell {
    return new Cell(this.#recorder, this.#program, path, initial);
  }

  /** The same, shown in hexadecimal. */
  hex(path: string, initial = 0): Cell {
    return new Cell(this.#recorder, this.#program, path, initial, 'hex');
  }

  /** A function pointer, NULL at first. */
  pointer<F extends Stage>(path: string): PointerCell<F> {
    return new PointerCell<F>(this.#recorder, this.#program, path);
  }
}
