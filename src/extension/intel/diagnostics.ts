import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import { NAMED } from '../../scenarios/named.ts';
import type { Finding, UnprovenFinding } from '../../sourcemap/intel/findings.ts';
import type { TreeRole } from '../../sourcemap/map-types.ts';
import type { TreeName } from '../../sourcemap/query/parts.ts';
import { hazardInGeneral } from '../../texts/events.ts';
import { UNPROVEN_REASONS } from '../../texts/reasons.ts';
import { HOP_NAMES } from '../../texts/words.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import type { CDocuments } from './c-documents.ts';
import { PEEK_EVIDENCE, RUN_SCENARIO } from './command-ids.ts';
import { C_FILES, type IntelHost, type TreeLine } from './intel-host.ts';

const SOURCE = 'Virtio Trace';
/** Milliseconds of rest after a change before the map is made again: it is the largest question of all. */
const REST = 3000;

/** A finding as a diagnostic, with what its code action needs. */
class FindingDiagnostic extends vscode.Diagnostic {
  readonly finding: Finding;
  readonly folders: TreeFolders;

  constructor(range: vscode.Range, message: string, finding: Finding, folders: TreeFolders) {
    super(range, message, vscode.DiagnosticSeverity.Information);
    this.source = SOURCE;
    this.code = finding.t === 'hazard' ? finding.code : finding.reason;
    this.finding = finding;
    this.folders = folders;
  }
}

/** Lines of evidence to peek at, as the code action hands them over. */
export interface EvidenceCall {
  readonly uri: string;
  readonly line: number;
  readonly places: readonly TreeLine[];
}

/** Unproven hops and hazards as information at their lines. Off unless the setting asks for it: it reads all routes. */
export class Diagnostics implements vscode.CodeActionProvider, Disposable {
  readonly #host: IntelHost;
  readonly #store = new DisposableStore();
  readonly #shown: vscode.DiagnosticCollection;
  readonly #all = new Map<string, FindingDiagnostic[]>();
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#shown = this.#store.add(vscode.languages.createDiagnosticCollection('virtioTrace'));
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#store.add(vscode.languages.registerCodeActionsProvider(C_FILES, this, kinds));
    this.#store.add(host.onDidChangeSettings(() => this.#refresh(0)));
    this.#store.add(host.onDidChangeTrees(() => this.#refresh(0)));
    this.#store.add(documents.onDidChange((one) => (one.document.isDirty ? this.#refresh(REST) : undefined)));
    this.#store.add(vscode.workspace.onDidSaveTextDocument(() => this.#refresh(REST)));
    this.#refresh(0);
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const here = this.#all.get(document.uri.toString()) ?? [];
    return here
      .filter((one) => one.range.intersection(range) !== undefined)
      .flatMap((one) => this.#actions(document, one));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#store.dispose();
  }

  #refresh(after: number): void {
    clearTimeout(this.#timer);
    const wanted = vscode.workspace.getConfiguration('virtioTrace').get<unknown>('diagnostics') === true;
    if (!wanted) {
      this.#shown.clear();
      this.#all.clear();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#ask().catch((reason: unknown) => {
        this.#host.failed(reason);
      });
    }, after);
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const folders = await this.#host.folders();
    const findings = await this.#host.ask('findings', { folders });
    if (asked !== this.#asked) {
      return;
    }
    this.#all.clear();
    for (const finding of findings) {
      const uri = this.#host.uriOf(this.#line(finding), folders).toString();
      const row = finding.line - 1;
      const range = new vscode.Range(row, 0, row, LINE_END);
      const one = new FindingDiagnostic(range, this.#message(finding), finding, folders);
      this.#all.set(uri, [...(this.#all.get(uri) ?? []), one]);
    }
    this.#shown.clear();
    this.#shown.set([...this.#all].map(([uri, list]) => [vscode.Uri.parse(uri), list]));
  }

  #message(finding: Finding): string {
    const { texts, app } = this.#host;
    const { language } = app;
    if (finding.t === 'hazard') {
      const words = hazardInGeneral(finding.code, language);
      return words === undefined ? finding.code : `${words.happens} ${words.avoid}`;
    }
    const { from, to, routes, reason } = finding;
    const more = routes.length > 1 ? texts.alsoOn(routes.length - 1) : '';
    return `${texts.unproven(kindOf(finding, this.#host), from, to, routes[0] ?? '', UNPROVEN_REASONS[language][reason])}${more}`;
  }

  #actions(document: vscode.TextDocument, one: FindingDiagnostic): vscode.CodeAction[] {
    const { finding } = one;
    const { texts, app } = this.#host;
    const action = (title: string, command: string, given: unknown): vscode.CodeAction => {
      const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      made.command = { title, command, arguments: [given] };
      made.diagnostics = [one];
      return made;
    };
    if (finding.t === 'hazard') {
      return finding.scenarios
        .slice(0, MOST_SCENARIOS)
        .map((name) => action(texts.runScenario(NAMED.get(name)?.title[app.language] ?? name), RUN_SCENARIO, name));
    }
    const places = finding.evidence.map((line) => this.#line(line));
    const call: EvidenceCall = { uri: document.uri.toString(), line: finding.line, places };
    return places.length === 0 ? [] : [action(texts.showEvidence, PEEK_EVIDENCE, call)];
  }

  #line({ tree, file, line }: { readonly tree: TreeRole; readonly file: string; readonly line: number }): TreeLine {
    const name: TreeName = tree;
    return { tree: name, file, line };
  }
}

/** The editor cuts a range at the end of its line. */
const LINE_END = 1000;
/** Scenarios that a code action offers for one hazard. */
const MOST_SCENARIOS = 3;

function kindOf({ kind }: UnprovenFinding, host: IntelHost): string {
  const known = HOP_KINDS.find((one) => one === kind);
  return known === undefined ? kind : HOP_NAMES[host.app.language][known];
}
