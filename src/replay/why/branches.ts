import type { StateField } from '../../protocol/inspect.ts';
import type { BranchName } from '../../texts/why/branches.ts';
import { DEVICE_BRANCHES } from './device-branches.ts';
import { GUEST_BRANCHES } from './guest-branches.ts';
import { MACHINE_BRANCHES } from './machine-branches.ts';
import type { Scene } from './scene.ts';

/** A point where the code could have gone another way, as data: the stages that it led to, and what decided. */
export interface Branch {
  readonly name: BranchName;
  /** Stages by which the way that was taken goes. */
  readonly stages: readonly string[];
  /** Whether this way was taken: the condition, on the state at the moment. */
  readonly holds: (scene: Scene) => boolean;
  /** The fields that decided, with the values that they have here. */
  readonly decides: (scene: Scene) => readonly StateField[];
  /** Named scenario in which it goes the other way; empty where there is none. */
  readonly scenario: string;
}

/** All branches, by the stages that they lead to. */
export const BRANCHES: ReadonlyMap<string, readonly Branch[]> = byStage([
  ...GUEST_BRANCHES,
  ...MACHINE_BRANCHES,
  ...DEVICE_BRANCHES,
]);

function byStage(branches: readonly Branch[]): ReadonlyMap<string, readonly Branch[]> {
  const found = new Map<string, Branch[]>();
  for (const branch of branches) {
    for (const stage of branch.stages) {
      found.set(stage, [...(found.get(stage) ?? []), branch]);
    }
  }
  return found;
}
