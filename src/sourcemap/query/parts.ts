import type { CancelSignal } from '../../base/cancel.ts';
import { Links } from '../../indexer/links.ts';
import { DIALECTS } from '../dialects/dialects.ts';
import { ROUTE_HEADERS, ROUTE_PARTS, type RouteFolder, type RoutePart } from '../dialects/route-folders.ts';
import type { FactsSource } from '../facts-source.ts';
import type { TreeRole } from '../map-types.ts';
import { addFiles, headersOf, newReading, type Reading } from '../read-trees.ts';
import { TreeView } from '../tree-view.ts';
import type { Tree, Trees } from '../trees.ts';

/** Lists the C and assembler files of a tree; paths relative to it, sorted. What is not there is left out. */
export interface SourceList {
  list(tree: Tree, folders: readonly RouteFolder[]): Promise<readonly string[]>;
}

/** Files that can be asked about. */
const CODE = /\.[chS]$/;

/** One program's part of a tree, indexed. */
export interface Part {
  readonly name: RoutePart['name'];
  readonly tree: Tree;
  /** The tree as answers name it: `linux` where one kernel tree serves both. */
  readonly treeName: TreeName;
  readonly view: TreeView;
  readonly links: Links;
  readonly reading: Reading;
}

/** How an answer names a tree. */
export type TreeName = 'acrn' | 'linux' | 'guestLinux' | 'serviceLinux';

/** A part that may be read. */
export interface PartPlan {
  readonly route: RoutePart;
  readonly role: TreeRole;
  readonly tree: Tree;
  readonly treeName: TreeName;
}

/** The parts of the user's trees, each read when it is first asked for. */
export class Parts {
  readonly plans: readonly PartPlan[];
  readonly #sources: SourceList;
  readonly #index: FactsSource;
  readonly #cancel: CancelSignal;
  readonly #texts = new Map<PartPlan, Promise<readonly { readonly path: string; readonly text: string }[]>>();
  readonly #parts = new Map<PartPlan, Promise<Part>>();
  readonly #more = new Map<PartPlan, ReadonlySet<string>>();

  constructor(trees: Trees, sources: SourceList, index: FactsSource, cancel: CancelSignal) {
    this.plans = plansOf(trees);
    this.#sources = sources;
    this.#index = index;
    this.#cancel = cancel;
  }

  /** The parts in whose text a word stands: a scan, before anything is parsed. */
  async mentioning(word: string): Promise<readonly Part[]> {
    const pattern = new RegExp(`\\b${word.replace(/[^\w]/g, '\\$&')}\\b`);
    const there = await Promise.all(
      this.plans.map(async (plan) => (await this.#textsOf(plan)).some(({ text }) => pattern.test(text))),
    );
    return Promise.all(this.plans.filter((_, at) => there[at] === true).map((plan) => this.part(plan)));
  }

  /** The parts that have a file of this path; one that is not indexed by default is added to its tree's first part. */
  async holding(path: string): Promise<readonly Part[]> {
    const there = await Promise.all(
      this.plans.map(async (plan) => (await this.#textsOf(plan)).some((file) => file.path === path)),
    );
    const listed = this.plans.filter((_, at) => there[at] === true);
    const plans = listed.length > 0 ? listed : await this.#plansWith(path);
    return Promise.all(plans.map((plan) => this.#partWith(plan, path)));
  }

  /** The parts of that name: two kernels where guest and Service VM run different ones. */
  named(name: RoutePart['name'], role?: TreeRole): Promise<readonly Part[]> {
    const plans = this.plans.filter((plan) => plan.route.name === name && (role === undefined || serves(plan, role)));
    return Promise.all(plans.map((plan) => this.part(plan)));
  }

  /** A part, indexed. */
  part(plan: PartPlan): Promise<Part> {
    const part = this.#parts.get(plan) ?? this.#read(plan);
    this.#parts.set(plan, part);
    return part;
  }

  /** The parts that were read so far. */
  read(): Promise<readonly Part[]> {
    return Promise.all(this.#parts.values());
  }

  /** For a source file that stands in a tree but is not listed: the tree's part that comes first. */
  async #plansWith(path: string): Promise<readonly PartPlan[]> {
    const found: PartPlan[] = [];
    for (const plan of CODE.test(path) && !path.split('/').includes('..') ? this.plans : []) {
      if (found.every(({ tree }) => tree !== plan.tree) && (await plan.tree.reader.exists(path))) {
        found.push(plan);
      }
    }
    return found;
  }

  async #partWith(plan: PartPlan, path: string): Promise<Part> {
    const part = await this.part(plan);
    if (part.reading.texts.has(path) || this.#more.get(plan)?.has(path) === true) {
      return part;
    }
    this.#more.set(plan, new Set([...(this.#more.get(plan) ?? []), path]));
    this.#parts.delete(plan);
    return this.part(plan);
  }

  #textsOf(plan: PartPlan): Promise<readonly { readonly path: string; readonly text: string }[]> {
    const texts = this.#texts.get(plan) ?? this.#readTexts(plan);
    this.#texts.set(plan, texts);
    return texts;
  }

  async #readTexts({ tree, route }: PartPlan): Promise<readonly { readonly path: string; readonly text: string }[]> {
    const paths = await this.#sources.list(tree, route.folders);
    const results = await Promise.all(paths.map((path) => tree.reader.readText(path)));
    return paths.flatMap((path, at) => {
      const result = results[at];
      return result?.ok === true ? [{ path, text: result.value.text }] : [];
    });
  }

  async #read(plan: PartPlan): Promise<Part> {
    const { tree, treeName, route, role } = plan;
    const reading = newReading(tree);
    const listed = await this.#sources.list(tree, route.folders);
    await addFiles(reading, [...listed, ...(this.#more.get(plan) ?? [])], new Set(), this.#index, this.#cancel);
    const { folders, depth } = ROUTE_HEADERS[tree.kind];
    let latest: ReadonlySet<string> = new Set(reading.texts.keys());
    for (let level = 0; level < depth; level++) {
      const before = new Set(reading.texts.keys());
      await addFiles(reading, await headersOf(reading, latest, folders), new Set(), this.#index, this.#cancel);
      latest = new Set([...reading.texts.keys()].filter((path) => !before.has(path)));
    }
    const links = new Links(reading.facts, DIALECTS[tree.kind]);
    return { name: route.name, tree, treeName, reading, links, view: new TreeView(role, links, reading.texts) };
  }
}

function plansOf(trees: Trees): readonly PartPlan[] {
  const shared = trees.guestLinux === trees.serviceLinux;
  const roles: readonly (readonly [TreeRole, TreeName])[] = [
    ['acrn', 'acrn'],
    ['serviceLinux', shared ? 'linux' : 'serviceLinux'],
    ...(shared ? [] : ([['guestLinux', 'guestLinux']] as const)),
  ];
  return roles.flatMap(([role, treeName]) => {
    const tree = trees[role];
    return tree === undefined
      ? []
      : ROUTE_PARTS.filter((route) => route.tree === tree.kind).map((route) => ({ route, role, tree, treeName }));
  });
}

const serves = (plan: PartPlan, role: TreeRole): boolean => plan.role === role || plan.treeName === 'linux';
