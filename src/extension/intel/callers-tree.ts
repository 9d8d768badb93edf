import * as vscode from 'vscode';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import type { QueryAnswer, QueryEdge, UnresolvedSite } from '../../sourcemap/query/query-types.ts';
import { edgeDetail, evidenceWords, iconOf, placeWords, siteWords } from './edge-words.ts';
import type { IntelHost, TreeLine } from './intel-host.ts';

/** A row: an edge with its evidence below, a line, or a group of lines. */
export interface Row {
  readonly item: vscode.TreeItem;
  readonly children: readonly Row[];
  readonly location?: vscode.Location;
}

/** Rows of an answer: each edge with the lines that show it, then what is not resolved and what is not indexed. */
export function rowsOf(host: IntelHost, answer: QueryAnswer, folders: TreeFolders): readonly Row[] {
  const { unresolved, notIndexed } = answer;
  const { texts } = host;
  const sites = unresolved.sites.map((site) => siteRow(host, site, folders));
  const names = notIndexed.names.slice(0, 12).join(', ');
  return [
    ...answer.result.map((edge) => edgeRow(host, edge, folders)),
    ...(sites.length === 0 ? [] : [group(texts.unresolvedHeading(unresolved.count), 'question', sites)]),
    ...(notIndexed.count === 0 ? [] : [group(texts.notIndexed(notIndexed.count, names), 'circle-slash', [])]),
  ];
}

function edgeRow(host: IntelHost, edge: QueryEdge, folders: TreeFolders): Row {
  const { language } = host.app;
  const detail = edgeDetail(edge, language);
  const item = new vscode.TreeItem(edge.function === '' ? edge.file : edge.function, COLLAPSED);
  item.description = `${detail} · ${placeWords(edge)}`;
  item.iconPath = new vscode.ThemeIcon(iconOf(edge.kind));
  item.accessibilityInformation = { label: `${edge.function}, ${detail}, ${edge.file} ${edge.line}` };
  item.tooltip = tooltip(`${edge.function}\n${detail}\n${edge.tree}:${edge.file}:${edge.line}`);
  const alternatives = edge.alternatives ?? [];
  const lines = edge.evidence.map((line) =>
    lineRow(host, evidenceWords(line, language), line, folders, 'circle-small-filled'),
  );
  const others = alternatives.map((line) =>
    lineRow(host, host.texts.alternatives(`${line.function}`), line, folders, 'circle-small'),
  );
  const location = host.locationOf(edge.evidence[0] ?? edge, folders);
  return { item: opening(item, location), children: [...lines, ...others], location };
}

function siteRow(host: IntelHost, site: UnresolvedSite, folders: TreeFolders): Row {
  return lineRow(host, siteWords(site, host.app.language), site, folders, 'question');
}

function lineRow(host: IntelHost, label: string, place: TreeLine, folders: TreeFolders, icon: string): Row {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = placeWords(place);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = tooltip(`${place.tree}:${place.file}:${place.line}`);
  const location = host.locationOf(place, folders);
  return { item: opening(item, location), children: [], location };
}

function group(label: string, icon: string, children: readonly Row[]): Row {
  const item = new vscode.TreeItem(label, children.length === 0 ? vscode.TreeItemCollapsibleState.None : COLLAPSED);
  item.iconPath = new vscode.ThemeIcon(icon);
  return { item, children };
}

const COLLAPSED = vscode.TreeItemCollapsibleState.Collapsed;

/** Text of C and paths: never read as markdown. */
const tooltip = (text: string): vscode.MarkdownString => new vscode.MarkdownString().appendText(text);

function opening(item: vscode.TreeItem, location: vscode.Location): vscode.TreeItem {
  const options: vscode.TextDocumentShowOptions = { selection: location.range, preserveFocus: true };
  item.command = { command: 'vscode.open', title: '', arguments: [location.uri, options] };
  return item;
}

/** Rows as a tree view takes them. */
export class RowTree implements vscode.TreeDataProvider<Row> {
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.item;
  }

  getChildren(row?: Row): Row[] {
    return [...(row === undefined ? this.#rows : row.children)];
  }

  getParent(row: Row): Row | undefined {
    return this.#rows.find((one) => one.children.includes(row));
  }
}
