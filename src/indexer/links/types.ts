import type { MemberFact } from '../facts.ts';
import { type Expression, parseExpression } from './expression.ts';
import type { Program, Site } from './program.ts';
import { isSourceFile } from './units.ts';

/** A type: what it is built on and how many pointers or array dimensions stand before that. */
export interface CType {
  /** Type text without pointers: `struct port`, `u32`, `handler_t`. */
  readonly base: string;
  readonly depth: number;
  /** File whose names the base is read with. */
  readonly file: string;
}

/** A struct or union as one thing of the tree: the same tag in another program, or private to another file, differs. */
export interface RecordType {
  /** Equal for the same struct, different for different ones. */
  readonly key: string;
  readonly name: string;
  /** File whose names its tag is read with. */
  readonly file: string;
}

const MAX_STEPS = 24;

/** Says what type an expression has, from declarations alone. */
export class Types {
  readonly #program: Program;
  readonly #records = new Map<string, RecordType | undefined>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** The struct that an expression is or points to. */
  recordOf(expression: Expression, site: Site): RecordType | undefined {
    const type = this.typeOf(expression, site, MAX_STEPS);
    return type && this.recordOfType(type);
  }

  /** The struct that a type names, through typedefs. */
  recordOfType(type: CType): RecordType | undefined {
    const key = `${type.file}\n${type.base}`;
    if (!this.#records.has(key)) {
      this.#records.set(key, this.#findRecord(type, MAX_STEPS));
    }
    return this.#records.get(key);
  }

  /** The struct named `name`, as tag or typedef, in a file. */
  recordNamed(name: string, file: string): RecordType | undefined {
    return this.recordOfType({ base: name, depth: 0, file });
  }

  /** The member of that name; of several variants of a struct the first that has it. */
  memberOf(record: RecordType, name: string): { readonly member: MemberFact; readonly file: string } | undefined {
    const position = /^#(\d+)$/.exec(name)?.[1];
    for (const { file, fact } of this.#program.visibleStructs(record.name, record.file)) {
      const member =
        position === undefined ? fact.members.find((m) => m.name === name) : fact.members[Number(position)];
      if (member !== undefined) {
        return { member, file };
      }
    }
    return undefined;
  }

  /** The positions that a member has in the variants of its struct. */
  positionsOf(record: RecordType, name: string): readonly number[] {
    const structs = this.#program.visibleStructs(record.name, record.file);
    const found = structs.map(({ fact }) => fact.members.findIndex((m) => m.name === name));
    return [...new Set(found)].filter((position) => position >= 0);
  }

  typeOf(expression: Expression, site: Site, steps = MAX_STEPS): CType | undefined {
    if (steps <= 0) {
      return undefined;
    }
    switch (expression.kind) {
      case 'name':
        return this.#nameType(expression.name, site, steps);
      case 'member':
        return this.#memberType(expression.of, expression.name, site, steps);
      case 'index':
      case 'deref':
        return shift(this.typeOf(expression.of, site, steps - 1), -1);
      case 'address':
        return shift(this.typeOf(expression.of, site, steps - 1), 1);
      case 'cast':
        return this.#castType(expression.type, site, steps);
      case 'call':
        return this.#callType(expression.callee, expression.args, site, steps);
      case 'choice':
        return this.#firstKnown(expression.arms, site, steps);
      case 'unknown':
        return undefined;
    }
  }

