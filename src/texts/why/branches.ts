import { GUEST_BRANCH_TEXTS } from './guest-branches.ts';
import { MACHINE_BRANCH_TEXTS } from './machine-branches.ts';

/** Texts of the points where the code could have gone another way, by name. */
export const BRANCH_TEXTS = { ...GUEST_BRANCH_TEXTS, ...MACHINE_BRANCH_TEXTS } as const;

/** Name of a branch. */
export type BranchName = keyof typeof BRANCH_TEXTS;
