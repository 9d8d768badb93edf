import type { Line } from '../base/brand.ts';

/**
 * What the indexer reads out of one C file: plain data, cacheable by content hash, independent of every other file.
 * It knows C only; which macros are annotations or registrars is handed in as a `Dialect` (see `dialect.ts`).
 */
export interface FileFacts {
  /** Path relative to the tree, with forward slashes. */
  readonly path: string;
  readonly functions: readonly FunctionFact[];
  readonly calls: readonly CallFact[];
  readonly bindings: readonly BindingFact[];
  readonly macros: readonly MacroFact[];
  readonly cases: readonly CaseFact[];
  readonly structs: readonly StructFact[];
  readonly variables: readonly VariableFact[];
  readonly typedefs: readonly TypedefFact[];
  /** Files named by `#include`, as written between the quotes or angle brackets. */
  readonly includes: readonly string[];
  /** Where the parse still failed after masking: one line for each error node, in order. */
  readonly errorLines: readonly Line[];
}

/** A function definition, also one that a macro makes (`ENTRY3(write)`), or an assembler label. */
export interface FunctionFact {
  /** Spelled as people name it: `do_write`, `ENTRY3(write)` (a macro made it), `outw` (the name that a macro of the file made). */
  readonly name: string;
  readonly line: Line;
  readonly endLine: Line;
  readonly isStatic: boolean;
  readonly origin: 'function' | 'macro' | 'function-like-macro' | 'label';
  readonly params: readonly ParamFact[];
  /** Type text of the result without storage words, `''` where unknown. */
  readonly returns: string;
}

/** A parameter: its name (may be empty) and its type text (`struct port *`). */
export interface ParamFact {
  readonly name: string;
  readonly type: string;
}

/** A call expression `callee(args)` inside a function or a function-like macro. */
export interface CallFact {
  /** The called expression as written, white space folded: `q->notify`, `(*ops->open)`, `do_write`. */
  readonly callee: string;
  /** Last name in the called expression: `notify`, `open`, `do_write`. */
  readonly name: string;
  /** True where the callee is no plain identifier, or an identifier that is a local variable or parameter. */
  readonly indirect: boolean;
  /** Arguments as written, white space folded. */
  readonly args: readonly string[];
  /** Name of the enclosing function as in `FunctionFact.name`, `''` at file scope (a macro invocation). */
  readonly inFunction: string;
  readonly line: Line;
}

/** A place that puts a function (or something that may be one) where a pointer is kept. */
export interface BindingFact {
  /**
   * What is bound: the right-hand name (`notify_tx`), each arm of a ternary on its own; or the path to another pointer
   * that is copied (`src->notify`).
   */
  readonly value: string;
  readonly how:
    | 'assignment' // x->m = f
    | 'designated' // .m = f
    | 'positional' // { f, g }: member order of `struct`
    | 'array-designated' // [X] = {.handler = f} or [X] = f
    | 'argument' // register(..., f, ...)
    | 'initialised' // type *p = f
    | 'macro-argument'; // DECLARE_WORK(w, f)
  /**
   * Member, variable or array element that receives it: `notify`, `intr_handler`, `dispatch_table`. `#2` is the third
   * member of a struct that is not declared in this file.
   */
  readonly target: string;
  /**
   * Receiver as written (`console->queues[i]`); in an initialiser the object whose member is bound (`table[X]`,
   * `driver.ops`). `''` for plain variables and arrays of pointers.
   */
  readonly receiver: string;
  /** Struct whose member it is, where the initialiser's or receiver's type is visible in this file, else `''`. */
  readonly struct: string;
  /** Array designator text (`REASON_IO`), else the position or index in the array, or `''`. */
  readonly index: string;
  /**
   * For arguments: the function or macro called, and the 0-based place of the argument. In a positional initialiser
   * `argument` is the 0-based position. Else `''` and -1.
   */
  readonly callee: string;
  readonly argument: number;
  readonly inFunction: string;
  readonly line: Line;
}

/** `#define NAME body` or `#define NAME(params) body`; enumerators too (`params` undefined, body the value text or `''`). */
export interface MacroFact {
  readonly name: string;
  readonly params: readonly string[] | undefined;
  readonly body: string;
  readonly line: Line;
}

/** `case LABEL:` */
export interface CaseFact {
  readonly label: string;
  readonly inFunction: string;
  readonly line: Line;
}

/**
 * A struct or union with its members in order; members of an unnamed inner struct or union stand in place of it.
 * Without a tag the name is made from what it declares: `typedef struct {} t` is `t`, the type of `static struct {} v`
 * is `@v`, that of a named member `in` of `struct s` is `s@in`.
 */
export interface StructFact {
  readonly name: string;
  readonly line: Line;
  readonly members: readonly MemberFact[];
}

/** A member; `isFunctionPointer` is true for `void (*f)(int)` and for members of a typedef'd function-pointer type seen in this file. */
export interface MemberFact {
  readonly name: string;
  readonly type: string;
  readonly isFunctionPointer: boolean;
  readonly line: Line;
}

/**
 * A variable with its type text: file scope (`inFunction` `''`) or local. An array's type ends in `[]` per dimension
 * (`const struct ops *[]`). Locals of a plain arithmetic type are left out: no pointer can be read through them.
 */
export interface VariableFact {
  readonly name: string;
  readonly type: string;
  readonly inFunction: string;
  readonly line: Line;
}

/** `typedef TYPE name` */
export interface TypedefFact {
  readonly name: string;
  readonly type: string;
  readonly isFunctionPointer: boolean;
  readonly line: Line;
}
