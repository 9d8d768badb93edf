import { lineOfRow } from '../base/brand.ts';
import type { Dialect } from './dialect.ts';
import type { ParseEngine, Syntax } from './engine.ts';
import { readAssembler } from './extract/assembler.ts';
import { addCall } from './extract/calls.ts';
import { LineTable } from './extract/lines.ts';
import { bodyText, layOutBodies, readDefines, segmentAt } from './extract/macros.ts';
import { readMadeFunctions } from './extract/made.ts';
import { FactReader } from './extract/reader.ts';
import { FunctionScope, fileScope } from './extract/scope.ts';
import { type FactsBuilder, type FactText, finishFacts, newFacts } from './extract/source.ts';
import type { FileFacts } from './facts.ts';
import { endOfWord } from './mask/chars.ts';
import type { ParserText } from './mask/parser-text.ts';
import { type MaskedText, maskFile, maskMacroBodies } from './mask.ts';

/** Longest text that is parsed, in UTF-16 units: no hand-written C comes near it, a generated table may. */
export const MAX_TEXT = 32 * 1024 * 1024;

/** A header of nothing but macros: the parser would read megabytes of spaces. */
const NOTHING: Syntax = { marks: [], errors: [] };

/**
 * Reads the facts out of one file: C, or assembler where the path ends in `.S` or `.s`. Never throws on bad text. Of a
 * text longer than `MAX_TEXT` nothing is read but that its first line is in error.
 */
export function indexText(path: string, text: string, engine: ParseEngine, dialect: Dialect): FileFacts {
  if (/\.[sS]$/.test(path)) {
    return readAssembler(path, text, dialect);
  }
  const facts = newFacts(path);
  if (text.length > MAX_TEXT) {
    facts.errorLines.push(lineOfRow(0));
    return finishFacts(facts);
  }
  const masked = maskFile(text, dialect);
  const lines = new LineTable(text);
  const source: FactText = { clean: masked.clean, lineAt: (offset) => lines.lineAt(offset) };
  const syntax = syntaxOf(masked.parsed, engine);
  facts.includes.push(...masked.includes);
  readDefines(text, lines, masked.defines, facts);
  new FactReader(source, facts, masked.made, undefined).read(syntax.marks);
  readInvocations(source, facts, masked);
  readMadeFunctions(text, lines, masked.defines, masked.invocations, facts);
  readMacroBodies(masked, lines, facts, engine, dialect);
  for (const offset of syntax.errors) {
    facts.errorLines.push(lines.lineAt(offset));
  }
  return finishFacts(facts);
}

/** What the parser found, at the offsets of the file. A text of nothing but macros is not parsed. */
function syntaxOf({ text, offsets }: ParserText, engine: ParseEngine): Syntax {
  const { marks, errors } = text === '' ? NOTHING : engine.parse(text);
  const place = (at: number): number => offsets[at] ?? 0;
  return {
    marks: marks.map(({ kind, start, end }) => ({ kind, start: place(start), end: place(end - 1) + 1 })),
    errors: errors.map(place),
  };
}

/** Macros invoked at file scope are calls from nowhere. */
function readInvocations(source: FactText, facts: FactsBuilder, masked: MaskedText): void {
  const original: FactText = { clean: masked.original, lineAt: source.lineAt };
  for (const { at, open, close } of masked.invocations) {
    const name = masked.original.slice(at, endOfWord(masked.original, at));
    addCall(original, facts, fileScope, { callee: name, name, indirect: false, at, open, end: close });
  }
}

/** Calls and bindings inside macro bodies, which the parser sees as functions of their own. */
function readMacroBodies(
  masked: MaskedText,
  lines: LineTable,
  facts: FactsBuilder,
  engine: ParseEngine,
  dialect: Dialect,
): void {
  const { text, segments } = layOutBodies(masked.original, masked.defines);
  if (segments.length === 0) {
    return;
  }
  const bodies = maskMacroBodies(text, dialect);
  const scopes = new Map(segments.map((s) => [s, new FunctionScope(s.name, s.end, s.params)]));
  const macroAt = (offset: number): FunctionScope => {
    const segment = segmentAt(segments, offset);
    return (segment && scopes.get(segment)) ?? fileScope;
  };
  const { marks } = syntaxOf(bodies.parsed, engine);
  const inCode = marks.filter((mark) => mark.kind !== 'record' && mark.kind !== 'enum');
  new FactReader(bodyText(bodies.clean, segments, lines), facts, new Map(), macroAt).read(inCode);
}
