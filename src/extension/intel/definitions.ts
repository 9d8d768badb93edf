import * as vscode from 'vscode';
import { pointerText } from '../../sourcemap/intel/lens-model.ts';
import type { QueryAnswer } from '../../sourcemap/query/query-types.ts';
import type { CDocument } from './c-document.ts';
import type { CDocuments } from './c-documents.ts';
import { pointerCallAt, WORD } from './hovers.ts';
import { C_FILES, type IntelHost } from './intel-host.ts';

/**
 * "Go to definition" and "Go to references" for what other C tools leave open: calls through pointers and boundaries. A
 * call by name is left to them.
 */
export class PointerDefinitions implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  readonly #host: IntelHost;
  readonly #documents: CDocuments;

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#documents = documents;
  }

  /** Registers both. */
  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.languages.registerDefinitionProvider(C_FILES, this),
      vscode.languages.registerReferenceProvider(C_FILES, this),
    );
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const asked = await this.#asked(document, position);
    const leaving = asked && leavingAt(asked.one, position.line, asked.word);
    if (asked === undefined || leaving === undefined) {
      return [];
    }
    const { one } = asked;
    const answer = await this.#answer(one, 'callees', `${one.known.path}:${leaving.line}`, token);
    const folders = await this.#host.folders(one.known);
    const edges = (answer?.result ?? []).filter(
      (edge) => edge.via !== undefined && (leaving.expr === '' || pointerText(edge.via) === pointerText(leaving.expr)),
    );
    return edges.map((edge) => this.#host.locationOf(edge, folders));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    _context: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const asked = await this.#asked(document, position);
    if (asked === undefined) {
      return [];
    }
    const { one, word } = asked;
    const here = one.intel?.functions.find(
      (mark) => mark.name === word && one.lineNow(mark.line) === position.line + 1,
    );
    const query = here === undefined ? word : `${one.known.path}:${here.line}`;
    const answer = await this.#answer(one, 'callers', query, token);
    const folders = await this.#host.folders(one.known);
    const lines = (answer?.result ?? []).flatMap((edge) => edge.evidence).filter((line) => line.role !== 'number');
    const places = new Map(lines.map((line) => [`${line.tree} ${line.file}:${line.line}`, line]));
    return [...places.values()].map((line) => this.#host.locationOf(line, folders));
  }

  async #asked(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<{ readonly one: CDocument; readonly word: string } | undefined> {
    const range = document.getWordRangeAtPosition(position, WORD);
    const one = range === undefined ? undefined : await this.#documents.of(document);
    await one?.read();
    return one === undefined || range === undefined ? undefined : { one, word: document.getText(range) };
  }

  async #answer(
    one: CDocument,
    which: 'callers' | 'callees',
    query: string,
    token: vscode.CancellationToken,
  ): Promise<QueryAnswer | undefined> {
    try {
      const folders = await this.#host.folders(one.known);
      const answer = await this.#host.ask('query', { which, query, folders, workspace: [] }, token);
      return answer.ok ? answer.value : undefined;
    } catch (reason) {
      this.#host.failed(reason);
      return undefined;
    }
  }
}

/** The call through a pointer or across a boundary at a line (0-based), where the word is its name or what it goes through. */
function leavingAt(
  one: CDocument,
  row: number,
  word: string,
): { readonly line: number; readonly expr: string } | undefined {
  const pointer = pointerCallAt(one, row, word);
  if (pointer !== undefined) {
    return { line: pointer.line, expr: pointer.expr };
  }
  const mark = one.intel?.boundaries.find(
    (call) => one.lineNow(call.line) === row + 1 && (call.calls === word || call.via.includes(word)),
  );
  return mark && { line: mark.line, expr: '' };
}
