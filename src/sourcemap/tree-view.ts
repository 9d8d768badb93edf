import { type Line, line } from '../base/brand.ts';
import type { CallFact, MacroFact } from '../indexer/facts.ts';
import type { CallRef, FunctionRef, Place } from '../indexer/link-types.ts';
import type { Links } from '../indexer/links.ts';
import type { Evidence, EvidenceRole, TreeRole } from './map-types.ts';

/** A macro definition and the file it stands in. */
export interface MacroRef {
  readonly file: string;
  readonly fact: MacroFact;
}

/** Lines of a file: a function, a macro, or the whole of it. */
export interface Lines {
  readonly file: string;
  readonly fact: { readonly line: Line; readonly endLine: Line };
}

/** What the provers ask of one tree: the indexer's links, and the text itself where an instruction must be shown. */
export class TreeView {
  readonly role: TreeRole;
  readonly links: Links;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #lines = new Map<string, readonly string[]>();
  #calls: Map<string, CallRef[]> | undefined;
  #macros: Map<string, MacroRef[]> | undefined;

  constructor(role: TreeRole, links: Links, texts: ReadonlyMap<string, string>) {
    this.role = role;
    this.links = links;
    this.#texts = texts;
  }

  /** Paths of the files that were read. */
  files(): Iterable<string> {
    return this.#texts.keys();
  }

  /** A line as it is written, `''` past the end or in a file that was not read. */
  lineText(file: string, at: number): string {
    return this.#linesOf(file)[at - 1] ?? '';
  }

  /** Lines of a file that was read. */
  lineCount(file: string): number {
    return this.#linesOf(file).length;
  }

  /** The lines of a function or macro with their numbers, head included. */
  *bodyOf(fn: Lines): Iterable<{ readonly line: Line; readonly text: string }> {
    for (let at = Number(fn.fact.line); at <= fn.fact.endLine; at++) {
      yield { line: line(at), text: this.lineText(fn.file, at) };
    }
  }

  /** The first of these lines that matches. */
  lineIn(fn: Lines, pattern: RegExp): { readonly line: Line; readonly text: string } | undefined {
    for (const row of this.bodyOf(fn)) {
      if (pattern.test(row.text)) {
        return row;
      }
    }
    return undefined;
  }

  /** The lines of a macro's definition, continuation lines included. */
  macroBody(macro: MacroRef): Lines {
    let end = Number(macro.fact.line);
    while (/\\\s*$/.test(this.lineText(macro.file, end))) {
      end++;
    }
    return { file: macro.file, fact: { line: macro.fact.line, endLine: line(end) } };
  }

  /** The macro whose invocation makes a function: `BUILDIO` of `outw`. Undefined for a function written out. */
  makerOf(fn: FunctionRef): string | undefined {
    const head = this.lineText(fn.file, fn.fact.line);
    return fn.fact.origin === 'macro' ? /^\s*(\w+)\s*\(/.exec(head)?.[1] : undefined;
  }

  /** Every call of this name in the files that were read, macro invocations at file scope too. */
  callsNamed(name: string): readonly CallRef[] {
    this.#calls ??= this.#index((path) => this.links.file(path)?.calls ?? []);
    return this.#calls.get(name) ?? [];
  }

  /** Every `#define` and enumerator of this name. */
  macrosNamed(name: string): readonly MacroRef[] {
    this.#macros ??= this.#index((path) => this.links.file(path)?.macros ?? []);
    return this.#macros.get(name) ?? [];
  }

  /** The function in which a call stands; undefined at file scope. */
  functionOf(call: CallRef): FunctionRef | undefined {
    return this.links.functionAt(call.file, call.fact.line);
  }

  /** Evidence for a place in this tree. */
  evidence(place: Place, role: EvidenceRole, shows: string): Evidence {
    return { tree: this.role, file: place.file, line: place.line, role, shows };
  }

  /** Evidence that a call shows. */
  callEvidence(call: { readonly file: string; readonly fact: CallFact }): Evidence {
    return this.evidence({ file: call.file, line: call.fact.line }, 'call', call.fact.name);
  }

  #linesOf(file: string): readonly string[] {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = (this.#texts.get(file) ?? '').split('\n');
      this.#lines.set(file, lines);
    }
    return lines;
  }

  #index<F extends { readonly name: string }>(facts: (path: string) => readonly F[]): Map<string, NamedFact<F>[]> {
    const index = new Map<string, NamedFact<F>[]>();
    for (const file of this.files()) {
      for (const fact of facts(file)) {
        const same = index.get(fact.name);
        if (same) {
          same.push({ file, fact });
        } else {
          index.set(fact.name, [{ file, fact }]);
        }
      }
    }
    return index;
  }
}

interface NamedFact<F> {
  readonly file: string;
  readonly fact: F;
}
