import path from 'node:path';
import type { Import } from './source-files.ts';

/** An import as far as the rules look at it. */
type Wish = Pick<Import, 'from' | 'wanted'>;

/**
 * Which folder of `src/` may import which, as the design's "Imports point one way" says: `allowed` names the folders,
 * everything that those may import is allowed too. A folder that is not listed may not exist.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  texts: ['trace'],
  trace: ['base'],
  emulator: ['texts'],
  scenarios: ['emulator'],
  indexer: ['base'],
  sourcemap: ['scenarios', 'indexer'],
  protocol: ['base'],
  replay: ['sourcemap', 'protocol'],
  export: ['replay'],
  webview: ['protocol'],
  standalone: ['replay'],
  'host-node': ['export', 'standalone'],
  cli: ['host-node'],
  extension: ['host-node'],
};

/** The real programs inside the emulator: each imports itself and the boundary files beside it, never another program. */
export const PROGRAMS: readonly string[] = ['guest', 'hypervisor', 'service-vm', 'device-model'];

/** Which folders may import which outside module. `node:` stands for every built-in module of Node.js. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  vscode: ['extension'],
  'node:': ['host-node', 'cli'],
  'web-tree-sitter': ['indexer', 'host-node'],
  'tree-sitter': ['host-node'],
  'tree-sitter-c': ['host-node'],
  msgpackr: ['host-node'],
  valibot: ['scenarios', 'sourcemap'],
  diff: ['replay'],
  '@vscode/webview-ui-toolkit': ['webview'],
  '@vscode/codicons': ['webview'],
};

/** Imports that break the rules and are borne for now, as `file -> wanted`. Stays empty. */
export const DEBTS: readonly string[] = [];

/** The folder of `src/` that a file belongs to. */
export const layerOf = (file: string): string => file.split('/')[1] ?? '';

/** Every folder that a layer may import: those listed for it, and what those may import. */
export function reachable(layer: string): Set<string> {
  const found = new Set([layer]);
  for (const from of found) for (const to of LAYERS[from] ?? []) found.add(to);
  return found;
}

/** The file that a relative import names. */
const target = ({ from, wanted }: Wish): string => path.posix.join(path.posix.dirname(from), wanted);

function programOf(file: string): string | undefined {
  const [, layer, program = ''] = file.split('/');
  return layer === 'emulator' && PROGRAMS.includes(program) ? program : undefined;
}

/** Two files of the same emulated program. */
const isTwin = (a: string, b: string): boolean => programOf(a) !== undefined && programOf(a) === programOf(b);

function packageBreach({ from, wanted }: Wish): string | undefined {
  const scoped = wanted.split('/').slice(0, wanted.startsWith('@') ? 2 : 1);
  const name = wanted.startsWith('node:') ? 'node:' : scoped.join('/');
  const allowed = PACKAGES[name];
  if (allowed === undefined) return `${name} is not a listed package`;
  return allowed.includes(layerOf(from)) ? undefined : `${name} is only for ${allowed.join(', ')}`;
}

function fileBreach({ from, wanted }: Wish): string | undefined {
  if (!/\.(ts|css)$/.test(wanted)) return 'a relative import ends with .ts (or .css)';
  const to = target({ from, wanted });
  if (!to.startsWith('src/')) return 'it leaves src/';
  if (!reachable(layerOf(from)).has(layerOf(to))) return `${layerOf(from)} may not import ${layerOf(to)}`;
  const [here, there] = [programOf(from), programOf(to)];
  const crosses = here !== undefined && there !== undefined && here !== there;
  return crosses ? `the programs ${here} and ${there} share no code` : undefined;
}

/** Why an import breaks the rules; undefined where it keeps them. */
export function breach(wish: Wish): string | undefined {
  return wish.wanted.startsWith('.') ? fileBreach(wish) : packageBreach(wish);
}

/** Which files a file needs at run time: file -> files. */
export function runtimeEdges(imports: readonly Import[]): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const it of imports) {
    if (it.typeOnly || !it.wanted.startsWith('.')) continue;
    edges.set(it.from, [...(edges.get(it.from) ?? []), target(it)]);
  }
  return edges;
}

/**
 * Circles among files: each as the list of its files. Inside one emulated program they are no fault: its files are twins of C
 * files, which call each other both ways.
 */
export function circles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start !== -1 && !trail.slice(start).every((it) => isTwin(it, file))) found.push([...trail.slice(start), file]);
    if (start !== -1 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}

/** Files of one emulated program that reach another program's file by way of others: `file -> file`. */
export function smuggled(edges: ReadonlyMap<string, readonly string[]>): string[] {
  return [...edges.keys()].flatMap((file) => {
    const program = programOf(file);
    if (program === undefined) return [];
    const reached = new Set([file]);
    for (const from of reached) for (const to of edges.get(from) ?? []) reached.add(to);
    const foreign = [...reached].filter((to) => (programOf(to) ?? program) !== program);
    return foreign.map((to) => `${file} -> ${to}`);
  });
}
