import type { Mark } from '../engine.ts';
import type { FunctionFact } from '../facts.ts';
import { OPEN_BRACE } from '../mask/chars.ts';
import type { MadeFunction } from '../mask/state.ts';
import { readAssignment } from './assignments.ts';
import { readCall } from './calls.ts';
import { parseDeclaration, parseParameters } from './declaration.ts';
import { InitialiserReader } from './initialisers.ts';
import { readEnum, readRecord, readTypedef, typeOfDeclared } from './records.ts';
import { FunctionScope, fileScope, isArithmetic } from './scope.ts';
import { EMPTY_BINDING, type FactsBuilder, type FactText } from './source.ts';
import { fold } from './text.ts';
import { boundValues, findOutside } from './values.ts';

/** Whose body an offset of a laid-out macro text belongs to. */
export type ScopeFinder = (offset: number) => FunctionScope;

/** Reads facts from the marks of one parse, in source order. */
export class FactReader {
  readonly #source: FactText;
  readonly #facts: FactsBuilder;
  readonly #made: ReadonlyMap<number, MadeFunction>;
  readonly #macroAt: ScopeFinder | undefined;
  #scope = fileScope;

  /** `macroAt` for a text of macro bodies: what stands in one belongs to that macro. */
  constructor(
    source: FactText,
    facts: FactsBuilder,
    made: ReadonlyMap<number, MadeFunction>,
    macroAt: ScopeFinder | undefined,
  ) {
    this.#source = source;
    this.#facts = facts;
    this.#made = made;
    this.#macroAt = macroAt;
  }

  /** Types first: the order of a struct's members decides what an initialiser binds. */
  read(marks: readonly Mark[]): void {
    for (const mark of marks) {
      this.#type(mark);
    }
    for (const mark of marks) {
      this.#code(mark);
    }
  }

  #type({ kind, start, end }: Mark): void {
    if (kind === 'record') {
      readRecord(this.#source, this.#facts, start, end);
    } else if (kind === 'enum') {
      readEnum(this.#source, this.#facts, start, end);
    } else if (kind === 'typedef') {
      readTypedef(this.#source, this.#facts, start, end);
    }
  }

  #code({ kind, start, end }: Mark): void {
    if (this.#macroAt !== undefined) {
      this.#scope = this.#macroAt(start);
    } else if (start >= this.#scope.end) {
      this.#scope = fileScope;
    }
    switch (kind) {
      case 'function':
        this.#function(start, end);
        break;
      case 'declaration':
        this.#declaration(start, end);
        break;
      case 'call':
        readCall(this.#source, this.#facts, this.#scope, start, end);
        break;
      case 'assignment':
        readAssignment(this.#source, this.#facts, this.#scope, start, end);
        break;
      case 'literal':
        this.#literal(start, end);
        break;
      case 'case':
        this.#case(start, end);
        break;
      default:
    }
  }

  #function(start: number, end: number): void {
    const brace = findOutside(this.#source.clean, start, end, OPEN_BRACE);
    if (brace < 0 || this.#macroAt !== undefined) {
      return;
    }
    const made = this.#made.get(brace);
    const fact = made ? this.#madeFunction(made, end) : this.#written(start, brace, end);
    if (fact !== undefined) {
      this.#facts.functions.push(fact);
    }
    this.#scope = new FunctionScope(fact?.name ?? '', end, fact?.params ?? []);
  }

  #madeFunction(made: MadeFunction, end: number): FunctionFact {
    return {
      name: made.name,
      line: this.#source.lineAt(made.start),
      endLine: this.#source.lineAt(end - 1),
      isStatic: /^static\b/.test(this.#source.clean.slice(made.start, made.start + 7)),
      origin: 'macro',
      params: made.params,
      returns: '',
    };
  }

  #written(start: number, brace: number, end: number): FunctionFact | undefined {
    const { clean } = this.#source;
    const declaration = parseDeclaration(clean, start, brace);
    const head = declaration.declarators.find((d) => d.params >= 0) ?? declaration.declarators[0];
    if (head === undefined || head.name === '') {
      return undefined;
    }
    return {
      name: head.name,
      line: this.#source.lineAt(head.at),
      endLine: this.#source.lineAt(end - 1),
      isStatic: declaration.isStatic,
      origin: 'function',
      params: head.params < 0 ? [] : parseParameters(clean, head.params),
      returns: head.type,
    };
  }

  #declaration(start: number, end: number): void {
    const { clean } = this.#source;
    const declaration = parseDeclaration(clean, start, end);
    const scope = this.#scope;
    for (const declarator of declaration.declarators) {
      const { name } = declarator;
      if (name === '' || declarator.isFunction || declaration.isTypedef) {
        continue;
      }
      const type = typeOfDeclared(this.#source, this.#facts, declaration, declarator, `@${name}`);
      const local = scope !== fileScope;
      if (local) {
        scope.declare(name, type);
      }
      if (!local || !isArithmetic(type)) {
        this.#facts.variables.push({ name, type, inFunction: scope.name, line: this.#source.lineAt(declarator.at) });
        this.#initialiser(name, type, declarator.initStart, declarator.initEnd);
      }
    }
  }

  #initialiser(name: string, type: string, start: number, end: number): void {
    const { clean } = this.#source;
    if (start >= end) {
      return;
    }
    if (clean.charCodeAt(start) === OPEN_BRACE) {
      new InitialiserReader(this.#source, this.#facts, this.#scope.name).read(start, type, name);
      return;
    }
    for (const { value, at } of boundValues(clean, start, end)) {
      if (!this.#scope.isNumber(value)) {
        const line = this.#source.lineAt(at);
        const inFunction = this.#scope.name;
        this.#facts.bindings.push({ ...EMPTY_BINDING, value, how: 'initialised', target: name, inFunction, line });
      }
    }
  }

  /** `(struct s){ ... }` */
  #literal(start: number, end: number): void {
    const { clean } = this.#source;
    const brace = findOutside(clean, start, end, OPEN_BRACE);
    const close = clean.lastIndexOf(')', brace);
    if (brace > 0 && close > start) {
      const type = parseDeclaration(clean, start + 1, close);
      const shape = type.declarators[0]?.type ?? type.base;
      new InitialiserReader(this.#source, this.#facts, this.#scope.name).read(brace, shape, '');
    }
  }

  #case(start: number, end: number): void {
    const label = fold(this.#source.clean.slice(start, end));
    this.#facts.cases.push({ label, inFunction: this.#scope.name, line: this.#source.lineAt(start) });
  }
}
