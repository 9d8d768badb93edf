import type { Dialect } from '../../indexer/dialect.ts';
import { acrnDialect } from './acrn-masks.ts';
import type { TreeKind } from './landmarks.ts';
import { linuxDialect } from './linux-masks.ts';

/** How the C of each kind of tree is read. */
export const DIALECTS: Readonly<Record<TreeKind, Dialect>> = {
  acrn: acrnDialect,
  linux: linuxDialect,
};
