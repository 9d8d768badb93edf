import * as vscode from 'vscode';
import type { SourceMap, StagePlace, TreeRole } from '../sourcemap/map-types.ts';
import { type HeadMap, webPlaceOf } from '../sourcemap/path/head-map.ts';
import type { FoundFolders } from './tree-folders.ts';

/** Where a link leads, and which version it shows where that is not the user's own tree. */
export interface LinkPlace {
  readonly uri: vscode.Uri;
  /** 1-based; undefined for a page of the web, whose address holds it. */
  readonly line: number | undefined;
  /** Version and place shown on the web: not the user's tree. */
  readonly web?: { readonly version: string; readonly at: string };
}

/** A file of a tree that is in use. */
export function fileIn(trees: SourceMap['trees'], role: TreeRole, file: string): vscode.Uri | undefined {
  const tree = trees[role];
  return tree === undefined ? undefined : vscode.Uri.joinPath(vscode.Uri.file(tree.path), file);
}

/** Leads from stages and lines of evidence to the user's trees, and where there are none to the public web view of HEAD. */
export class Places {
  readonly #trees: SourceMap['trees'];
  readonly #found: FoundFolders;
  readonly #head: HeadMap | undefined;

  constructor(trees: SourceMap['trees'], found: FoundFolders, head: HeadMap | undefined) {
    this.#trees = trees;
    this.#found = found;
    this.#head = head;
  }

  /** A line of a tree. */
  line(role: TreeRole, file: string, line: number): LinkPlace | undefined {
    const uri = fileIn(this.#trees, role, file);
    return uri === undefined ? undefined : { uri, line };
  }

  /** Where a stage stands: in the user's tree; on the web where there is none but the sample. */
  stage(id: string, place: StagePlace | undefined): LinkPlace | undefined {
    const kind = id.startsWith('acrn:') ? 'acrn' : 'linux';
    const web = this.#head === undefined ? undefined : webPlaceOf(this.#head, id);
    if (this.#found.sample.includes(kind) && web !== undefined) {
      return { uri: vscode.Uri.parse(web.url, true), line: undefined, web };
    }
    return place?.tree === undefined || place.file === undefined || place.line === undefined
      ? undefined
      : this.line(place.tree, place.file, place.line);
  }
}

/** The command by which a tree item or a lens opens a place. */
export function openCommand(place: LinkPlace, title: string): vscode.Command {
  const at = place.line === undefined ? undefined : new vscode.Position(place.line - 1, 0);
  const selection = at === undefined ? {} : { selection: new vscode.Range(at, at) };
  return { command: 'vscode.open', title, arguments: [place.uri, selection] };
}

/** The address of a place as a link in a document: editors jump to the line that the fragment names. */
export const linkTarget = ({ uri, line }: LinkPlace): vscode.Uri =>
  line === undefined ? uri : uri.with({ fragment: `L${line}` });
