import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import type { HopContext } from './evidence/prover.ts';
import type { FactsSource } from './facts-source.ts';
import { proveHop } from './hops.ts';
import type { HopRef, SourceMap, StageRef, TreeRole } from './map-types.ts';
import { type ReadTree, readTrees } from './read-trees.ts';
import { type Located, locateStage } from './stages.ts';
import type { TreeView } from './tree-view.ts';
import { roleOf, type Trees } from './trees.ts';

/** Finds the stages of a run in the trees and proves its hops. A tree that is not given makes its stages absent, with that reason. */
export async function buildMap(
  stages: readonly StageRef[],
  hops: readonly HopRef[],
  trees: Trees,
  index: FactsSource,
  cancel: CancelSignal = neverCancelled,
): Promise<SourceMap> {
  const read = await readTrees(stages, trees, index, cancel);
  const views = viewsOf(read);
  const located = new Map(stages.map((stage) => [stage.id, locate(stage, read)] as const));
  return {
    trees: { acrn: trees.acrn?.info, guestLinux: trees.guestLinux?.info, serviceLinux: trees.serviceLinux?.info },
    stages: [...located.values()].filter((at) => at.stage.tree !== undefined).map((at) => at.place),
    hops: hops.flatMap((hop) => {
      const context = contextOf(hop, located, views);
      return context ? [proveHop(context)] : [];
    }),
    problems: problemsOf(read),
    read: totals(read),
  };
}

type Read = Readonly<Partial<Record<TreeRole, ReadTree>>>;

function locate(stage: StageRef, read: Read): Located {
  const role = roleOf(stage);
  const tree = role && read[role];
  const nothing = { missing: new Set<string>(), unreadable: new Set<string>() };
  return locateStage(stage, tree?.view, tree ?? nothing);
}

function contextOf(
  hop: HopRef,
  located: ReadonlyMap<string, Located>,
  views: HopContext['views'],
): HopContext | undefined {
  const from = located.get(hop.from);
  const to = located.get(hop.to);
  const caller = hop.caller === undefined ? from : located.get(hop.caller);
  return from && to && caller ? { hop, from, to, caller, views } : undefined;
}

const viewsOf = (read: Read): Readonly<Record<TreeRole, TreeView | undefined>> => ({
  acrn: read.acrn?.view,
  guestLinux: read.guestLinux?.view,
  serviceLinux: read.serviceLinux?.view,
});

/** Trees that were read; one that serves both kernels counts once. */
const distinctTrees = (read: Read): readonly ReadTree[] => [
  ...new Map(Object.values(read).map((tree) => [tree.texts, tree])).values(),
];

const problemsOf = (read: Read): readonly Problem[] => distinctTrees(read).flatMap((tree) => tree.problems);

function totals(read: Read): SourceMap['read'] {
  const texts = distinctTrees(read).flatMap((tree) => [...tree.texts.values()]);
  return { files: texts.length, bytes: texts.reduce((sum, text) => sum + text.length, 0) };
}
