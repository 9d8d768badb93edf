/**
 * What a code base brings along so that its C can be read: annotations that no C parser knows, macros that make
 * functions, macros that register a handler, folders that are linked into one program. The indexer knows C and
 * nothing else; a dialect is data, made by whoever knows the code base, and handed in.
 */
export interface Dialect {
  /** Shown in messages only. */
  readonly name: string;
  readonly masks: readonly MaskRule[];
  readonly makers: readonly FunctionMaker[];
  readonly registrars: readonly Registrar[];
  readonly runners: readonly Runner[];
  readonly attachers: readonly Attacher[];
  readonly typeMacros: readonly TypeMacro[];
  readonly units: readonly LinkUnit[];
  /** Macros that define a label in an assembler file, by the name in their first argument. */
  readonly labelMacros: readonly LabelMacro[];
  /** Names that are never defined where C is compiled (an assembler's guard): the arm they guard is not C. */
  readonly neverDefined: readonly string[];
}

/**
 * A name that is overwritten before the parse, without moving a byte:
 * `word` blanks the name (`__user`); `call` blanks the name and its bracketed arguments (`__counted_by(n)`);
 * `loop` makes a loop head of it (`list_for_each_entry(...)` becomes `while(...)` of the same length);
 * `arguments` keeps the name and blanks what stands between its brackets; `unwrap` blanks name and brackets and keeps
 * what stands between them; `assembler` is another name of `asm`.
 */
export interface MaskRule {
  readonly name: string;
  readonly form: MaskForm;
  /** Why C cannot be parsed with it. */
  readonly reason: string;
}

/** What a mask does, see `MaskRule`. */
export type MaskForm = 'word' | 'call' | 'loop' | 'arguments' | 'unwrap' | 'assembler';

/**
 * A macro whose invocation, followed by a body, makes a function: `ENTRY3(write, int, fd, ...) {}`.
 */
export interface FunctionMaker {
  readonly name: string;
  /** Place of the argument that names the function, 0-based. */
  readonly nameArgument: number;
  /** `declarations`: each further argument is `type name`; `type-name-pairs`: types and names alternate; `none`. */
  readonly params: 'declarations' | 'type-name-pairs' | 'none';
  readonly reason: string;
}

/**
 * A function or macro that files a handler under an object, to be run when a runner of the same `kind` names that
 * object: `INIT_WORK(&x->work, handler)`, `DECLARE_WORK(work, handler)`.
 */
export interface Registrar {
  readonly name: string;
  readonly kind: string;
  /** Place of the object's argument, 0-based. */
  readonly object: number;
  /** Place of the handler's argument, 0-based. */
  readonly handler: number;
  readonly reason: string;
}

/**
 * A function or macro that makes the handlers of an object run: those registered under it, and those of the entries
 * attached to it.
 */
export interface Runner {
  readonly name: string;
  readonly kind: string;
  /** Place of the object's argument, 0-based. */
  readonly object: number;
  readonly reason: string;
}

/**
 * A function that puts an entry, under which a handler was registered, on an object: a runner that names the object
 * runs the entries' handlers (`add_wait_queue(head, &entry)`).
 */
export interface Attacher {
  readonly name: string;
  readonly kind: string;
  /** Place of the object's argument, 0-based. */
  readonly object: number;
  /** Place of the entry's argument, 0-based. */
  readonly entry: number;
  readonly reason: string;
}

/** A macro whose value is a pointer to the type that one of its arguments names: `container_of(p, struct T, m)`. */
export interface TypeMacro {
  readonly name: string;
  /** Place of the argument that is a type, 0-based. */
  readonly type: number;
  /** What the macro yields: a pointer to that type, or the type itself (`per_cpu` style, `READ_ONCE` style). */
  readonly yields: 'pointer' | 'value';
}

/** A macro of assembler files whose first argument becomes a label: `ENTRY(name)`. */
export interface LabelMacro {
  readonly name: string;
  readonly reason: string;
}

/**
 * Files below one of `prefixes` are linked into one program: the same name in another unit is another thing. A file
 * belongs to the unit with the longest matching prefix; files of a `shared` unit are seen from every unit.
 */
export interface LinkUnit {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly shared: boolean;
}

/** Plain C: masks nothing, knows no registrar, one program. */
export const plainC: Dialect = {
  name: 'C',
  masks: [],
  makers: [],
  registrars: [],
  runners: [],
  attachers: [],
  typeMacros: [],
  units: [],
  labelMacros: [],
  neverDefined: [],
};
