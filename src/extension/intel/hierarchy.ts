import * as vscode from 'vscode';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import type { FunctionPlace, QueryAnswer, QueryEdge } from '../../sourcemap/query/query-types.ts';
import type { CDocument } from './c-document.ts';
import type { CDocuments } from './c-documents.ts';
import { edgeDetail } from './edge-words.ts';
import { pointerCallAt, WORD } from './hovers.ts';
import { C_FILES, type IntelHost } from './intel-host.ts';

/** A row of the call hierarchy, and the trees in which it was found. */
class FunctionItem extends vscode.CallHierarchyItem {
  readonly folders: TreeFolders;
  readonly query: string;

  constructor(detail: string, place: FunctionPlace, uri: vscode.Uri, folders: TreeFolders) {
    const at = new vscode.Range(place.line - 1, 0, place.line - 1, 0);
    super(vscode.SymbolKind.Function, place.function, detail, uri, at, at);
    this.folders = folders;
    this.query = `${place.file}:${place.line}`;
  }
}

/** The native call hierarchy: through pointers and across boundaries, with the kind of each edge in the detail. */
export class Hierarchy implements vscode.CallHierarchyProvider {
  readonly #host: IntelHost;
  readonly #documents: CDocuments;

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#documents = documents;
  }

  /** Registers the provider. */
  register(): vscode.Disposable {
    return vscode.languages.registerCallHierarchyProvider(C_FILES, this);
  }

  async prepareCallHierarchy(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CallHierarchyItem[]> {
    const one = await this.#documents.of(document);
    const asked = one === undefined ? undefined : await askedAt(one, position);
    if (one === undefined || asked === undefined) {
      return [];
    }
    const folders = await this.#host.folders(one.known);
    const answer = await this.#answer('callees', asked.query, folders, token);
    return (answer?.asked ?? []).map((place) => this.#item(placeDetail(place), place, folders));
  }

  async provideCallHierarchyIncomingCalls(
    item: vscode.CallHierarchyItem,
    token: vscode.CancellationToken,
  ): Promise<vscode.CallHierarchyIncomingCall[]> {
    return (await this.#edges('callers', item, token)).map(([to, edge, folders]) => {
      const call = edge.evidence[0];
      const inCaller = call !== undefined && call.file === edge.file ? call.line : edge.line;
      return new vscode.CallHierarchyIncomingCall(this.#item(this.#detail(edge), to, folders), [lineRange(inCaller)]);
    });
  }

  async provideCallHierarchyOutgoingCalls(
    item: vscode.CallHierarchyItem,
    token: vscode.CancellationToken,
  ): Promise<vscode.CallHierarchyOutgoingCall[]> {
    return (await this.#edges('callees', item, token)).map(([to, edge, folders]) => {
      const line = edge.evidence[0]?.line ?? 1;
      return new vscode.CallHierarchyOutgoingCall(this.#item(this.#detail(edge), to, folders), [lineRange(line)]);
    });
  }

  #detail(edge: QueryEdge): string {
    return `${edgeDetail(edge, this.#host.app.language)} · ${placeDetail(edge)}`;
  }

  #item(detail: string, place: FunctionPlace, folders: TreeFolders): FunctionItem {
    return new FunctionItem(detail, place, this.#host.uriOf(place, folders), folders);
  }

  async #edges(
    which: 'callers' | 'callees',
    item: vscode.CallHierarchyItem,
    token: vscode.CancellationToken,
  ): Promise<readonly (readonly [FunctionPlace, QueryEdge, TreeFolders])[]> {
    if (!(item instanceof FunctionItem)) {
      return [];
    }
    const { query, folders } = item;
    const answer = await this.#answer(which, query, folders, token);
    return (answer?.result ?? []).filter((edge) => edge.function !== '').map((edge) => [edge, edge, folders] as const);
  }

  async #answer(
    which: 'callers' | 'callees',
    query: string,
    folders: TreeFolders,
    token: vscode.CancellationToken,
  ): Promise<QueryAnswer | undefined> {
    try {
      const answer = await this.#host.ask('query', { which, query, folders, workspace: [] }, token);
      return answer.ok ? answer.value : undefined;
    } catch (reason) {
      this.#host.failed(reason);
      return undefined;
    }
  }
}

const lineRange = (line: number): vscode.Range => new vscode.Range(line - 1, 0, line - 1, 0);

const placeDetail = ({ tree, file }: FunctionPlace): string => `${tree}:${file}`;

/** What a position asks about: the function whose head stands there, else the function or macro of the name. */
export async function askedAt(
  one: CDocument,
  position: vscode.Position,
): Promise<{ readonly query: string; readonly name: string } | undefined> {
  await one.read();
  const range = one.document.getWordRangeAtPosition(position, WORD);
  const word = range === undefined ? '' : one.document.getText(range);
  const marks = one.intel?.functions ?? [];
  const here = marks.find((mark) => nameIn(mark.name, word) && one.lineNow(mark.line) === position.line + 1);
  if (here !== undefined) {
    return { query: `${one.known.path}:${here.line}`, name: here.name };
  }
  const pointer = pointerCallAt(one, position.line, word);
  if (pointer !== undefined) {
    return { query: `${one.known.path}:${pointer.line}`, name: pointer.expr };
  }
  const own = marks.find((mark) => mark.name === word);
  if (own !== undefined) {
    return { query: `${one.known.path}:${own.line}`, name: own.name };
  }
  const known = one.intel?.stages.some((mark) => mark.name === word) === true || isCalled(one, word);
  if (word !== '' && known) {
    return { query: word, name: word };
  }
  const around = marks.find(
    (mark) => one.lineNow(mark.line) <= position.line + 1 && position.line + 1 <= one.lineNow(mark.endLine),
  );
  return around && { query: `${one.known.path}:${around.line}`, name: around.name };
}

/** `SYSCALL_DEFINE3(write)` is asked for by either name. */
const nameIn = (name: string, word: string): boolean => name.split(/\W+/).includes(word);

const isCalled = (one: CDocument, word: string): boolean => one.document.getText().includes(`${word}(`);
