import { type Dialect, plainC } from '../../indexer/dialect.ts';
import type { TreeKind } from './landmarks.ts';

/** How the C of each kind of tree is read. */
export const DIALECTS: Readonly<Record<TreeKind, Dialect>> = {
  acrn: { ...plainC, name: 'ACRN' },
  linux: { ...plainC, name: 'Linux' },
};
