import type * as vscode from 'vscode';
import { readTextLine, type TextLine } from '../../export/read-text.ts';
import type { Program } from '../../trace/kinds.ts';

/** Longest line that is read: a line of a run has some 400 characters, a torn or foreign file may have any number. */
const LONGEST = 4000;

/** A document of the language `vtrace`, read once for each of its versions. */
export class TraceText {
  readonly lines: readonly TextLine[];
  readonly #programs: readonly Program[];

  private constructor(lines: readonly TextLine[]) {
    this.lines = lines;
    const programs: Program[] = [];
    let program: Program = 'guest-user';
    for (const { is } of lines) {
      program = is.kind === 'heading' ? is.program : program;
      programs.push(program);
    }
    this.#programs = programs;
  }

  /** The document as it stands now. */
  static of(document: vscode.TextDocument): TraceText {
    const known = read.get(document);
    if (known?.version === document.version) {
      return known.text;
    }
    const lines = Array.from({ length: document.lineCount }, (_, at) =>
      readTextLine(document.lineAt(at).text.slice(0, LONGEST)),
    );
    const text = new TraceText(lines);
    read.set(document, { version: document.version, text });
    return text;
  }

  /** The program whose context runs at a line. */
  programAt(line: number): Program {
    return this.#programs[line] ?? 'guest-user';
  }
}

const read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly text: TraceText }>();

/** A whole line of a document. */
export const lineRange = (document: vscode.TextDocument, line: number): vscode.Range => document.lineAt(line).range;
