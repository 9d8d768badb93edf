import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import { LANDMARKS, type TreeKind } from './dialects/landmarks.ts';
import type { StageRef, TreeInfo, TreeRole } from './map-types.ts';

export type { TreeKind } from './dialects/landmarks.ts';

/** Text of a source file. */
export interface SourceText {
  readonly text: string;
  /** `file-not-utf8` where invalid bytes were replaced, one for one or more, never across a line end. */
  readonly warning?: Problem;
}

/** One folder of source as the host sees it. Paths are relative to it, with forward slashes. */
export interface TreeReader {
  /** The folder as the user gave it. */
  readonly path: string;
  /** Text of a file; `file-missing-in-tree` where no such file stands there, `file-unreadable` where it cannot be read. */
  readText(path: string): Promise<Result<SourceText, Problem>>;
  /** Whether a file or folder of this name stands there. */
  exists(path: string): Promise<boolean>;
}

/** A checked tree. */
export interface Tree {
  readonly kind: TreeKind;
  readonly info: TreeInfo;
  readonly reader: TreeReader;
}

/** The trees of one map. Guest and Service VM may hold the same `Tree`; it is then read once. */
export type Trees = Readonly<Partial<Record<TreeRole, Tree>>>;

/** The tree whose source a program is built from; undefined for a user process of the guest. */
export function roleOf(stage: Pick<StageRef, 'program' | 'tree'>): TreeRole | undefined {
  if (stage.tree === undefined) {
    return undefined;
  }
  return stage.tree === 'acrn' ? 'acrn' : stage.program === 'service-vm-kernel' ? 'serviceLinux' : 'guestLinux';
}

/** Which tree this folder is, by its landmarks: the first of a kind's landmarks that stands there tells. */
export async function identifyTree(reader: TreeReader): Promise<TreeKind | undefined> {
  for (const kind of ['acrn', 'linux'] as const) {
    if (await hasLandmark(kind, reader)) {
      return kind;
    }
  }
  return undefined;
}

/** Checks that a folder is a tree of this kind and reads its version. */
export async function openTree(kind: TreeKind, reader: TreeReader): Promise<Result<Tree, Problem>> {
  if (await hasLandmark(kind, reader)) {
    return ok({ kind, reader, info: { path: reader.path, version: await versionOf(kind, reader) } });
  }
  if (!(await reader.exists('.'))) {
    return err(problem('no-such-folder', { path: reader.path }));
  }
  return err(problem('not-a-tree', { path: reader.path, kind, landmark: LANDMARKS[kind].files[0] }));
}

async function hasLandmark(kind: TreeKind, reader: TreeReader): Promise<boolean> {
  for (const file of LANDMARKS[kind].files) {
    if (await reader.exists(file)) {
      return true;
    }
  }
  return false;
}

/** Version as the tree states it, `unknown` where none of the files that state it stands there (a part of a tree). */
async function versionOf(kind: TreeKind, reader: TreeReader): Promise<string> {
  for (const { file, parse } of LANDMARKS[kind].versions) {
    if (await reader.exists(file)) {
      const text = await reader.readText(file);
      const version = text.ok ? parse(text.value.text) : undefined;
      if (version !== undefined) {
        return version;
      }
    }
  }
  return 'unknown';
}
