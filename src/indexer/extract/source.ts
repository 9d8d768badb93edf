import type { Line } from '../../base/brand.ts';
import type { BindingFact, FileFacts, StructFact } from '../facts.ts';

/** A clean text to read facts from, and how its offsets lead back to the file. */
export interface FactText {
  /** As `MaskedText.clean`. */
  readonly clean: string;
  lineAt(offset: number): Line;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Facts of one file while they are gathered. */
export type FactsBuilder = Mutable<FileFacts> & {
  /** Structs of this file by name, for the order of their members. */
  readonly structsByName: Map<string, StructFact>;
  /** Typedef names of this file that stand for function pointers. */
  readonly functionTypes: Set<string>;
};

/** A file in which nothing was found. */
export function noFacts(path: string): Mutable<FileFacts> {
  return {
    path,
    functions: [],
    calls: [],
    bindings: [],
    macros: [],
    cases: [],
    structs: [],
    variables: [],
    typedefs: [],
    includes: [],
    errorLines: [],
  };
}

/** An empty builder. */
export const newFacts = (path: string): FactsBuilder => ({
  ...noFacts(path),
  structsByName: new Map(),
  functionTypes: new Set(),
});

/** Nothing known yet but the value: every other field of a binding at its empty value. */
export const EMPTY_BINDING: Omit<BindingFact, 'how' | 'line'> = {
  value: '',
  target: '',
  receiver: '',
  struct: '',
  index: '',
  callee: '',
  argument: -1,
  inFunction: '',
};

/** The facts, without what only the building needed. */
export function finishFacts(facts: FactsBuilder): FileFacts {
  const { structsByName: _structs, functionTypes: _types, ...rest } = facts;
  return rest;
}
