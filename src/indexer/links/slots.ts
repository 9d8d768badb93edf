import type { FunctionFact } from '../facts.ts';
import { type Expression, parseExpression } from './expression.ts';
import type { In, Program, Site } from './program.ts';
import type { RecordType, Types } from './types.ts';

/**
 * A place that keeps a function pointer: a member of a struct (all objects of the type count as one), a variable, or a
 * parameter of a function. `unknown`: a member of something whose type is not known.
 */
export type Slot =
  | { readonly kind: 'member'; readonly key: string; readonly record: RecordType; readonly name: string }
  | { readonly kind: 'local'; readonly key: string; readonly name: string; readonly site: Site }
  | { readonly kind: 'global'; readonly key: string; readonly name: string; readonly file: string }
  | { readonly kind: 'param'; readonly key: string; readonly fn: In<FunctionFact>; readonly index: number }
  | { readonly kind: 'unknown'; readonly key: string; readonly name: string; readonly file: string };

/** What an expression may be: functions by name, and places that keep one. */
export interface Meaning {
  readonly functions: readonly In<FunctionFact>[];
  readonly slots: readonly Slot[];
}

const NOTHING: Meaning = { functions: [], slots: [] };

/** Says what an expression means where it stands. */
export class Meanings {
  readonly #program: Program;
  readonly #types: Types;

  constructor(program: Program, types: Types) {
    this.#program = program;
    this.#types = types;
  }

  /** What the text of an expression means at a site. */
  of(text: string, site: Site): Meaning {
    return this.meaning(parseExpression(text), site, 0);
  }

  meaning(expression: Expression, site: Site, depth: number): Meaning {
    switch (expression.kind) {
      case 'name':
        return this.#name(expression.name, site, depth);
      case 'member':
        return { functions: [], slots: [this.member(expression.of, expression.name, site)] };
      case 'index':
      case 'deref':
      case 'address':
      case 'cast':
        return depth > 20 ? NOTHING : this.meaning(expression.of, site, depth + 1);
      case 'choice':
        return join(expression.arms.map((arm) => this.meaning(arm, site, depth + 1)));
      case 'call':
        return this.#call(expression.callee, expression.args, site, depth);
      case 'unknown':
        return NOTHING;
    }
  }

  /** The slot of `of->name`. */
  member(of: Expression, name: string, site: Site): Slot {
    const record = this.#types.recordOf(of, site);
    if (record === undefined) {
      return { kind: 'unknown', key: `?${name}`, name, file: site.file };
    }
    return memberSlot(record, name);
  }

  /** The slot of a variable or parameter that is known by that name at a site. */
  variable(name: string, site: Site): Slot | undefined {
    if (this.#program.localType(name, site) !== undefined) {
      const index = this.#program.paramIndex(name, site);
      const fn = index < 0 ? undefined : this.#program.functionAt(site);
      return fn === undefined
        ? { kind: 'local', key: `${site.file}:${site.inFunction}:${name}`, name, site }
        : paramSlot(fn, index);
    }
    const global = this.#program.visibleGlobals(name, site.file)[0];
    return global && this.#global(name, global.file);
  }

  #global(name: string, file: string): Slot {
    const shared = this.#program.isSharedGlobal(name, file);
    const key = shared ? `${this.#program.units.nameOf(file)}:${name}` : `${file}:${name}`;
    return { kind: 'global', key, name, file };
  }

  #name(name: string, site: Site, depth: number): Meaning {
    const slot = this.variable(name, site);
    if (slot !== undefined) {
      return { functions: [], slots: [slot] };
    }
    const functions = this.#program.visibleFunctions(name, site.file);
    if (functions.length > 0) {
      return { functions, slots: [] };
    }
    const macro = this.#program.visibleMacro(name, site.file);
    const isAlias = macro !== undefined && macro.fact.params === undefined && macro.fact.body !== name;
    return isAlias && depth < 8 ? this.meaning(parseExpression(macro.fact.body), site, depth + 4) : NOTHING;
  }

  /** A call's value is a function where a macro hands one on (`READ_ONCE(p->f)`). */
  #call(callee: Expression, args: readonly string[], site: Site, depth: number): Meaning {
    if (callee.kind !== 'name' || depth > 8) {
      return NOTHING;
    }
    const value = this.#types.macroValue(callee.name, args, site.file);
    return value === undefined ? NOTHING : this.meaning(parseExpression(value), site, depth + 4);
  }
}

/** The slot of a member of a known struct. */
export function memberSlot(record: RecordType, name: string): Slot {
  return { kind: 'member', key: `${record.key}.${name}`, record, name };
}

/** The slot of a function's parameter. */
export function paramSlot(fn: In<FunctionFact>, index: number): Slot {
  return { kind: 'param', key: `${fn.file}:${fn.fact.line}:${fn.fact.name}(${index}`, fn, index };
}

/** All of what several expressions mean. */
export function join(meanings: readonly Meaning[]): Meaning {
  return { functions: meanings.flatMap((m) => m.functions), slots: meanings.flatMap((m) => m.slots) };
}
