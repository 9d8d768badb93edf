import * as vscode from 'vscode';
import type { PointerCall } from '../../sourcemap/intel/file-intel.ts';
import { CONSTANTS } from '../../texts/constants.ts';
import type { CDocument } from './c-document.ts';
import type { CDocuments } from './c-documents.ts';
import { C_FILES, type IntelHost } from './intel-host.ts';
import { constantHoverText, hoverOf, pointerHoverText } from './pointer-hover-text.ts';
import { stageHoverText } from './stage-hover-text.ts';

/** Hovers over stages, calls through pointers, and constants of a boundary. */
export class Hovers implements vscode.HoverProvider {
  readonly #host: IntelHost;
  readonly #documents: CDocuments;

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#documents = documents;
  }

  /** Registers the hovers. */
  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider(C_FILES, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position, WORD);
    const one = range === undefined ? undefined : await this.#documents.of(document);
    if (range === undefined || one === undefined) {
      return undefined;
    }
    try {
      return await this.#hover(one, document.getText(range), range, token);
    } catch (reason) {
      this.#host.failed(reason);
      return undefined;
    }
  }

  async #hover(
    one: CDocument,
    word: string,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { texts, app } = this.#host;
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) {
      const folders = await this.#host.folders(one.known);
      const also = [...(constant.also ?? [])];
      const sides = await this.#host.ask('constant', { name: word, also, folders }, token);
      return hoverOf(constantHoverText(this.#host, word, constant, sides, folders), range);
    }
    await one.read();
    const call = pointerCallAt(one, range.start.line, word);
    if (call !== undefined) {
      return this.#pointer(one, call, range, token);
    }
    const { kind, path } = one.known;
    const here = range.start.line + 1;
    const mark = one.intel?.stages.find(
      ({ name, line }) => name === word || (name.split(/\W+/).includes(word) && one.lineNow(line) === here),
    );
    const hover = await this.#host.ask('stage', { kind, path, name: nameOf(mark?.stage) ?? word }, token);
    return hover === undefined ? undefined : hoverOf(stageHoverText(hover, texts, app.language), range);
  }

  async #pointer(
    one: CDocument,
    call: PointerCall,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const folders = await this.#host.folders(one.known);
    const query = `${one.known.path}:${call.line}`;
    const answer = await this.#host.ask('query', { which: 'callees', query, folders, workspace: [] }, token);
    return answer.ok ? hoverOf(pointerHoverText(this.#host, call.expr, answer.value, folders), range) : undefined;
  }
}

/** A C name, also one that a macro makes: `SYSCALL_DEFINE3` alone is none. */
export const WORD = /[A-Za-z_]\w*/;

/** The function of a stage's id. */
const nameOf = (stage: string | undefined): string | undefined => stage?.slice(stage.indexOf('#') + 1);

/** The call through a pointer whose last name stands at a line (0-based) of a text that was just read. */
export function pointerCallAt(one: CDocument, row: number, word: string): PointerCall | undefined {
  return one.intel?.pointerCalls.find((call) => call.name === word && one.lineNow(call.line) === row + 1);
}
