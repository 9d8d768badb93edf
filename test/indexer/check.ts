import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import type { BindingFact, CallFact, FileFacts } from '../../src/indexer/facts.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import { Links } from '../../src/indexer/links.ts';
import { testDialect } from './test-dialect.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures');

/** Statement kinds that a mark speaks of; what is not marked of these kinds is an error too. */
const MARK = /\/\*= (.*?) \*\//g;

/** Text of a fixture. */
export const fixture = (file: string): string => readFileSync(path.join(FOLDER, file), 'utf8');

/**
 * Reads the fixtures as one tree and compares what was found with the marks beside the code: a mark `= fn f` says that
 * a function is defined there, `= bind target <- value` that this is stored there, `= call callee -> f, possible g` (or
 * the reason why nothing is known) what a call through a pointer or a runner reaches, `= direct f -> file` where a call
 * by name goes, `= case label`, `= error`. Every function, every binding of a name that is a function or a parameter,
 * and every such call must be marked.
 */
export function check(engine: ParseEngine, files: readonly string[]): void {
  const facts = files.map((file) => indexText(file, fixture(file), engine, testDialect));
  const links = new Links(facts, testDialect);
  for (const file of facts) {
    expect({ file: file.path, found: found(file, links) }).toEqual({ file: file.path, found: expected(file.path) });
  }
}

function expected(file: string): string[] {
  const marks: string[] = [];
  fixture(file)
    .split('\n')
    .forEach((row, at) => {
      for (const mark of row.matchAll(MARK)) {
        marks.push(...(mark[1] ?? '').split('; ').map((text) => `${at + 1} ${sortedTargets(text)}`));
      }
    });
  return marks.toSorted();
}

/** The order in which a mark lists targets says nothing. */
function sortedTargets(text: string): string {
  const [head = '', targets] = text.split(' -> ');
  return targets === undefined ? text : `${head} -> ${targets.split(', ').toSorted().join(', ')}`;
}

function found(file: FileFacts, links: Links): string[] {
  const all = [
    ...file.functions.map((f) => `${f.line} fn ${f.name}`),
    ...file.cases.map((c) => `${c.line} case ${c.label}`),
    ...file.errorLines.map((line) => `${line} error`),
    ...file.bindings.filter((b) => isMarked(b, file, links)).map((b) => `${b.line} bind ${targetOf(b)} <- ${b.value}`),
    ...file.calls.flatMap((call) => callMarks(file, call, links)),
  ];
  return [...new Set(all)].toSorted();
}

/** Bindings of data (a struct's address, a number) are found too; marks speak of what may hold a function. */
function isMarked(binding: BindingFact, file: FileFacts, links: Links): boolean {
  const { value, inFunction, callee } = binding;
  const fn = file.functions.find((f) => f.name === inFunction);
  const isPath = /->|\./.test(value);
  const isKnown = links.functionsNamed(value).length > 0 || fn?.params.some((p) => p.name === value) === true;
  const hasMark = fixture(file.path)
    .split('\n')
    [binding.line - 1]?.includes(`bind ${targetOf(binding)} <- ${value}`);
  return hasMark === true || (callee === '' ? isPath || isKnown : links.functionsNamed(value).length > 0);
}

function targetOf({ target, index, callee, argument }: BindingFact): string {
  return callee === '' ? `${target}${index === '' ? '' : `[${index}]`}` : `${callee}(${argument})`;
}

function callMarks(file: FileFacts, call: CallFact, links: Links): string[] {
  const { targets, reason } = links.targetsOf({ file: file.path, fact: call });
  const row = fixture(file.path).split('\n')[call.line - 1] ?? '';
  const through = targets.filter((t) => t.how !== 'direct');
  if (row.includes(`direct ${call.callee} ->`)) {
    const places = targets
      .map((t) => t.function.file)
      .toSorted()
      .join(', ');
    return [`${call.line} direct ${call.callee} -> ${reason ?? places}`];
  }
  if (!call.indirect && through.length === 0) {
    return [];
  }
  const names = through.map((t) => `${t.confidence === 'possible' ? 'possible ' : ''}${t.function.fact.name}`);
  return [`${call.line} call ${call.callee} -> ${reason ?? names.toSorted().join(', ')}`];
}
