import * as vscode from 'vscode';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import { NAMED } from '../../scenarios/named.ts';
import type { LensAction } from '../../sourcemap/intel/lens-model.ts';
import type { QueryAnswer } from '../../sourcemap/query/query-types.ts';
import { hazardInGeneral } from '../../texts/events.ts';
import { PLACE_REASONS } from '../../texts/reasons.ts';
import type { KnownFile } from '../known-trees.ts';
import { guarded, inform } from '../problems.ts';
import type { CDocument } from './c-document.ts';
import type { CDocuments } from './c-documents.ts';
import { GO_TO_STAGE, LENS_COMMAND, PEEK_EVIDENCE, RUN_SCENARIO, TRACE_FROM_HERE } from './command-ids.ts';
import type { EvidenceCall } from './diagnostics.ts';
import type { IntelHost, TreeLine } from './intel-host.ts';
import type { LensCall } from './lenses.ts';

/** What lenses and links do. */
export class Actions {
  readonly #host: IntelHost;
  readonly #documents: CDocuments;

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#documents = documents;
  }

  /** Registers the commands that lenses and links name. */
  register(): vscode.Disposable {
    const { app } = this.#host;
    const command = (id: string, run: (given: unknown) => Promise<void>): vscode.Disposable =>
      vscode.commands.registerCommand(id, (given: unknown) => guarded(app, () => run(given)));
    return vscode.Disposable.from(
      command(LENS_COMMAND, async (given) => (isLensCall(given) ? this.#lens(given) : undefined)),
      command(PEEK_EVIDENCE, async (given) => (isEvidenceCall(given) ? this.#evidence(given) : undefined)),
      command(GO_TO_STAGE, async (given) => (typeof given === 'string' ? this.goToStage(given) : undefined)),
    );
  }

  /** Opens the line at which a stage stands, in the trees of a file where one is given, or says why it stands nowhere. */
  async goToStage(stage: string, from?: KnownFile): Promise<void> {
    const folders = await this.#host.folders(from);
    const answer = await this.#host.ask('place', { stage, folders });
    if ('reason' in answer) {
      const name = stage.slice(stage.indexOf('#') + 1);
      inform(this.#host.app, this.#host.texts.stageAbsent(name, PLACE_REASONS[this.#host.app.language][answer.reason]));
      return;
    }
    const { root, path, line } = answer.at;
    await showLine(vscode.Uri.joinPath(vscode.Uri.file(root), path), line - 1);
  }

  /** Shows lines in the editor's own peek, above the text that they belong to. */
  async peek(uri: vscode.Uri, row: number, locations: readonly vscode.Location[]): Promise<void> {
    await showLine(uri, row);
    await vscode.commands.executeCommand(
      'editor.action.peekLocations',
      uri,
      new vscode.Position(row, 0),
      locations,
      'peek',
    );
  }

  async #evidence({ uri, line, places }: EvidenceCall): Promise<void> {
    const folders = await this.#host.folders();
    await this.peek(
      vscode.Uri.parse(uri),
      line - 1,
      places.map((place) => this.#host.locationOf(place, folders)),
    );
  }

  async #lens({ uri, line, moment, action }: LensCall): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const one = await this.#documents.of(document);
    if (one === undefined) {
      return;
    }
    await this.#act(one, one.lineSince(line, moment) - 1, action);
  }

  async #act(one: CDocument, row: number, action: LensAction): Promise<void> {
    switch (action.t) {
      case 'go':
        await this.goToStage(action.stage, one.known);
        break;
      case 'replay':
        await this.#replay(action.stage, action.routes);
        break;
      case 'hazards':
        await this.#hazards(one, action.stage);
        break;
      case 'peek':
        await this.#peekPlaces(one, row, action.places);
        break;
      case 'callers':
        await this.#peekCallers(one, row, action);
        break;
      case 'index':
        await this.#indexThen(one, row);
        break;
    }
  }

  async #replay(stage: string, routes: readonly string[]): Promise<void> {
    const [only] = routes;
    const route = routes.length > 1 ? await this.#chooseRoute(routes) : only;
    if (route !== undefined) {
      await vscode.commands.executeCommand(TRACE_FROM_HERE, { route, stage });
    }
  }

  async #chooseRoute(routes: readonly string[]): Promise<string | undefined> {
    const { language } = this.#host.app;
    const items = routes.map((name) => {
      const detail = NAMED.get(name)?.title[language];
      return detail === undefined ? { label: name } : { label: name, detail };
    });
    const picked = await vscode.window.showQuickPick(items, {
      title: this.#host.texts.chooseRoute,
      matchOnDetail: true,
    });
    return picked?.label;
  }

  async #hazards(one: CDocument, stage: string): Promise<void> {
    const { kind, path } = one.known;
    const name = stage.slice(stage.indexOf('#') + 1);
    const hover = await this.#host.ask('stage', { kind, path, name });
    const { language } = this.#host.app;
    const items = (hover?.hazards ?? []).flatMap(({ code, scenarios }) => {
      const [scenario] = scenarios;
      const words = hazardInGeneral(code, language);
      return scenario === undefined || words === undefined
        ? []
        : [{ label: NAMED.get(scenario)?.title[language] ?? scenario, detail: words.happens, scenario }];
    });
    const picked = await vscode.window.showQuickPick(items, {
      title: this.#host.texts.chooseHazard,
      matchOnDetail: true,
    });
    if (picked !== undefined) {
      await vscode.commands.executeCommand(RUN_SCENARIO, picked.scenario);
    }
  }

  async #peekPlaces(one: CDocument, row: number, places: readonly TreeLine[]): Promise<void> {
    const folders = await this.#host.folders(one.known);
    await this.peek(
      one.document.uri,
      row,
      places.map((place) => this.#host.locationOf(place, folders)),
    );
  }

  async #peekCallers(
    one: CDocument,
    row: number,
    asked: { readonly function: string; readonly line: number },
  ): Promise<void> {
    const { function: name, line } = asked;
    await one.read();
    const folders = await this.#host.folders(one.known);
    const query = line > 0 ? `${one.known.path}:${row + 1}` : name;
    const answer = await this.#host.ask('query', { which: 'callers', query, folders, workspace: [] });
    const locations = answer.ok ? callLocations(this.#host, answer.value, folders) : [];
    if (locations.length === 0) {
      inform(this.#host.app, this.#host.texts.nothingFound(name));
      return;
    }
    await this.peek(one.document.uri, row, locations);
  }

  async #indexThen(one: CDocument, row: number): Promise<void> {
    const { texts } = this.#host;
    const options = { location: vscode.ProgressLocation.Notification, title: texts.asking };
    await vscode.window.withProgress(options, () => one.index());
    const line = one.indexed?.bindings.find((mark) => one.lineNow(mark.line) === row + 1);
    if (line !== undefined && line.calls.length > 0) {
      await this.#peekPlaces(one, row, line.calls);
    }
  }
}

