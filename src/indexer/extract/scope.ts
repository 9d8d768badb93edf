import type { ParamFact } from '../facts.ts';

/** Types through which no function can be reached. */
const ARITHMETIC =
  /^(?:(?:const|volatile|unsigned|signed|long|short|int|char|bool|_Bool|float|double)\s?)+$|^(?:const )?(?:u?int(?:ptr|max|\d+)?_t|s?size_t|[us]\d{1,2}|__[usbl]e?\d{1,2}|off_t|time_t|enum\b.*)$/;

/** True for a plain number type: no pointer is read through it and no function is kept in it. */
export const isArithmetic = (type: string): boolean => ARITHMETIC.test(type);

/** Names declared in the function being read. */
export class FunctionScope {
  readonly name: string;
  readonly end: number;
  readonly #pointers = new Set<string>();
  readonly #numbers = new Set<string>();

  constructor(name: string, end: number, params: readonly ParamFact[]) {
    this.name = name;
    this.end = end;
    for (const param of params) {
      this.declare(param.name, param.type);
    }
  }

  declare(name: string, type: string): void {
    (isArithmetic(type) ? this.#numbers : this.#pointers).add(name);
  }

  /** True for a parameter or local variable. */
  has(name: string): boolean {
    return this.#pointers.has(name) || this.#numbers.has(name);
  }

  /** True for a parameter or local variable of a plain number type. */
  isNumber(name: string): boolean {
    return this.#numbers.has(name);
  }
}

/** Outside every function. */
export const fileScope = new FunctionScope('', Number.POSITIVE_INFINITY, []);
