import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { ProblemError } from '../base/problem.ts';
import { readEdgeFile } from '../host-node/edge-file.ts';
import type { TreeFolders } from '../host-node/open-trees.ts';
import type { SourceMap, StagePlace } from '../sourcemap/map-types.ts';
import type { UserEdge } from '../sourcemap/query/edge-file.ts';
import { type MapHop, withUserEdges } from '../sourcemap/query/map-edges.ts';
import type { App } from './app.ts';
import { showProblem } from './problems.ts';
import { type FoundFolders, findFolders, onDidChangeTrees } from './tree-folders.ts';

/** Who maps every route over some folders. */
export type MapSource = (folders: TreeFolders, token: vscode.CancellationToken | undefined) => Promise<SourceMap>;

/** Every route in the trees in use. */
export interface MappedRoutes {
  readonly found: FoundFolders;
  readonly map: SourceMap;
  /** Where each stage stands, by its id. */
  readonly places: ReadonlyMap<string, StagePlace>;
  /** Hops with their proof and the user's own edges, by `hopKey`. */
  readonly hops: ReadonlyMap<string, MapHop>;
}

/** What tells the hops of a route apart. */
export const hopKey = (hop: Pick<MapHop, 'route' | 'from' | 'to' | 'kind' | 'caller'>): string =>
  `${hop.route} ${hop.from} ${hop.to} ${hop.kind} ${hop.caller ?? ''}`;

/** The map of all routes over the trees in use: made when it is first asked for, anew when other trees are used. */
export class RouteMap implements Disposable {
  readonly #app: App;
  readonly #source: MapSource;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #changes: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  #loading: Promise<MappedRoutes> | undefined;
  #current: MappedRoutes | undefined;
  /** Grows with every reason to make it anew: what was begun before is then of no use. */
  #age = 0;

  constructor(app: App, source: MapSource) {
    this.#app = app;
    this.#source = source;
    this.#changes = onDidChangeTrees(() => this.forget());
  }

  /** The map, where it is made already. */
  get current(): MappedRoutes | undefined {
    return this.#current;
  }

  /** The map; who asks while it is being made waits for the same one. Rejects with a `ProblemError`. */
  load(token?: vscode.CancellationToken): Promise<MappedRoutes> {
    this.#loading ??= this.#make(token);
    return this.#loading;
  }

  /** Forgets the map: other trees may be in use, or their text has changed. */
  forget(): void {
    this.#age++;
    this.#loading = undefined;
    this.#current = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changes.dispose();
    this.#changed.dispose();
  }

  async #make(token: vscode.CancellationToken | undefined): Promise<MappedRoutes> {
    const age = this.#age;
    try {
      const found = await findFolders(this.#app);
      const map = await this.#source(found.folders, token);
      const hops = withUserEdges(map, await this.#userEdges());
      const mapped: MappedRoutes = {
        found,
        map,
        places: new Map(map.stages.map((place) => [place.id, place])),
        hops: new Map(hops.map((hop) => [hopKey(hop), hop])),
      };
      if (age === this.#age) {
        this.#current = mapped;
        this.#changed.fire();
      }
      return mapped;
    } catch (reason) {
      this.#loading = age === this.#age ? undefined : this.#loading;
      throw reason;
    }
  }

  /** The edges that the workspace's users gave; a wrong edge file is told and left out. */
  async #userEdges(): Promise<readonly UserEdge[]> {
    const edges: UserEdge[] = [];
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const read = await readEdgeFile(uri.fsPath);
      if (read.ok) {
        edges.push(...read.value);
      } else {
        showProblem(this.#app, read.error);
      }
    }
    return edges;
  }
}

/** Whether something was thrown because the user turned away. */
export const isCancelled = (reason: unknown): boolean =>
  reason instanceof vscode.CancellationError || (reason instanceof ProblemError && reason.problem.code === 'cancelled');
