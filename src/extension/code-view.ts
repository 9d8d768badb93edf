import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { problem } from '../base/problem.ts';
import { lineOf, type Sought } from '../replay/sources.ts';
import type { App } from './app.ts';
import { FIRST_MOMENTS, type Moments } from './intel/live-code.ts';
import { NewestWins } from './newest-wins.ts';
import { showProblem } from './problems.ts';
import { VIEW_TYPE } from './view-type.ts';

/** A line to show, and the lane whose colour marks it. */
export interface CodePlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly lane: number;
  /** What to look for near `line`, where the exact line is not known. */
  readonly sought?: Sought | undefined;
  /** The function that the line belongs to, as the tree spells it. */
  readonly function?: string | undefined;
  /** The line is the function's head. */
  readonly head?: boolean;
}

const COLOURS = ['virtioTrace.guest', 'virtioTrace.hypervisor', 'virtioTrace.serviceVm', 'virtioTrace.deviceModel'];

/**
 * Shows the code of the current step in a column that is not the panel's, without taking the keyboard focus. While steps
 * come faster than the editor can follow, the newest wins.
 */
export class CodeView implements Disposable {
  readonly #app: App;
  readonly #marks: readonly vscode.TextEditorDecorationType[];
  readonly #jobs: NewestWins<CodePlace | undefined>;
  readonly #reported = new Set<string>();
  readonly #gone: vscode.TextEditorDecorationType;
  #column: vscode.ViewColumn | undefined;
  #marked: vscode.TextEditor | undefined;
  #moments: Moments;

  constructor(app: App) {
    this.#app = app;
    this.#moments = app.live?.moments() ?? FIRST_MOMENTS;
    this.#gone = vscode.window.createTextEditorDecorationType({});
    this.#marks = COLOURS.map((id) => markOf(new vscode.ThemeColor(id)));
    this.#jobs = new NewestWins(
      (place) => (place === undefined ? this.#clear() : this.#show(place, true)),
      (reason) => this.#app.log.error(String(reason)),
    );
  }

  /** Shows a place, or that there is none: no line is marked then. It may be overtaken by a newer one. */
  follow(place: CodePlace | undefined): void {
    this.#jobs.ask(place);
  }

  /** Another run is shown: its lines are those of the texts as they stand now, and go along with edits from here on. */
  begin(): void {
    this.#moments = this.#app.live?.moments() ?? FIRST_MOMENTS;
  }

  /** Shows a place and waits for it: before the panel is made, so that the panel lands beside it. */
  async first(place: CodePlace): Promise<void> {
    await this.#show(place, false);
  }

  dispose(): void {
    this.#gone.dispose();
    for (const mark of this.#marks) {
      mark.dispose();
    }
  }

  async #show(place: CodePlace, preserveFocus: boolean): Promise<void> {
    const uri = vscode.Uri.file(place.file);
    const document = await this.#open(uri);
    if (document === undefined) {
      return;
    }
    const textOf = (at: number): string | undefined =>
      at <= document.lineCount ? document.lineAt(at - 1).text : undefined;
    const live = await this.#lineNow(place);
    const found = place.sought === undefined ? undefined : lineOf(this.#soughtNow(place, place.sought), textOf);
    const line = Math.min(found ?? live ?? place.line, document.lineCount) - 1;
    const range = new vscode.Range(line, 0, line, 0);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: this.#target(),
      preserveFocus,
      preview: true,
      selection: range,
    });
    this.#column = editor.viewColumn;
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    this.#mark(editor, place.lane, range);
    this.#sayGone(editor, live === undefined ? place.function : undefined, range);
  }

  /** Where a place stands in the text on screen; undefined where its function is gone from it. */
  async #lineNow({ file, line, function: name, head }: CodePlace): Promise<number | undefined> {
    const { live } = this.#app;
    const now = name === undefined ? undefined : await live?.functionNow(file, name);
    if (live === undefined || now === 'gone') {
      return live === undefined ? line : undefined;
    }
    return now !== undefined && head === true ? now.line : live.lineNow(file, line, this.#moments(file));
  }

  #soughtNow({ file }: CodePlace, sought: Sought): Sought {
    const now = (line: number): number => this.#app.live?.lineNow(file, line, this.#moments(file)) ?? line;
    return { ...sought, from: now(sought.from), to: now(sought.to) };
  }

  #sayGone(editor: vscode.TextEditor, name: string | undefined, range: vscode.Range): void {
    const contentText = name === undefined ? '' : ` ${this.#app.texts.functionGone(name)}`;
    const color = new vscode.ThemeColor('editorWarning.foreground');
    const after = { contentText, color, margin: '0 0 0 2em' };
    editor.setDecorations(this.#gone, name === undefined ? [] : [{ range, renderOptions: { after } }]);
  }

  /** Any column but the panel's: the one used last, else one that shows code, else the first or a new one beside. */
  #target(): vscode.ViewColumn {
    const panel = panelColumn();
    const columns = vscode.window.tabGroups.all.map((group) => group.viewColumn);
    if (this.#column !== undefined && this.#column !== panel && columns.includes(this.#column)) {
      return this.#column;
    }
    const editors = vscode.window.visibleTextEditors.map((editor) => editor.viewColumn);
    const free = editors.find((column) => column !== undefined && column !== panel);
    const other = free ?? columns.find((column) => column !== panel);
    return other ?? (panel === undefined ? vscode.ViewColumn.One : vscode.ViewColumn.Beside);
  }

  async #open(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
    try {
      return await vscode.workspace.openTextDocument(uri);
    } catch (reason) {
      if (!this.#reported.has(uri.fsPath)) {
        this.#reported.add(uri.fsPath);
        const why = reason instanceof Error ? reason.message : String(reason);
        showProblem(this.#app, problem('file-unreadable', { path: uri.fsPath, reason: why }));
      }
      return undefined;
    }
  }

  /** Nothing is marked: the step's stage does not stand in the tree. */
  async #clear(): Promise<void> {
    const old = this.#marked;
    if (old !== undefined && vscode.window.visibleTextEditors.includes(old)) {
      for (const mark of this.#marks) {
        old.setDecorations(mark, []);
      }
    }
    this.#marked = undefined;
  }

  #mark(editor: vscode.TextEditor, lane: number, range: vscode.Range): void {
    const old = this.#marked;
    for (const [index, mark] of this.#marks.entries()) {
      if (old !== undefined && old !== editor && vscode.window.visibleTextEditors.includes(old)) {
        old.setDecorations(mark, []);
      }
      editor.setDecorations(mark, index === lane ? [range] : []);
    }
    this.#marked = editor;
  }
}

/** The column that holds the replay panel, shown or behind another tab. A restored panel does not know its own column. */
function panelColumn(): vscode.ViewColumn | undefined {
  const holds = (tab: vscode.Tab): boolean =>
    tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(VIEW_TYPE);
  return vscode.window.tabGroups.all.find((group) => group.tabs.some(holds))?.viewColumn;
}

function markOf(color: vscode.ThemeColor): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderColor: color,
    borderStyle: 'solid',
    borderWidth: '0 0 0 4px',
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: color,
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
}
