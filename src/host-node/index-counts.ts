import type { FileFacts, FunctionFact } from '../indexer/facts.ts';

/** What was found, as numbers. `bytes` is the size of the files as they stand on disk. */
export interface IndexCounts {
  readonly files: number;
  readonly bytes: number;
  readonly filesWithErrors: number;
  readonly errorNodes: number;
  readonly functions: number;
  readonly calls: number;
  readonly indirectCalls: number;
  readonly bindings: number;
}

/** One function definition. */
export interface FunctionRow {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly static: boolean;
  /** `function` as C has it, `macro`: a macro's invocation makes it, `label`: of an assembler file. */
  readonly origin: FunctionFact['origin'];
}

/** Nothing found yet. */
export const NO_COUNTS: IndexCounts = {
  files: 0,
  bytes: 0,
  filesWithErrors: 0,
  errorNodes: 0,
  functions: 0,
  calls: 0,
  indirectCalls: 0,
  bindings: 0,
};

/** Functions of a file; macros with arguments are none, they are called but define nothing. */
export const functionsOf = (facts: FileFacts): FunctionFact[] =>
  facts.functions.filter((one) => one.origin !== 'function-like-macro');

/** Functions of a file as rows. */
export const functionRows = (facts: FileFacts): FunctionRow[] =>
  functionsOf(facts).map(({ name, line, isStatic, origin }) => ({
    name,
    file: facts.path,
    line,
    static: isStatic,
    origin,
  }));

/** The numbers of one file. */
export function countsOf(facts: FileFacts, bytes: number): IndexCounts {
  return {
    files: 1,
    bytes,
    filesWithErrors: facts.errorLines.length === 0 ? 0 : 1,
    errorNodes: facts.errorLines.length,
    functions: functionsOf(facts).length,
    calls: facts.calls.length,
    indirectCalls: facts.calls.filter((call) => call.indirect).length,
    bindings: facts.bindings.length,
  };
}

/** Both together. */
export function addCounts(a: IndexCounts, b: IndexCounts): IndexCounts {
  return {
    files: a.files + b.files,
    bytes: a.bytes + b.bytes,
    filesWithErrors: a.filesWithErrors + b.filesWithErrors,
    errorNodes: a.errorNodes + b.errorNodes,
    functions: a.functions + b.functions,
    calls: a.calls + b.calls,
    indirectCalls: a.indirectCalls + b.indirectCalls,
    bindings: a.bindings + b.bindings,
  };
}
