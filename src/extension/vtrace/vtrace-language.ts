import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable.ts';
import { foldsOf, outlineOf, type TextEntry, type TextPlace, treeOfPlace } from '../../export/read-text.ts';
import { HOP_MEANINGS } from '../../texts/hop-meanings.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../texts/words.ts';
import type { App } from '../app.ts';
import { lineRange, TraceText } from './trace-text.ts';

/** The language of exported runs. */
const LANGUAGE = 'vtrace';

/** Folding by call depth, outline, links to the source lines and hovers for exported runs. */
export function registerVtraceLanguage(app: App): vscode.Disposable {
  const store = new DisposableStore();
  store.add(vscode.languages.registerFoldingRangeProvider(LANGUAGE, { provideFoldingRanges: foldingRanges }));
  const label = { label: app.texts.panelTitle };
  const symbols = { provideDocumentSymbols: (document: vscode.TextDocument) => documentSymbols(app, document) };
  store.add(vscode.languages.registerDocumentSymbolProvider(LANGUAGE, symbols, label));
  store.add(vscode.languages.registerDocumentLinkProvider(LANGUAGE, { provideDocumentLinks: documentLinks }));
  const hovers = { provideHover: (document: vscode.TextDocument, at: vscode.Position) => hoverAt(app, document, at) };
  store.add(vscode.languages.registerHoverProvider(LANGUAGE, hovers));
  return store;
}

const foldingRanges = (document: vscode.TextDocument): vscode.FoldingRange[] =>
  foldsOf(TraceText.of(document).lines).map(({ from, to }) => new vscode.FoldingRange(from, to));

function documentSymbols(app: App, document: vscode.TextDocument): vscode.DocumentSymbol[] {
  const symbolOf = (entry: TextEntry): vscode.DocumentSymbol => {
    const own = lineRange(document, entry.line);
    const whole = own.union(lineRange(document, entry.last));
    const { is } = entry;
    const symbol =
      is.kind === 'heading'
        ? new vscode.DocumentSymbol(
            is.context,
            PROGRAM_NAMES[app.language][is.program],
            vscode.SymbolKind.Namespace,
            whole,
            own,
          )
        : new vscode.DocumentSymbol(
            is.name,
            is.hop === undefined ? '' : HOP_NAMES[app.language][is.hop],
            is.hop === undefined ? vscode.SymbolKind.Event : vscode.SymbolKind.Function,
            whole,
            own,
          );
    symbol.children = entry.children.map(symbolOf);
    return symbol;
  };
  return outlineOf(TraceText.of(document).lines).map(symbolOf);
}

function documentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
  const text = TraceText.of(document);
  return text.lines.flatMap(({ places }, line) =>
    places.flatMap((place) => {
      const target = targetOf(text, place, line);
      const range = new vscode.Range(line, place.start, line, place.end);
      return target === undefined ? [] : [new vscode.DocumentLink(range, target)];
    }),
  );
}

/** The source line itself. A file that names no tree, or one elsewhere, has no links. */
function targetOf(text: TraceText, place: TextPlace, line: number): vscode.Uri | undefined {
  const tree = treeOfPlace(text.lines, place, text.programAt(line));
  const inside = !place.file.split('/').includes('..');
  return tree === undefined || !inside
    ? undefined
    : vscode.Uri.joinPath(vscode.Uri.file(tree), place.file).with({ fragment: `L${place.line}` });
}

function hoverAt(app: App, document: vscode.TextDocument, at: vscode.Position): vscode.Hover | undefined {
  const text = TraceText.of(document);
  const is = text.lines[at.line]?.is;
  if (is?.kind !== 'stage') {
    return undefined;
  }
  const end = is.start + is.name.length;
  const content = new vscode.MarkdownString();
  content.appendCodeblock(is.name, 'c');
  content.appendText(PROGRAM_NAMES[app.language][text.programAt(at.line)]);
  if (is.hop !== undefined) {
    content.appendText(` · ${HOP_NAMES[app.language][is.hop]}`);
    content.appendMarkdown('\n\n');
    content.appendText(HOP_MEANINGS[app.language][is.hop]);
  }
  const own = new vscode.Range(at.line, is.start, at.line, end);
  return new vscode.Hover(content, own.contains(at) ? own : lineRange(document, at.line));
}
