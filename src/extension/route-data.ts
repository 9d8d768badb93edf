import * as vscode from 'vscode';
import { RouteIndex } from '../sourcemap/path/route-index.ts';
import type { RouteFile } from '../sourcemap/path/route-types.ts';
import type { App } from './app.ts';

/** The routes as the build wrote them down: nothing is run for them. Rejects where the package is damaged. */
export async function loadRoutes(app: App): Promise<RouteIndex> {
  const bytes = await vscode.workspace.fs.readFile(app.file('dist', 'routes.json'));
  return new RouteIndex(JSON.parse(new TextDecoder().decode(bytes)) as RouteFile);
}
