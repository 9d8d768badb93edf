import { assertNever } from '../../base/assert.ts';
import type { CancelSignal } from '../../base/cancel.ts';
import { ProblemError } from '../../base/problem.ts';
import { ok } from '../../base/result.ts';
import { noFacts } from '../../indexer/extract/source.ts';
import type { FileFacts } from '../../indexer/facts.ts';
import type { FactsSource } from '../../sourcemap/facts-source.ts';
import { constantSides } from '../../sourcemap/intel/constant-sides.ts';
import { fileIntel } from '../../sourcemap/intel/file-intel.ts';
import { findingsOf } from '../../sourcemap/intel/findings.ts';
import { indexedFile } from '../../sourcemap/intel/indexed-file.ts';
import { stageHover } from '../../sourcemap/intel/stage-hover.ts';
import { buildMap } from '../../sourcemap/map.ts';
import type { SourceMap } from '../../sourcemap/map-types.ts';
import type { RouteIndex } from '../../sourcemap/path/route-index.ts';
import { refsOfRoute } from '../../sourcemap/path/route-refs.ts';
import type { UserEdge } from '../../sourcemap/query/edge-file.ts';
import { Parts } from '../../sourcemap/query/parts.ts';
import { callees, callers } from '../../sourcemap/query/query.ts';
import { predecessorsOf } from '../../sourcemap/stages.ts';
import { openTree, roleOf, type TreeKind, type TreeReader, type Trees } from '../../sourcemap/trees.ts';
import { readEdgeFile } from '../edge-file.ts';
import type { TreeFolders } from '../open-trees.ts';
import { fileSources } from '../source-list.ts';
import { FileTreeReader } from '../tree-reader.ts';
import type { IntelAsk, IntelAsks, PlaceAnswer, TreePath, UnsavedText } from './intel-messages.ts';
import { withRoot } from './with-root.ts';

/** Trees that are indexed at the same time: the user's own, and those of one file from elsewhere. */
const MOST_SESSIONS = 2;
/** Milliseconds after which the files on disk are looked at again. */
const STALE = 60_000;

interface Session {
  readonly trees: Trees;
  readonly parts: Parts;
  used: number;
}

/**
 * Answers what an editor asks about C files: from one file's facts at once, from the index of the route folders where the
 * question needs it. It is made to live in a worker thread and knows no editor.
 */
export class IntelDesk {
  readonly #facts: FactsSource;
  readonly #routes: RouteIndex;
  readonly #unsaved = new Map<string, string>();
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(facts: FactsSource, routes: RouteIndex) {
    this.#facts = facts;
    this.#routes = routes;
  }

  /** Takes an unsaved text. What was indexed with another text of this file is read anew by the next who asks. */
  unsaved({ root, path, text }: UnsavedText): void {
    const key = `${root}/${path}`;
    if (this.#unsaved.get(key) === text) {
      return;
    }
    if (text === undefined) {
      this.#unsaved.delete(key);
    } else {
      this.#unsaved.set(key, text);
    }
    for (const [name] of this.#sessions) {
      if (name.split('\n').includes(root)) {
        this.#sessions.delete(name);
      }
    }
  }

