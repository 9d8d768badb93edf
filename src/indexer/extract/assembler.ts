import { line } from '../../base/brand.ts';
import { type Dialect, plainC } from '../dialect.ts';
import type { FileFacts } from '../facts.ts';
import { type FactsBuilder, finishFacts, newFacts } from './source.ts';

const LABEL = /^\s*([A-Za-z_][\w.$]*)\s*:/;
const INVOKED = /^\s*(\w+)\s*\(\s*(\w+)/;
const CALL = /^\s*(?:[A-Za-z_][\w.$]*:\s*)?(?:call|callq|jmp|jmpq|j[a-z]{1,3})\s+([A-Za-z_]\w*)\b/;
const INCLUDE = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/;

/**
 * What an assembler file tells: its labels are functions that reach to the next label, a call or jump to a name is a
 * call. Local labels (`1:`, `.Lx:`) are none.
 */
export function readAssembler(path: string, text: string, dialect: Dialect = plainC): FileFacts {
  const facts = newFacts(path);
  const macros = new Set(dialect.labelMacros.map((macro) => macro.name));
  const rows = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).split('\n');
  let open: { readonly name: string; readonly row: number } | undefined;
  const close = (row: number): void => {
    if (open !== undefined) {
      addLabel(facts, open.name, open.row, row);
    }
  };
  rows.forEach((row, at) => {
    const include = INCLUDE.exec(row)?.[1];
    if (include !== undefined) {
      facts.includes.push(include);
    }
    const invoked = INVOKED.exec(row);
    const name = LABEL.exec(row)?.[1] ?? (macros.has(invoked?.[1] ?? '') ? invoked?.[2] : undefined);
    if (name !== undefined) {
      close(at);
      open = { name, row: at + 1 };
    }
    readCallRow(facts, row, at + 1, open?.name ?? '');
  });
  close(rows.length);
  return finishFacts(facts);
}

function addLabel(facts: FactsBuilder, name: string, row: number, last: number): void {
  facts.functions.push({
    name,
    line: line(row),
    endLine: line(last),
    isStatic: false,
    origin: 'label',
    params: [],
    returns: '',
  });
}

function readCallRow(facts: FactsBuilder, row: string, at: number, inFunction: string): void {
  const name = CALL.exec(row)?.[1];
  if (name !== undefined) {
    facts.calls.push({ callee: name, name, indirect: false, args: [], inFunction, line: line(at) });
  }
}
