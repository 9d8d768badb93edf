import type { FunctionRef } from '../indexer/link-types.ts';
import { FORK_ONLY, type Predecessor, STAGE_HISTORIES } from './dialects/renames.ts';
import type { PlaceReason, StagePlace, StageRef, TreeRole } from './map-types.ts';
import type { TreeView } from './tree-view.ts';
import { roleOf } from './trees.ts';

/** Where a stage stands, with the function that does its job for the provers: for a stage whose code is part of another function, that one. */
export interface Located {
  readonly stage: StageRef;
  readonly place: StagePlace;
  readonly view: TreeView | undefined;
  readonly fn: FunctionRef | undefined;
}

/** What happened to the files of a tree: `missing` and `unreadable` ones are not in the view. */
export interface FileStates {
  readonly missing: ReadonlySet<string>;
  readonly unreadable: ReadonlySet<string>;
}

const histories = new Map(STAGE_HISTORIES.map((h) => [`${h.tree}:${h.file}#${h.function}`, h.predecessors]));

/** The predecessors of a stage, the newest first. */
export const predecessorsOf = (stage: StageRef): readonly Predecessor[] =>
  histories.get(`${stage.tree}:${stage.file}#${stage.function}`) ?? [];

/**
 * Finds a stage in its tree: at its present place; under an earlier name, in an earlier file or as part of an earlier
 * function (`dialects/renames.ts`); last under its own name in another file of the same part of the tree.
 */
export function locateStage(stage: StageRef, view: TreeView | undefined, files: FileStates): Located {
  const role = roleOf(stage);
  if (view === undefined) {
    return { stage, view, fn: undefined, place: { ...identity(stage, role), status: 'absent', reason: 'no-tree' } };
  }
  const here = definitions(view, stage.file, stage.function);
  const fn = here[0];
  if (fn !== undefined) {
    return here.length === 1 ? at(stage, view, fn, 'found') : several(stage, view, here);
  }
  return locateElsewhere(stage, view, files);
}

function locateElsewhere(stage: StageRef, view: TreeView, files: FileStates): Located {
  for (const before of predecessorsOf(stage)) {
    const fn = definitions(view, before.file, before.function)[0];
    if (fn !== undefined) {
      return fromPredecessor(stage, view, fn, before);
    }
  }
  const moved = view.links
    .functionsNamed(stage.function)
    .filter((ref) => ref.fact.origin !== 'function-like-macro' && partOf(ref.file) === partOf(stage.file));
  if (moved[0] !== undefined) {
    return moved.length === 1 ? at(stage, view, moved[0], 'found', 'moved') : ambiguous(stage, view);
  }
  return { stage, view, fn: undefined, place: absent(stage, view.role, absence(stage, files)) };
}

function fromPredecessor(stage: StageRef, view: TreeView, fn: FunctionRef, before: Predecessor): Located {
  switch (before.how) {
    case 'renamed':
      return at(stage, view, fn, 'renamed', 'renamed');
    case 'moved':
      return at(stage, view, fn, 'found', 'moved');
    case 'split-later':
      return at(stage, view, fn, 'inlined', 'split-later');
    case 'around':
      return { stage, view, fn, place: absent(stage, view.role, 'not-in-version') };
  }
}

/**
 * Both arms of an `#if` may define a function: the arm with more lines is the one that does the job, the other a stub.
 * Arms of equal size cannot be told apart without the configuration.
 */
function several(stage: StageRef, view: TreeView, here: readonly FunctionRef[]): Located {
  const bySize = [...here].sort((a, b) => span(b) - span(a));
  const [first, second] = bySize;
  return first !== undefined && (second === undefined || span(first) > span(second))
    ? at(stage, view, first, 'found')
    : ambiguous(stage, view);
}

const span = (fn: FunctionRef): number => fn.fact.endLine - fn.fact.line;

/** Definitions of a name in one file; a macro that only takes arguments is a function only where nothing else is. */
function definitions(view: TreeView, file: string, name: string): readonly FunctionRef[] {
  const all = view.links.functionsNamed(name).filter((ref) => ref.file === file);
  const real = all.filter((ref) => ref.fact.origin !== 'function-like-macro');
  return real.length > 0 ? real : all;
}

/** A name is looked for elsewhere only in the same part of a tree: the hypervisor is no place for a device-model function. */
const partOf = (file: string): string => file.split('/', 1)[0] ?? '';

function absence(stage: StageRef, files: FileStates): PlaceReason {
  if (FORK_ONLY.has(`${stage.file}#${stage.function}`)) {
    return 'not-in-mainline';
  }
  if (files.unreadable.has(stage.file)) {
    return 'file-unreadable';
  }
  return files.missing.has(stage.file) ? 'file-missing' : 'not-in-version';
}

function identity(stage: StageRef, tree: TreeRole | undefined): Pick<StagePlace, 'id' | 'program' | 'tree'> {
  return { id: stage.id, program: stage.program, tree };
}

function at(
  stage: StageRef,
  view: TreeView,
  fn: FunctionRef,
  status: StagePlace['status'],
  reason?: PlaceReason,
): Located {
  const { name, line, endLine } = fn.fact;
  const place = { ...identity(stage, view.role), status, file: fn.file, line, endLine, function: name };
  return { stage, view, fn, place: reason === undefined ? place : { ...place, reason } };
}

const absent = (stage: StageRef, tree: TreeRole, reason: PlaceReason): StagePlace => ({
  ...identity(stage, tree),
  status: 'absent',
  reason,
});

const ambiguous = (stage: StageRef, view: TreeView): Located => ({
  stage,
  view,
  fn: undefined,
  place: { ...identity(stage, view.role), status: 'ambiguous', file: stage.file, reason: 'several-definitions' },
});