  /** Answers one question. Rejects with a `ProblemError`. */
  async answer(ask: IntelAsk, cancel: CancelSignal): Promise<IntelAsks[keyof IntelAsks]['answer']> {
    switch (ask.t) {
      case 'file':
        return fileIntel(this.#routes, ask.kind, await this.#factsOf(ask, ask.text, cancel));
      case 'indexed': {
        const intel = fileIntel(this.#routes, ask.kind, await this.#factsOf(ask, ask.text, cancel));
        return indexedFile(intel, (await this.#session(withRoot(ask.folders, ask), cancel)).parts);
      }
      case 'query':
        return this.#query(ask, cancel);
      case 'stage':
        return this.#stage(ask);
      case 'place':
        return this.#place(ask.stage, ask.folders, cancel);
      case 'constant':
        return constantSides(ask.name, ask.also, (await this.#session(ask.folders, cancel)).parts);
      case 'map':
        return this.#map(ask.folders, cancel);
      case 'findings':
        return this.#findings(ask.folders, cancel);
      default:
        return assertNever(ask);
    }
  }

  async #factsOf({ kind, path }: TreePath, text: string, cancel: CancelSignal): Promise<FileFacts> {
    const [facts] = await this.#facts.factsOf(kind, [{ path, text }], cancel);
    return facts ?? noFacts(path);
  }

  async #query(
    { which, query, folders, workspace }: Extract<IntelAsk, { t: 'query' }>,
    cancel: CancelSignal,
  ): Promise<IntelAsks['query']['answer']> {
    const edges: UserEdge[] = [];
    for (const folder of workspace) {
      const read = await readEdgeFile(folder);
      if (!read.ok) {
        return read;
      }
      edges.push(...read.value);
    }
    const { parts } = await this.#session(folders, cancel);
    return (which === 'callers' ? callers : callees)(query, { parts, userEdges: edges, cancel });
  }

  #stage({ kind, path, name, route }: Extract<IntelAsk, { t: 'stage' }>): IntelAsks['stage']['answer'] {
    const here = this.#routes.inFile(kind, path).filter((at) => this.#routes.stage(at)?.function === name);
    const anywhere = this.#routes.named(kind, name);
    const at = here[0] ?? anywhere.find((one) => topOf(this.#routes.stage(one)?.file) === topOf(path)) ?? anywhere[0];
    return at === undefined ? undefined : stageHover(this.#routes, at, route);
  }

  async #place(id: string, folders: TreeFolders, cancel: CancelSignal): Promise<PlaceAnswer> {
    const at = this.#routes.numberOf(id);
    const stage = at === undefined ? undefined : this.#routes.stage(at);
    const role = stage && roleOf(stage);
    if (stage?.tree === undefined || role === undefined) {
      return { reason: 'no-tree' };
    }
    const root =
      role === 'acrn' ? folders.acrn : role === 'guestLinux' ? folders.linux : (folders.serviceLinux ?? folders.linux);
    const candidates = [{ file: stage.file, function: stage.function, how: 'found' }, ...predecessorsOf(stage)];
    for (const { file, function: name, how } of candidates) {
      const found =
        how === 'around' ? undefined : await this.#find({ kind: stage.tree, root, path: file }, name, cancel);
      if (found !== undefined) {
        return { at: { root, path: file, line: found, function: name } };
      }
    }
    return { reason: (await this.#reader(root).exists(stage.file)) ? 'not-in-version' : 'file-missing' };
  }

  async #find(place: TreePath, name: string, cancel: CancelSignal): Promise<number | undefined> {
    const text = await this.#reader(place.root).readText(place.path);
    if (!text.ok) {
      return undefined;
    }
    const { functions } = await this.#factsOf(place, text.value.text, cancel);
    return functions.find((fn) => fn.name === name)?.line;
  }

  async #map(folders: TreeFolders, cancel: CancelSignal): Promise<SourceMap> {
    const { trees } = await this.#session(folders, cancel);
    const { file } = this.#routes;
    const refs = file.routes.map(({ name }) => refsOfRoute(file, name));
    const stages = new Set(refs.flatMap((one) => one.stages));
    const hops = refs.flatMap((one) => one.hops);
    return buildMap([...stages], hops, trees, this.#facts, cancel);
  }

  /** Hazards stand at stages that need not be on a route. */
  async #findings(folders: TreeFolders, cancel: CancelSignal): Promise<IntelAsks['findings']['answer']> {
    const { trees } = await this.#session(folders, cancel);
    const { file } = this.#routes;
    const hops = file.routes.flatMap(({ name }) => refsOfRoute(file, name).hops);
    return findingsOf(await buildMap(file.stages, hops, trees, this.#facts, cancel), this.#routes);
  }

  async #session(folders: TreeFolders, cancel: CancelSignal): Promise<Session> {
    const name = [folders.acrn, folders.linux, folders.serviceLinux ?? folders.linux].join('\n');
    const known = await this.#sessions.get(name)?.catch(() => undefined);
    if (known !== undefined && Date.now() - known.used < STALE) {
      known.used = Date.now();
      return known;
    }
    // Its own cancelling would end an index that others wait for too: it goes on, and the next question finds it.
    const session = this.#open(folders);
    this.#sessions.delete(name);
    this.#sessions.set(name, session);
    for (const oldest of [...this.#sessions.keys()].slice(0, -MOST_SESSIONS)) {
      this.#sessions.delete(oldest);
    }
    if (cancel.cancelled) {
      throw new ProblemError({ code: 'cancelled', args: {} });
    }
    return session;
  }

  async #open(folders: TreeFolders): Promise<Session> {
    const acrn = await this.#tree('acrn', folders.acrn);
    const guestLinux = await this.#tree('linux', folders.linux);
    const other = folders.serviceLinux;
    const serviceLinux = other === undefined ? guestLinux : await this.#tree('linux', other);
    const trees: Trees = { ...acrn('acrn'), ...guestLinux('guestLinux'), ...serviceLinux('serviceLinux') };
    const parts = new Parts(trees, fileSources, this.#facts, { cancelled: false });
    return { trees, parts, used: Date.now() };
  }

  /** A folder that is no tree of its kind leaves its side of every answer open. */
  async #tree(kind: TreeKind, root: string): Promise<(role: keyof Trees) => Trees> {
    const tree = await openTree(kind, this.#reader(root));
    return (role) => (tree.ok ? { [role]: tree.value } : {});
  }

  #reader(root: string): TreeReader {
    const disk = new FileTreeReader(root);
    return {
      path: root,
      exists: (file) => disk.exists(file),
      readText: (file) => {
        const text = this.#unsaved.get(`${root}/${file}`);
        return text === undefined ? disk.readText(file) : Promise.resolve(ok({ text }));
      },
    };
  }
}

/** The part of a tree that a file belongs to. */
const topOf = (file: string | undefined): string => file?.split('/', 1)[0] ?? '';
