import type { Counts, SessionHead, StageHead, StageStatus, TreeHead } from '../protocol/messages.ts';
import type { SourceMap, TreeRole } from '../sourcemap/map-types.ts';
import { roleOf } from '../sourcemap/trees.ts';
import { TREE_NAMES } from '../texts/replay-trees.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../texts/words.ts';
import { BOUNDARY_KINDS, HOP_KINDS } from '../trace/kinds.ts';
import { LANES, laneOf } from './lanes.ts';
import type { Session } from './session.ts';

const ROLES: readonly TreeRole[] = ['acrn', 'guestLinux', 'serviceLinux'];

/** The unchanging part of a session, for a view. */
export function headOf(session: Session): SessionHead {
  const { trace, map, title, language, sample, canChooseFolders, sources } = session.parts;
  return {
    title,
    lanes: LANES.map((program) => ({ program, name: PROGRAM_NAMES[language][program] })),
    contexts: trace.contexts.map((context) => ({
      lane: laneOf(context.program),
      program: PROGRAM_NAMES[language][context.program],
      name: context.name,
    })),
    stages: trace.stages.map((_stage, index) => stageHead(session, index)),
    hops: HOP_KINDS.map((kind) => ({ kind, name: HOP_NAMES[language][kind], boundary: BOUNDARY_KINDS.has(kind) })),
    trees: ROLES.flatMap((role): readonly TreeHead[] => {
      const tree = map.trees[role];
      return tree === undefined ? [] : [{ name: TREE_NAMES[language][role], version: tree.version, path: tree.path }];
    }),
    counts: countsOf(map),
    ranges: session.ranges,
    dropped: trace.dropped,
    sample,
    canChooseFolders,
    hostShowsCode: sources === undefined,
  };
}

function stageHead(session: Session, index: number): StageHead {
  const stage = session.parts.trace.stages[index];
  const place = session.proofs.placeOf(index);
  if (stage === undefined) {
    return { lane: 0, function: '', file: '', status: 'no-tree' };
  }
  const status: StageStatus = roleOf(stage) === undefined ? 'no-tree' : (place?.status ?? 'absent');
  return {
    lane: laneOf(stage.program),
    function: stage.function,
    file: place?.file ?? stage.file,
    status,
    ...(place?.line === undefined ? {} : { line: place.line }),
  };
}

/** What the header counts: stages of the map by whether the editor can show them, hops by whether they are proven. */
export function countsOf(map: SourceMap): Counts {
  const found = map.stages.filter((place) => place.line !== undefined).length;
  const proven = map.hops.filter((hop) => hop.status === 'proven').length;
  return { found, absent: map.stages.length - found, proven, unproven: map.hops.length - proven };
}
