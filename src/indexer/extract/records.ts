import type { MemberFact, StructFact } from '../facts.ts';
import { COMMA, endOfWord, SEMICOLON, skipBlank } from '../mask/chars.ts';
import { type Declaration, type Declarator, parseDeclaration, type SpecifierBody } from './declaration.ts';
import type { FactsBuilder, FactText } from './source.ts';
import { fold, splitRange } from './text.ts';
import { findOutside } from './values.ts';

/** Reads the struct or union with its body at `start`..`end`, where it has a tag. */
export function readRecord(source: FactText, facts: FactsBuilder, start: number, end: number): void {
  const { body } = parseDeclaration(source.clean, start, end);
  if (body !== undefined && body.tag !== '') {
    addRecord(source, facts, body.tag, start, body);
  }
}

/**
 * The type text of a declared thing; where its struct has a body and no tag the struct is read and named after it.
 * Only the first of several declared names names it.
 */
export function typeOfDeclared(
  source: FactText,
  facts: FactsBuilder,
  declaration: Declaration,
  declarator: Declarator,
  name: string,
): string {
  const { body } = declaration;
  if (body === undefined || body.tag !== '' || body.keyword === 'enum') {
    return declarator.type;
  }
  if (!facts.structsByName.has(name)) {
    addRecord(source, facts, name, body.start, body);
  }
  return declarator.type.replace(/\b(struct|union)\b/, `$1 ${name}`);
}

function addRecord(source: FactText, facts: FactsBuilder, name: string, at: number, body: SpecifierBody): void {
  const members: MemberFact[] = [];
  const struct: StructFact = { name, line: source.lineAt(at), members };
  facts.structs.push(struct);
  facts.structsByName.set(name, struct);
  readMembers(source, facts, name, body, members);
}

function readMembers(
  source: FactText,
  facts: FactsBuilder,
  name: string,
  body: SpecifierBody,
  members: MemberFact[],
): void {
  splitRange(source.clean, body.start + 1, body.end - 1, SEMICOLON, (start, end) => {
    const declaration = parseDeclaration(source.clean, start, end);
    const inner = declaration.body;
    if (inner !== undefined && declaration.declarators.length === 0 && inner.keyword !== 'enum') {
      readMembers(source, facts, name, inner, members);
    }
    for (const declarator of declaration.declarators) {
      if (declarator.name !== '' && !declarator.isFunction) {
        members.push(member(source, facts, name, declaration, declarator));
      }
    }
  });
}

function member(
  source: FactText,
  facts: FactsBuilder,
  struct: string,
  declaration: Declaration,
  declarator: Declarator,
): MemberFact {
  const type = typeOfDeclared(source, facts, declaration, declarator, `${struct}@${declarator.name}`);
  const isFunctionPointer =
    declarator.isFunctionPointer || facts.functionTypes.has(type.replace(/[\s*[\]]|const/g, ''));
  return { name: declarator.name, type, isFunctionPointer, line: source.lineAt(declarator.at) };
}

/** Reads the names of an enum with its body at `start`..`end`: each is a constant, as a macro without arguments is. */
export function readEnum(source: FactText, facts: FactsBuilder, start: number, end: number): void {
  const open = source.clean.indexOf('{', start);
  if (open < 0 || open >= end) {
    return;
  }
  splitRange(source.clean, open + 1, end - 1, COMMA, (from, to) => {
    const at = skipBlank(source.clean, from);
    const name = source.clean.slice(at, Math.min(endOfWord(source.clean, at), to));
    if (name !== '') {
      const equals = findOutside(source.clean, at, to, 61);
      const body = equals < 0 ? '' : fold(source.clean.slice(equals + 1, to));
      facts.macros.push({ name, params: undefined, body, line: source.lineAt(at) });
    }
  });
}

/** Reads the typedef at `start`..`end`. */
export function readTypedef(source: FactText, facts: FactsBuilder, start: number, end: number): void {
  const declaration = parseDeclaration(source.clean, start, end);
  for (const declarator of declaration.declarators) {
    const { name } = declarator;
    if (name === '') {
      continue;
    }
    const isFunctionPointer = declarator.isFunctionPointer || declarator.isFunction;
    if (isFunctionPointer) {
      facts.functionTypes.add(name);
    }
    const first = declaration.declarators[0]?.name ?? name;
    const type = typeOfDeclared(source, facts, declaration, declarator, first);
    facts.typedefs.push({ name, type, isFunctionPointer, line: source.lineAt(declarator.at) });
  }
}
