import type { Move, Shown } from '../protocol/messages.ts';
import type { Unit } from '../protocol/navigate.ts';

/** Everything that a key or a button of the panel does. */
export interface Actions {
  readonly move: (by: Move) => void;
  readonly play: () => void;
  readonly unit: (unit: Unit) => void;
  readonly nextUnit: () => void;
  /** Index into `SPEEDS`. */
  readonly speed: (speed: number) => void;
  readonly faster: (by: 1 | -1) => void;
  readonly find: () => void;
  readonly bookmark: () => void;
  readonly bookmarks: () => void;
  readonly follow: () => void;
  readonly link: () => void;
  readonly evidence: () => void;
  readonly twin: () => void;
  readonly help: () => void;
  readonly show: (shown: Shown) => void;
  readonly chooseFolders: () => void;
}