  #firstKnown(arms: readonly Expression[], site: Site, steps: number): CType | undefined {
    for (const arm of arms) {
      const type = this.typeOf(arm, site, steps - 1);
      if (type !== undefined) {
        return type;
      }
    }
    return undefined;
  }

  #nameType(name: string, site: Site, steps: number): CType | undefined {
    const local = this.#program.localType(name, site);
    if (local !== undefined) {
      return this.#parse(local, site, steps);
    }
    const global = this.#program.visibleGlobals(name, site.file)[0];
    if (global !== undefined) {
      return this.#parse(global.fact.type, { file: global.file, inFunction: '' }, steps);
    }
    const macro = this.#program.visibleMacro(name, site.file);
    if (macro === undefined || macro.fact.params !== undefined || macro.fact.body === '') {
      return undefined;
    }
    return this.typeOf(parseExpression(macro.fact.body), { file: site.file, inFunction: '' }, steps - 1);
  }

  #memberType(of: Expression, name: string, site: Site, steps: number): CType | undefined {
    const owner = this.typeOf(of, site, steps - 1);
    const record = owner && this.recordOfType(owner);
    const found = record && this.memberOf(record, name);
    return found && this.#parse(found.member.type, { file: found.file, inFunction: '' }, steps);
  }

  #castType(text: string, site: Site, steps: number): CType | undefined {
    return this.#parse(text, site, steps);
  }

  #callType(callee: Expression, args: readonly string[], site: Site, steps: number): CType | undefined {
    if (callee.kind !== 'name') {
      return this.typeOf(callee, site, steps - 1);
    }
    const typeMacro = this.#program.dialect.typeMacros.find((macro) => macro.name === callee.name);
    if (typeMacro !== undefined) {
      const type = this.#parse(args[typeMacro.type] ?? '', site, steps);
      return typeMacro.yields === 'pointer' ? shift(type, 1) : type;
    }
    if (this.#program.localType(callee.name, site) !== undefined) {
      return this.#nameType(callee.name, site, steps);
    }
    const fn = this.#program.visibleFunctions(callee.name, site.file)[0];
    if (fn !== undefined && fn.fact.origin !== 'function-like-macro') {
      return fn.fact.returns === ''
        ? undefined
        : this.#parse(fn.fact.returns, { file: fn.file, inFunction: '' }, steps);
    }
    const value = this.macroValue(callee.name, args, site.file);
    return value === undefined ? undefined : this.typeOf(parseExpression(value), site, steps - 4);
  }

  /** What an invocation of a macro stands for: its body with the arguments in place of the parameters. */
  macroValue(name: string, args: readonly string[], file: string): string | undefined {
    const macro = this.#program.visibleMacro(name, file)?.fact;
    if (macro?.params === undefined || macro.body.length > 2000) {
      return undefined;
    }
    return substitute(macro.body, macro.params, args);
  }

  #parse(text: string, site: Site, steps: number): CType | undefined {
    const dimensions = /(?:\[\])*$/.exec(text)?.[0].length ?? 0;
    const pointer = text.indexOf('(*)');
    const plain = (pointer < 0 ? text.slice(0, text.length - dimensions) : text.slice(0, pointer)).trim();
    const stars = plain.split('*').length - 1;
    const base = plain
      .replace(/\*/g, ' ')
      .replace(/\b(?:const|volatile|restrict|__restrict)\b/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const depth = stars + dimensions / 2;
    const inner = /^(?:__)?typeof(?:__)?\s?\((.*)\)$/.exec(base)?.[1];
    if (inner !== undefined) {
      return shift(this.#typeofType(inner, site, steps), depth);
    }
    return base === '' ? undefined : { base, depth, file: site.file };
  }

  /** `typeof(x)` takes an expression or a type. */
  #typeofType(inner: string, site: Site, steps: number): CType | undefined {
    return /^(?:const |struct |union |unsigned |enum )/.test(inner)
      ? this.#parse(inner, site, steps - 1)
      : this.typeOf(parseExpression(inner), site, steps - 1);
  }

  #findRecord(type: CType, steps: number): RecordType | undefined {
    const tag = /^(?:struct|union) ([\w@$]+)$/.exec(type.base)?.[1];
    if (tag !== undefined) {
      return this.#record(tag, type.file);
    }
    const typedef = steps > 0 ? this.#program.visibleTypedef(type.base, type.file) : undefined;
    if (typedef !== undefined) {
      const aliased = this.#parse(typedef.fact.type, { file: typedef.file, inFunction: '' }, steps);
      return aliased && aliased.base !== type.base ? this.#findRecord(aliased, steps - 1) : undefined;
    }
    const isStruct = this.#program.visibleStructs(type.base, type.file).length > 0;
    return isStruct ? this.#record(type.base, type.file) : undefined;
  }

  #record(name: string, file: string): RecordType {
    const declared = this.#program.visibleStructs(name, file)[0]?.file;
    const isPrivate = declared === file && isSourceFile(file);
    const scope = isPrivate ? file : this.#program.units.nameOf(declared ?? file);
    return { key: `${scope}#${name}`, name, file: declared ?? file };
  }
}

function shift(type: CType | undefined, by: number): CType | undefined {
  return type && { ...type, depth: type.depth + by };
}

/** Puts arguments in place of a macro's parameters; `a ## b` joins. */
export function substitute(body: string, params: readonly string[], args: readonly string[]): string {
  const values = new Map(params.map((param, i) => [param, args[i] ?? '']));
  return body
    .replace(/\s*##\s*/g, '\u0000')
    .replace(/#?[A-Za-z_]\w*/g, (word) => values.get(word) ?? word)
    .replaceAll('\u0000', '');
}
