import type { Evidence, TreeRole } from '../map-types.ts';
import type { ReadTree } from '../read-trees.ts';
import { type Located, locateStage } from '../stages.ts';
import type { TreeView } from '../tree-view.ts';
import { roleOf } from '../trees.ts';
import type { NamedFunction, NoteEvidence } from './check-types.ts';
import type { RunView } from './run-view.ts';

/** The answer to one check. `holds` is undefined where the trees do not tell; `lacking` names the files that would. */
export interface Answer {
  readonly holds: boolean | undefined;
  readonly evidence: readonly NoteEvidence[];
  readonly lacking: readonly string[];
}

/** A function as it stands in the tree, or why none is there. */
export type Found =
  | { readonly there: true; readonly at: Located; readonly view: TreeView; readonly fn: NonNullable<Located['fn']> }
  | { readonly there: false; readonly told: boolean; readonly lacking: string };

/** Reasons for which an absent function says nothing about the tree's version. */
const NOT_TOLD: ReadonlySet<string> = new Set(['no-tree', 'file-missing', 'file-unreadable', 'several-definitions']);

const NO_FILES = { missing: new Set<string>(), unreadable: new Set<string>() };

/** What the checks are asked on: the trees as far as they were read, and the run. */
export class Desk {
  readonly run: RunView;
  readonly #read: Readonly<Partial<Record<TreeRole, ReadTree>>>;
  readonly #located = new Map<string, Located>();

  constructor(read: Readonly<Partial<Record<TreeRole, ReadTree>>>, run: RunView) {
    this.#read = read;
    this.run = run;
  }

  /** Views of the trees that are there. */
  get views(): Readonly<Record<TreeRole, TreeView | undefined>> {
    const { acrn, guestLinux, serviceLinux } = this.#read;
    return { acrn: acrn?.view, guestLinux: guestLinux?.view, serviceLinux: serviceLinux?.view };
  }

  /** Where a function stands, found as the map finds a stage. */
  locate(fn: NamedFunction): Located {
    let at = this.#located.get(fn.id);
    if (at === undefined) {
      const tree = this.treeOf(fn);
      at = locateStage(fn, tree?.view, tree ?? NO_FILES);
      this.#located.set(fn.id, at);
    }
    return at;
  }

  /** The function with its tree, or why there is none. */
  find(name: NamedFunction): Found {
    const at = this.locate(name);
    const { view, fn } = at;
    if (view === undefined || fn === undefined || at.place.status === 'absent') {
      const reason = at.place.reason ?? '';
      return { there: false, told: !NOT_TOLD.has(reason), lacking: reason === 'no-tree' ? treeName(name) : name.file };
    }
    return { there: true, at, view, fn };
  }

  /** The tree that a function belongs to. */
  treeOf(fn: NamedFunction): ReadTree | undefined {
    const role = roleOf(fn);
    return role === undefined ? undefined : this.#read[role];
  }

  /** The view of the file of `near` where that file was read. */
  viewOfFile(near: NamedFunction): TreeView | undefined {
    const view = this.treeOf(near)?.view;
    return view?.links.file(near.file) === undefined ? undefined : view;
  }

  /** Files that were looked for and are missing or unreadable in the tree of `fn`: a proof may rest on one of them. */
  lostOf(fn: NamedFunction): readonly string[] {
    const tree = this.treeOf(fn);
    return tree === undefined ? [treeName(fn)] : [...tree.missing, ...tree.unreadable];
  }
}

const treeName = (fn: NamedFunction): string => fn.tree ?? fn.program;

/** A yes with its lines. */
export const yes = (...evidence: readonly NoteEvidence[]): Answer => ({ holds: true, evidence, lacking: [] });

/** A no, with the places that were looked at. */
export const no = (...looked: readonly NoteEvidence[]): Answer => ({ holds: false, evidence: looked, lacking: [] });

/** No answer: these files would give one. */
export const untold = (...lacking: readonly string[]): Answer => ({ holds: undefined, evidence: [], lacking });

/** The head of a function, as evidence of where an answer was looked for. */
export function headOf(found: Found & { readonly there: true }): NoteEvidence {
  const { fn, view } = found;
  return { tree: view.role, file: fn.file, line: fn.fact.line, role: 'definition', shows: shownName(found) };
}

/** The part of a function's name that stands on its line: of `DEFINE(name)` the name. */
function shownName({ fn, view }: Found & { readonly there: true }): string {
  const text = view.lineText(fn.file, fn.fact.line);
  const inner = /\(([A-Za-z_]\w*)/.exec(fn.fact.name)?.[1];
  return inner !== undefined && !text.includes(fn.fact.name) ? inner : fn.fact.name;
}

/** Evidence of one line. */
export const lineOf = (
  view: TreeView,
  file: string,
  line: Evidence['line'],
  role: Evidence['role'],
  shows: string,
): NoteEvidence => view.evidence({ file, line }, role, shows);
