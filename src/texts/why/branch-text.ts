import type { Said } from '../events/event-texts.ts';

/** What decided at a branch, and what would have happened otherwise. */
export interface BranchText {
  readonly because: Said;
  readonly otherwise: Said;
}

/** The texts of a branch. */
export const branch = (because: Said, otherwise: Said): BranchText => ({ because, otherwise });
