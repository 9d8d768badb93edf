import { evaluate, numberOf } from '../evidence/number.ts';
import type { Part, Parts, TreeName } from '../query/parts.ts';

/** Where a constant is defined. */
export interface ConstantDefinition {
  readonly tree: TreeName;
  readonly file: string;
  readonly line: number;
  /** In decimal; undefined where it is not constant. */
  readonly value: string | undefined;
  /** False where the number holds the size of a type that was not read: those bits are not known. */
  readonly sized: boolean;
}

/** A line of code that names a constant. */
export interface ConstantUse {
  readonly tree: TreeName;
  readonly program: Part['name'];
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

/** A constant on every side that knows it. */
export interface ConstantSides {
  readonly definitions: readonly ConstantDefinition[];
  readonly uses: readonly ConstantUse[];
}

/** Uses that one program shows. */
const MOST_USES = 6;

/** Where the parts define and use a constant; `also` are its names on the other side. */
export async function constantSides(name: string, also: readonly string[], parts: Parts): Promise<ConstantSides> {
  const names = [name, ...also];
  const found = new Set<Part>();
  for (const one of names) {
    for (const part of await parts.mentioning(one)) {
      found.add(part);
    }
  }
  const all = [...found];
  const definitions = all.flatMap((part) => names.flatMap((one) => definitionsIn(part, one)));
  const uses = all.flatMap((part) => names.flatMap((one) => usesIn(part, one)).slice(0, MOST_USES));
  return { definitions: distinct(definitions), uses: distinct(uses) };
}

function definitionsIn(part: Part, name: string): readonly ConstantDefinition[] {
  return part.view.macrosNamed(name).map(({ file, fact }) => {
    const known = numberOf(part.view, name);
    const own = known?.macro.fact === fact ? known.constant : evaluate(part.view, fact.body);
    return { tree: part.treeName, file, line: fact.line, value: own?.value.toString(), sized: own?.sized ?? true };
  });
}

/** The first line of each function that names it, and the tables that have an element for it. */
function usesIn(part: Part, name: string): readonly ConstantUse[] {
  const pattern = new RegExp(`\\b${name}\\b`);
  const uses: ConstantUse[] = [];
  const add = (file: string, line: number, inside: string): void => {
    uses.push({ tree: part.treeName, program: part.name, file, line, function: inside });
  };
  for (const [file, text] of part.reading.texts) {
    const facts = text.includes(name) ? part.links.file(file) : undefined;
    for (const fn of facts?.functions ?? []) {
      const line = fn.origin === 'function' ? part.view.lineIn({ file, fact: fn }, pattern) : undefined;
      if (line !== undefined) {
        add(file, line.line, fn.name);
      }
    }
    for (const { receiver, target, index, value, line } of facts?.bindings ?? []) {
      if (pattern.test(`${receiver} ${target} ${index}`)) {
        add(file, line, value);
      }
    }
  }
  return uses;
}

function distinct<T extends { readonly tree: string; readonly file: string; readonly line: number }>(
  all: readonly T[],
): readonly T[] {
  return [...new Map(all.map((one) => [`${one.tree} ${one.file}:${one.line}`, one])).values()];
}
