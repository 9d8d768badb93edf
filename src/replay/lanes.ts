import type { Program } from '../trace/kinds.ts';

/** The four lanes of the picture. The guest's user process and its kernel share the first one. */
export const LANES = ['guest-kernel', 'hypervisor', 'service-vm-kernel', 'device-model'] as const;

/** A lane, named after its program. */
export type Lane = (typeof LANES)[number];

/** Number of the lane that shows a program. */
export const laneOf = (program: Program): number => LANES.indexOf(program === 'guest-user' ? 'guest-kernel' : program);
