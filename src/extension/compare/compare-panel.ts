import * as vscode from 'vscode';
import { assertNever } from '../../base/assert.ts';
import { problem } from '../../base/problem.ts';
import { COMPARE_SHAPES, type FromCompareView, type Side, type ToCompareView } from '../../protocol/compare.ts';
import { parserOf } from '../../protocol/validate.ts';
import { problemText } from '../../texts/problems.ts';
import type { App } from '../app.ts';
import { showFailure } from '../problems.ts';
import { webviewHtml } from '../webview-html.ts';

/** Type of the webview; it is not kept over a reload: a comparison is made again in a second. */
const VIEW_TYPE = 'virtioTrace.compare';

const parse = parserOf<FromCompareView>(COMPARE_SHAPES);

/** A line of source to show. */
export interface SourceLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What stands behind the rows of a comparison. */
export interface CompareRows {
  /** The line of a row; undefined where that side has none. */
  lineOf(row: number, side: Side): SourceLine | undefined;
  /** Opens the replay of a side at a row; absent where there is nothing to replay. */
  replay?(row: number, side: Side): Promise<void>;
}

/** Opens a panel that shows a comparison, with the code of the chosen row beside it. */
export function openComparison(app: App, title: string, message: ToCompareView, rows: CompareRows): void {
  const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [app.file('dist')],
  });
  const { webview } = panel;
  const act = async (asked: FromCompareView): Promise<void> => {
    switch (asked.t) {
      case 'compare-ready':
        await webview.postMessage(message);
        break;
      case 'compare-open':
        await showLine(panel, rows.lineOf(asked.row, asked.side));
        break;
      case 'compare-replay':
        await rows.replay?.(asked.row, asked.side);
        break;
      default:
        assertNever(asked);
    }
  };
  const listening = webview.onDidReceiveMessage((value: unknown) => {
    const asked = parse(value);
    if (asked.ok) {
      act(asked.value).catch((reason: unknown) => showFailure(app, reason));
    } else {
      app.log.warn(problemText(problem('bad-message', { reason: asked.error }), 'en').text);
    }
  });
  panel.onDidDispose(() => listening.dispose());
  webview.html = webviewHtml(webview, app.file('dist', 'compare.js'), app.file('dist', 'compare.css'), panel.title);
}

/** Shows a line beside the panel; the keyboard focus stays where it is. */
async function showLine(panel: vscode.WebviewPanel, place: SourceLine | undefined): Promise<void> {
  if (place === undefined) {
    return;
  }
  const columns = vscode.window.tabGroups.all.map((group) => group.viewColumn);
  const viewColumn = columns.find((column) => column !== panel.viewColumn) ?? vscode.ViewColumn.Beside;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(place.file));
  const line = Math.min(place.line, document.lineCount) - 1;
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: true, selection });
}
