import type { CancelSignal } from '../base/cancel.ts';
import type { TreeFolders } from '../host-node/open-trees.ts';
import type { HashedRun } from '../host-node/run-messages.ts';
import type { SourceMap } from '../sourcemap/map-types.ts';
import type { Trees } from '../sourcemap/trees.ts';
import type { Wish } from './questions.ts';

/** What a trace is made of. */
export interface TraceRequest {
  readonly wish: Wish;
  readonly folders: TreeFolders;
}

/** A run and its map over the trees. */
export interface Traced {
  readonly run: HashedRun;
  readonly map: SourceMap;
  readonly trees: Trees;
}

/** What is being done, for the progress message. */
export type TraceStage = 'emulating' | 'mapping';

/**
 * Emulates and maps. The extension knows the emulator and the indexer only through this.
 *
 * @throws ProblemError where a folder is no tree, a file cannot be written, the text is too long, or it was cancelled
 */
export interface TraceService {
  trace(request: TraceRequest, cancel: CancelSignal, report: (stage: TraceStage) => void): Promise<Traced>;
}
