import * as vscode from 'vscode';
import { type HeadMap, parseHeadMap } from '../sourcemap/path/head-map.ts';
import type { App } from './app.ts';

/** Where the stages stand at HEAD, as the release wrote it down: for links where no tree of the user's is there. */
export async function loadHeadMap(app: App): Promise<HeadMap | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(app.file('media', 'head-map.json'));
    return parseHeadMap(new TextDecoder().decode(bytes));
  } catch (reason) {
    app.log.warn(`media/head-map.json: ${String(reason)}`);
    return undefined;
  }
}
