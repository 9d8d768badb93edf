import type { CancelSignal } from '../base/cancel.ts';
import type { FileFacts } from '../indexer/facts.ts';
import type { TreeKind } from './dialects/landmarks.ts';

/** A file's text, by its path in the tree. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Who reads the facts out of C text: a worker of the host with one of the indexer's engines, or the engine itself. */
export interface FactsSource {
  /** Facts of each file, in any order; the dialect of `kind` says how its macros are masked. */
  factsOf(kind: TreeKind, files: readonly SourceFile[], cancel: CancelSignal): Promise<readonly FileFacts[]>;
}