/** The lines at which the callers of an answer call: the first line of evidence of each. */
export function callLocations(host: IntelHost, answer: QueryAnswer, folders: TreeFolders): readonly vscode.Location[] {
  return answer.result.map((edge) => host.locationOf(edge.evidence[0] ?? edge, folders));
}

/** Shows a line (0-based) of a file, in the editor that has it where one does. */
export async function showLine(uri: vscode.Uri, row: number): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = new vscode.Position(Math.min(row, document.lineCount - 1), 0);
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

/** Lenses are ours, but any extension may run their command. */
function isLensCall(given: unknown): given is LensCall {
  if (typeof given !== 'object' || given === null) {
    return false;
  }
  const { uri, line, moment, action } = given as Readonly<Record<string, unknown>>;
  return (
    typeof uri === 'string' &&
    uri.startsWith('file:') &&
    typeof line === 'number' &&
    typeof moment === 'number' &&
    typeof action === 'object' &&
    action !== null
  );
}

function isEvidenceCall(given: unknown): given is EvidenceCall {
  if (typeof given !== 'object' || given === null) {
    return false;
  }
  const { uri, line, places } = given as Readonly<Record<string, unknown>>;
  return typeof uri === 'string' && uri.startsWith('file:') && typeof line === 'number' && Array.isArray(places);
}
