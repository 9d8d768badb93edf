import type { Line } from '../../base/brand.ts';
import type { Dialect } from '../dialect.ts';
import type {
  BindingFact,
  CallFact,
  FileFacts,
  FunctionFact,
  MacroFact,
  StructFact,
  TypedefFact,
  VariableFact,
} from '../facts.ts';
import { groupBy, Lazy } from './multimap.ts';
import { isSourceFile, Units } from './units.ts';

/** A fact and the file it stands in. */
export interface In<F> {
  readonly file: string;
  readonly fact: F;
}

/** Where an expression stands: names mean what they mean there. */
export interface Site {
  readonly file: string;
  /** As `FunctionFact.name`, `''` at file scope. */
  readonly inFunction: string;
  /** The macro whose body stands here: what it declares is known here too. */
  readonly macro?: Site;
}

/** The facts of all files of one tree, by name. Every table is made when it is first asked for. */
export class Program {
  readonly files = new Map<string, FileFacts>();
  readonly dialect: Dialect;
  readonly units: Units;
  readonly #functions = this.#table<FunctionFact>((file) => file.functions);
  readonly #structs = this.#table<StructFact>((file) => file.structs);
  readonly #typedefs = this.#table<TypedefFact>((file) => file.typedefs);
  readonly #macros = this.#table<MacroFact>((file) => file.macros);
  readonly #globals = this.#table<VariableFact>((file) => file.variables.filter((v) => v.inFunction === ''));
  readonly #calls = this.#table<CallFact>((file) => file.calls);
  readonly #byTarget = this.#bindings((fact) => fact.target);
  readonly #byValue = this.#bindings((fact) => /(\w+)(?:\[.*\])?$/.exec(fact.value)?.[1] ?? fact.value);
  readonly #locals = new Map<string, Map<string, string>>();

  constructor(files: Iterable<FileFacts>, dialect: Dialect) {
    for (const file of files) {
      this.files.set(file.path, file);
    }
    this.dialect = dialect;
    this.units = new Units(dialect);
  }

  /** Every definition of a name, macros with arguments too. */
  functionsNamed(name: string): readonly In<FunctionFact>[] {
    return this.#functions.value.get(name) ?? [];
  }

  macrosNamed(name: string): readonly In<MacroFact>[] {
    return this.#macros.value.get(name) ?? [];
  }

  callsNamed(name: string): readonly In<CallFact>[] {
    return this.#calls.value.get(name) ?? [];
  }

  /** Bindings that store into a member or variable of that name. */
  bindingsInto(target: string): readonly In<BindingFact>[] {
    return this.#byTarget.value.get(target) ?? [];
  }

  /** Bindings of a function or variable of that name, or of a member of that name (`src->name`). */
  bindingsFrom(name: string): readonly In<BindingFact>[] {
    return this.#byValue.value.get(name) ?? [];
  }

  /**
   * The definitions that a name means in a file: its own, else those of other files that it can see. A header's own is
   * the stand-in for what a source file defines where that is configured: both are meant.
   */
  visibleFunctions(name: string, from: string): readonly In<FunctionFact>[] {
    const all = this.functionsNamed(name);
    const own = all.filter((fn) => fn.file === from);
    const others = all.filter((fn) => fn.file !== from && this.#isVisible(fn.file, fn.fact.isStatic, from));
    if (own.length > 0 && !isSourceFile(from)) {
      return [...own, ...others.filter((fn) => isSourceFile(fn.file))];
    }
    return own.length > 0 ? own : others;
  }

  /** The structs that a tag means in a file. Several where a tree has variants of one header. */
  visibleStructs(name: string, from: string): readonly In<StructFact>[] {
    return this.#pick(this.#structs.value.get(name), from);
  }

  visibleTypedef(name: string, from: string): In<TypedefFact> | undefined {
    return this.#pick(this.#typedefs.value.get(name), from)[0];
  }

  visibleMacro(name: string, from: string): In<MacroFact> | undefined {
    return this.#pick(this.macrosNamed(name), from)[0];
  }

  /** The file-scope variables that a name means in a file. */
  visibleGlobals(name: string, from: string): readonly In<VariableFact>[] {
    const all = this.#globals.value.get(name) ?? [];
    const own = all.filter((variable) => variable.file === from);
    return own.length > 0 ? own : all.filter((variable) => this.units.sees(from, variable.file));
  }

  /** Whether a file-scope variable is declared where other files see it. */
  isSharedGlobal(name: string, from: string): boolean {
    const all = this.#globals.value.get(name) ?? [];
    return all.some((variable) => !isSourceFile(variable.file) && this.units.sees(from, variable.file));
  }

  /** Type text of a local variable or parameter, `undefined` where the site has none of that name. */
  localType(name: string, site: Site): string | undefined {
    const own = site.inFunction === '' ? undefined : this.#localsOf(site).get(name);
    return own ?? (site.macro && this.localType(name, site.macro));
  }

  /** Place of a parameter in its function, or -1. */
  paramIndex(name: string, site: Site): number {
    const fn = this.functionAt(site);
    return fn?.fact.params.findIndex((param) => param.name === name) ?? -1;
  }

  /** The definition that a site stands in. */
  functionAt(site: Site): In<FunctionFact> | undefined {
    return this.functionsNamed(site.inFunction).find((fn) => fn.file === site.file);
  }

  /** The function whose lines hold a line; a written one before one that a macro makes. */
  functionAtLine(path: string, line: Line): In<FunctionFact> | undefined {
    const holding = this.files.get(path)?.functions.filter((f) => f.line <= line && line <= f.endLine) ?? [];
    const fact = holding.find((f) => f.origin === 'function') ?? holding[0];
    return fact && { file: path, fact };
  }

  #localsOf(site: Site): Map<string, string> {
    const key = `${site.file}\n${site.inFunction}`;
    let locals = this.#locals.get(key);
    if (locals === undefined) {
      locals = new Map();
      for (const param of this.functionAt(site)?.fact.params ?? []) {
        locals.set(param.name, param.type);
      }
      for (const variable of this.files.get(site.file)?.variables ?? []) {
        if (variable.inFunction === site.inFunction) {
          locals.set(variable.name, variable.type);
        }
      }
      this.#locals.set(key, locals);
    }
    return locals;
  }

  /** The file's own; else those of headers it can see; else any it can see. */
  #pick<F>(all: readonly In<F>[] | undefined, from: string): readonly In<F>[] {
    if (all === undefined) {
      return [];
    }
    const own = all.filter((it) => it.file === from);
    if (own.length > 0) {
      return own;
    }
    const seen = all.filter((it) => this.units.sees(from, it.file));
    const inHeaders = seen.filter((it) => !isSourceFile(it.file));
    return inHeaders.length > 0 ? inHeaders : seen;
  }

  #isVisible(file: string, isStatic: boolean, from: string): boolean {
    return this.units.sees(from, file) && !(isStatic && isSourceFile(file));
  }

  #table<F extends { readonly name: string }>(facts: (file: FileFacts) => readonly F[]): Lazy<Map<string, In<F>[]>> {
    return new Lazy(() => groupBy(this.#all(facts), (it) => it.fact.name));
  }

  #bindings(key: (fact: BindingFact) => string): Lazy<Map<string, In<BindingFact>[]>> {
    return new Lazy(() =>
      groupBy(
        this.#all((file) => file.bindings),
        (it) => key(it.fact),
      ),
    );
  }

  *#all<F>(facts: (file: FileFacts) => readonly F[]): Iterable<In<F>> {
    for (const file of this.files.values()) {
      for (const fact of facts(file)) {
        yield { file: file.path, fact };
      }
    }
  }
}
