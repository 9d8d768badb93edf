import { HOP_NAMES, PROGRAM_NAMES } from '../texts/words.ts';
import { HOP_KINDS, type HopKind, type Program } from '../trace/kinds.ts';

/** A `file:line` on a line of the text; `start` and `end` are columns, from 0. */
export interface TextPlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A heading: another context runs from here on. */
export interface TextHeading {
  readonly kind: 'heading';
  readonly program: Program;
  readonly context: string;
}

/** A stage that is entered. */
export interface TextStage {
  readonly kind: 'stage';
  /** Its number in the text, from 1. */
  readonly number: number;
  /** Depth of the call, from 0. */
  readonly depth: number;
  readonly name: string;
  /** Column where the name starts, from 0. */
  readonly start: number;
  /** How it was reached; none for the first stage. */
  readonly hop: HopKind | undefined;
}

/** A tree that the run was mapped on. */
export interface TextTree {
  readonly kind: 'tree';
  readonly name: string;
  readonly path: string;
}

/** A wait, a hazard, a log line or output, below the stage in which it happens. */
export interface TextNote {
  readonly kind: 'note';
}

/** What a line is, and the places that stand on it. */
export interface TextLine {
  readonly is: TextHeading | TextStage | TextTree | TextNote | { readonly kind: 'other' };
  readonly places: readonly TextPlace[];
}

const OTHER = { kind: 'other' } as const;
const NOTE = { kind: 'note' } as const;
const NOTE_LINE = /^ {6,}\S/;
const STAGE = /^ *(\d+) (( {2})*)(\S+(?: \S+)*?)(?: {2,}| \S+:\d+ |$)/;
const TREE = /^(ACRN|Linux(?: ?[（(][^)）]+[)）])?)[:：] ?(.+?) ?[（(][^（()）]*[)）]$/;
const PLACE = /([\w.+-]+(?:\/[\w.+-]+)*\.[chS]):(\d+)/g;
const SEPARATOR = ' · ';

const PROGRAM_OF: ReadonlyMap<string, Program> = new Map(
  Object.values(PROGRAM_NAMES).flatMap((names) =>
    (Object.entries(names) as [Program, string][]).map(([program, name]) => [name, program] as const),
  ),
);

/** Names of hop kinds in every language, the longest first: `call` begins `call through pointer`. */
const HOPS: readonly (readonly [string, HopKind])[] = Object.values(HOP_NAMES)
  .flatMap((names) => HOP_KINDS.map((kind) => [names[kind], kind] as const))
  .sort(([one], [other]) => other.length - one.length);

/** Reads one line of what `runAsText` writes, in whichever language it was written. Never fails: what it does not know is `other`. */
export function readTextLine(text: string): TextLine {
  const places = placesOf(text);
  return {
    is: headingOf(text) ?? stageOf(text, places) ?? treeOf(text) ?? (NOTE_LINE.test(text) ? NOTE : OTHER),
    places,
  };
}

function headingOf(text: string): TextHeading | undefined {
  const at = text.indexOf(SEPARATOR);
  const program = at < 0 ? undefined : PROGRAM_OF.get(text.slice(0, at));
  return program === undefined ? undefined : { kind: 'heading', program, context: text.slice(at + SEPARATOR.length) };
}

function stageOf(text: string, places: readonly TextPlace[]): TextStage | undefined {
  const [, number = '', indent = '', , name = ''] = STAGE.exec(text) ?? [];
  if (name === '') {
    return undefined;
  }
  const start = text.indexOf(number) + number.length + 1 + indent.length;
  const hop = hopAt(text, places[0]?.end ?? start + name.length);
  return { kind: 'stage', number: Number(number), depth: indent.length / 2, name, start, hop };
}

/** The hop that is named behind the stage's own place, or behind its name where it has none. */
function hopAt(text: string, from: number): HopKind | undefined {
  const rest = text.slice(from).trimStart();
  return HOPS.find(([name]) => rest.startsWith(name))?.[1] ?? HOPS.find(([name]) => rest.includes(` ${name} `))?.[1];
}

function treeOf(text: string): TextTree | undefined {
  const [, name = '', path = ''] = TREE.exec(text) ?? [];
  return path === '' ? undefined : { kind: 'tree', name, path };
}

function placesOf(text: string): readonly TextPlace[] {
  return [...text.matchAll(PLACE)].map((match) => {
    const [whole, file = '', line = ''] = match;
    return { file, line: Number(line), start: match.index, end: match.index + whole.length };
  });
}

/** Lines `from` to `to`, both included and from 0, that fold behind line `from`. */
export interface TextFold {
  readonly from: number;
  readonly to: number;
}

/** Folds by call depth: behind a heading all that its context does, behind a stage all that it calls. */
export function foldsOf(lines: readonly TextLine[]): readonly TextFold[] {
  const folds: TextFold[] = [];
  const open: { readonly line: number; readonly depth: number }[] = [];
  let last = -1;
  const closeDownTo = (depth: number): void => {
    for (let top = open.at(-1); top !== undefined && top.depth >= depth; top = open.at(-1)) {
      open.pop();
      if (last > top.line) {
        folds.push({ from: top.line, to: last });
      }
    }
  };
  for (const [line, { is }] of lines.entries()) {
    const depth = is.kind === 'heading' ? -1 : is.kind === 'stage' ? is.depth : undefined;
    if (depth !== undefined) {
      closeDownTo(depth);
      open.push({ line, depth });
      last = line;
    } else if (is.kind === 'note') {
      last = line;
    }
  }
  closeDownTo(-1);
  return folds.sort((one, other) => one.from - other.from || other.to - one.to);
}

/** An entry of the outline: a context with its stages, a stage with those that it calls. */
export interface TextEntry {
  readonly line: number;
  /** Last line that belongs to it. */
  last: number;
  readonly is: TextHeading | TextStage;
  readonly children: TextEntry[];
}

/** The outline: contexts in the order in which they run, stages nested as they call. */
export function outlineOf(lines: readonly TextLine[]): readonly TextEntry[] {
  const roots: TextEntry[] = [];
  let path: TextEntry[] = [];
  for (const [line, { is }] of lines.entries()) {
    if (is.kind === 'heading') {
      path = [{ line, last: line, is, children: [] }];
      roots.push(...path);
    } else if (is.kind === 'stage') {
      const entry: TextEntry = { line, last: line, is, children: [] };
      path = path.filter((above) => above.is.kind === 'heading' || above.is.depth < is.depth);
      (path.at(-1)?.children ?? roots).push(entry);
      path.push(entry);
    }
    for (const above of path) {
      above.last = line;
    }
  }
  return roots;
}

/** Top folders of an ACRN tree: what a text names without saying which tree it means. */
const ACRN_FOLDERS = /^(?:devicemodel|hypervisor|misc|doc)\//;

/** Where a place of the text stands: the tree's path as the text names it; undefined where the text names none. */
export function treeOfPlace(lines: readonly TextLine[], place: TextPlace, program: Program): string | undefined {
  const acrn = ACRN_FOLDERS.test(place.file);
  const service = program === 'service-vm-kernel' || program === 'device-model';
  const trees = lines.flatMap(({ is }) => (is.kind === 'tree' && (is.name === 'ACRN') === acrn ? [is] : []));
  const wanted = trees.find(({ name }) => acrn || name.includes('Service VM') === service);
  return (wanted ?? trees[0])?.path;
}
