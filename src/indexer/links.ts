import type { Line } from '../base/brand.ts';
import type { Dialect } from './dialect.ts';
import type { FileFacts } from './facts.ts';
import type { BindingRef, CallRef, CallTargets, FunctionRef } from './link-types.ts';

/**
 * Joins the facts of the files of one tree: names to definitions, calls to the functions they reach, through function
 * pointers too. Nothing is computed before it is asked for; what was computed is kept.
 */
export class Links {
  readonly #files = new Map<string, FileFacts>();
  readonly #dialect: Dialect;
  #functions: Map<string, FunctionRef[]> | undefined;
  #bindings: Map<string, BindingRef[]> | undefined;

  constructor(files: Iterable<FileFacts>, dialect: Dialect) {
    for (const file of files) {
      this.#files.set(file.path, file);
    }
    this.#dialect = dialect;
  }

  /** The dialect the facts were read with. */
  get dialect(): Dialect {
    return this.#dialect;
  }

  /** Facts of one file, by its path relative to the tree. */
  file(path: string): FileFacts | undefined {
    return this.#files.get(path);
  }

  /** Every definition with that name, spelled as in `FunctionFact.name`; macros that take arguments too. */
  functionsNamed(name: string): readonly FunctionRef[] {
    this.#functions ??= groupBy(
      this.#refs((file) => file.functions),
      (ref) => ref.fact.name,
    );
    return this.#functions.get(name) ?? [];
  }

  /** The function whose lines hold `line`. */
  functionAt(path: string, line: Line): FunctionRef | undefined {
    const fact = this.#files.get(path)?.functions.find((f) => f.line <= line && line <= f.endLine);
    return fact && { file: path, fact };
  }

  /** The calls inside a function, in source order. */
  callsIn(fn: FunctionRef): readonly CallRef[] {
    const calls = this.#files.get(fn.file)?.calls ?? [];
    return calls
      .filter((c) => c.inFunction === fn.fact.name && c.line >= fn.fact.line && c.line <= fn.fact.endLine)
      .map((fact) => ({ file: fn.file, fact }));
  }

  /** Every place that puts the named function where a pointer is kept, arguments included. */
  bindingsOf(functionName: string): readonly BindingRef[] {
    this.#bindings ??= groupBy(
      this.#refs((file) => file.bindings),
      (ref) => ref.fact.value,
    );
    return this.#bindings.get(functionName) ?? [];
  }

  /** The functions a call may reach. */
  targetsOf(call: CallRef): CallTargets {
    const targets = call.fact.indirect ? [] : this.functionsNamed(call.fact.name);
    if (targets.length === 0) {
      return { targets: [], reason: call.fact.indirect ? 'nothing-bound' : 'not-indexed' };
    }
    return { targets: targets.map((fn) => ({ function: fn, confidence: 'found', bindings: [] })) };
  }

  *#refs<F>(facts: (file: FileFacts) => readonly F[]): Iterable<{ file: string; fact: F }> {
    for (const file of this.#files.values()) {
      for (const fact of facts(file)) {
        yield { file: file.path, fact };
      }
    }
  }
}

function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    const group = groups.get(k);
    if (group) {
      group.push(item);
    } else {
      groups.set(k, [item]);
    }
  }
  return groups;
}
