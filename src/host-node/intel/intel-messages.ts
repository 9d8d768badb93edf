import type { Problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import type { Route } from '../../scenarios/scenario.ts';
import type { ConstantSides } from '../../sourcemap/intel/constant-sides.ts';
import type { FileIntel } from '../../sourcemap/intel/file-intel.ts';
import type { Finding } from '../../sourcemap/intel/findings.ts';
import type { IndexedFile } from '../../sourcemap/intel/indexed-file.ts';
import type { StageHover } from '../../sourcemap/intel/stage-hover.ts';
import type { PlaceReason, SourceMap } from '../../sourcemap/map-types.ts';
import type { QueryAnswer } from '../../sourcemap/query/query-types.ts';
import type { TreeKind } from '../../sourcemap/trees.ts';
import type { TreeFolders } from '../open-trees.ts';

/** A file of a tree. */
export interface TreePath {
  readonly kind: TreeKind;
  /** Folder of the tree. */
  readonly root: string;
  /** Relative to it, with forward slashes. */
  readonly path: string;
}

/** A line of a file on disk. */
export interface StagePlaceFound {
  readonly root: string;
  readonly path: string;
  readonly line: number;
  readonly function: string;
}

/** Where a stage stands, or why it stands nowhere. */
export type PlaceAnswer = { readonly at: StagePlaceFound } | { readonly reason: PlaceReason };

/** Everything that can be asked, with its answer. */
export interface IntelAsks {
  /** Marks of one file from its own text alone. */
  readonly file: { readonly ask: TreePath & { readonly text: string }; readonly answer: FileIntel };
  /** What the marks of a file mean among all indexed files. */
  readonly indexed: {
    readonly ask: TreePath & { readonly text: string; readonly folders: TreeFolders };
    readonly answer: IndexedFile | undefined;
  };
  /** Who reaches a function or whom it reaches: a name, or `FILE:LINE`. */
  readonly query: {
    readonly ask: {
      readonly which: 'callers' | 'callees';
      readonly query: string;
      readonly folders: TreeFolders;
      /** Folders that may hold an edge file. */
      readonly workspace: readonly string[];
    };
    readonly answer: Result<QueryAnswer, Problem>;
  };
  /** What is told of the stage that a name means in a file; undefined where it is none. */
  readonly stage: {
    readonly ask: { readonly kind: TreeKind; readonly path: string; readonly name: string; readonly route?: Route };
    readonly answer: StageHover | undefined;
  };
  /** Where a stage stands in these folders. */
  readonly place: {
    readonly ask: { readonly stage: string; readonly folders: TreeFolders };
    readonly answer: PlaceAnswer;
  };
  /** Where a constant is defined and used. */
  readonly constant: {
    readonly ask: { readonly name: string; readonly also: readonly string[]; readonly folders: TreeFolders };
    readonly answer: ConstantSides;
  };
  /** Stages and hops of every route in these folders. */
  readonly map: { readonly ask: { readonly folders: TreeFolders }; readonly answer: SourceMap };
  /** Unproven hops and hazards of every route in these folders. */
  readonly findings: {
    readonly ask: { readonly folders: TreeFolders };
    readonly answer: readonly Finding[];
  };
}

/** A question. */
export type IntelAsk = { [K in keyof IntelAsks]: { readonly t: K } & IntelAsks[K]['ask'] }[keyof IntelAsks];

/** An unsaved text of an editor; undefined: what stands on disk counts again. */
export interface UnsavedText {
  readonly root: string;
  readonly path: string;
  readonly text: string | undefined;
}

/** What the worker is told. */
export type ToWorker =
  | { readonly t: 'ask'; readonly id: number; readonly ask: IntelAsk }
  | { readonly t: 'cancel'; readonly id: number }
  | { readonly t: 'unsaved'; readonly text: UnsavedText };

/** What the worker says. */
export type FromWorker =
  | { readonly t: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly t: 'failed'; readonly id: number; readonly problem: Problem }
  | { readonly t: 'progress'; readonly done: number; readonly of: number }
  | { readonly t: 'problem'; readonly problem: Problem };

/** What the worker is started with. */
export interface IntelStart {
  /** Folder in which facts are kept. */
  readonly cacheFolder: string | undefined;
  /** The routes as the build wrote them. */
  readonly routes: string;
}
