import { type HopDetail, type Moment, type PlaceHead, STEP_KINDS } from '../protocol/messages.ts';
import type { Evidence, HopProof, StagePlace } from '../sourcemap/map-types.ts';
import { PLACE_REASONS, UNPROVEN_REASONS } from '../texts/reasons.ts';
import { NO_STAGE } from '../trace/columns.ts';
import { contentOf } from './changes.ts';
import { laneOf } from './lanes.ts';
import { effectsOf, stepRef, wakerOf } from './navigate/causes.ts';
import { eventLine } from './navigate/event-line.ts';
import type { Session } from './session.ts';
import { excerptAt, type Sought } from './sources.ts';
import { ENTER, LEAVE, NO_STEP, type StepHop } from './step-table.ts';

/** Everything about one step; about its events up to `at` where events are stepped over. */
export function momentOf(session: Session, step: number, at?: number): Moment {
  const { trace, language, sources } = session.parts;
  const table = session.steps;
  const seq = table.seq[step] ?? 0;
  const end = at === undefined ? session.endOf(step) : at + 1;
  const waker = wakerOf(session, step);
  const kind = table.kind[step] ?? ENTER;
  const stage = table.stage[step] ?? NO_STAGE;
  const hop = table.hopOf(step);
  const place = placeOf(session, step);
  const code =
    sources === undefined || place === undefined ? undefined : excerptAt(sources, place, soughtAt(session, step));
  return {
    step,
    shown: session.shownOf(step),
    kind: STEP_KINDS[kind] ?? 'enter',
    event: seq,
    at: end - 1,
    time: trace.event(seq)?.time ?? 0,
    context: table.context[step] ?? 0,
    stage,
    ...(place === undefined ? {} : { place }),
    reason: reasonOf(session, stage),
    ...(hop === undefined ? {} : { hop: hopDetail(session, hop) }),
    line: at === undefined ? '' : eventLine(session, at),
    ...(waker === undefined ? {} : { woken: stepRef(session, waker) }),
    causes: effectsOf(session, step).map((one) => stepRef(session, one)),
    ...contentOf(trace, seq, end, language, (at) => session.proofs.placeOf(at)),
    output: session.output.before(end),
    ...(code === undefined ? {} : { code }),
  };
}

/**
 * What the editor shows at a step: the head of a function that is entered, the call site where control leaves by a boundary
 * or goes on after one. Undefined where the stage does not stand in the tree.
 */
export function placeOf(session: Session, step: number): PlaceHead | undefined {
  const table = session.steps;
  const head = headPlace(session.proofs.placeOf(table.stage[step] ?? NO_STAGE));
  if (table.kind[step] === ENTER || head === undefined) {
    return head;
  }
  return callSite(session, step, head) ?? head;
}

/** The line where control left this step's stage, if it is known and stands in the stage's own file. */
function callSite(session: Session, step: number, head: PlaceHead): PlaceHead | undefined {
  const table = session.steps;
  const leaving = table.kind[step] === LEAVE ? step : leftAt(session, step);
  const hop = leaving === NO_STEP ? undefined : table.hopOf(leaving);
  const evidence = hop === undefined ? [] : (session.proofs.proofOf(hop)?.evidence ?? []);
  const here = evidence.filter((line) => line.file === head.file && line.tree === head.tree);
  const inside = here.filter((line) => line.line > head.line);
  const isCall = (line: Evidence): boolean => line.role === 'call';
  const call = inside.find(isCall) ?? inside[0] ?? here.find(isCall);
  return call === undefined ? undefined : evidencePlace(call);
}

/** The step at which this step's stage last left in the same context: where it goes on from. */
function leftAt(session: Session, step: number): number {
  const table = session.steps;
  for (let at = step - 1; at >= 0; at--) {
    if (
      table.kind[at] === LEAVE &&
      table.stage[at] === table.stage[step] &&
      table.context[at] === table.context[step]
    ) {
      return at;
    }
  }
  return NO_STEP;
}

/** Head of a stage's function, undefined where it does not stand in the tree. */
export const stagePlace = (session: Session, stage: number): PlaceHead | undefined =>
  headPlace(session.proofs.placeOf(stage));

function headPlace(place: StagePlace | undefined): PlaceHead | undefined {
  if (place?.tree === undefined || place.file === undefined || place.line === undefined) {
    return undefined;
  }
  return { tree: place.tree, file: place.file, line: place.line, role: 'head', shows: place.function ?? '' };
}

const evidencePlace = (line: Evidence): PlaceHead => ({
  tree: line.tree,
  file: line.file,
  line: line.line,
  role: line.role,
  shows: line.shows,
});

function reasonOf(session: Session, stage: number): string {
  const place = session.proofs.placeOf(stage);
  return place?.reason === undefined ? '' : PLACE_REASONS[session.parts.language][place.reason];
}

function hopDetail(session: Session, hop: StepHop): HopDetail {
  const proof = session.proofs.proofOf(hop);
  return {
    kind: hop.kind,
    from: nameOf(session, hop.from),
    to: nameOf(session, hop.to),
    caller: hop.caller < 0 ? '' : nameOf(session, hop.caller),
    expr: hop.expr,
    proof: proof?.status ?? 'none',
    reason: unprovenReason(session, proof),
    evidence: (proof?.evidence ?? []).map(evidencePlace),
  };
}

function unprovenReason(session: Session, proof: HopProof | undefined): string {
  if (proof?.reason === undefined) {
    return '';
  }
  const sentence = UNPROVEN_REASONS[session.parts.language][proof.reason];
  return proof.detail === undefined ? sentence : `${sentence} (${proof.detail})`;
}

const nameOf = (session: Session, stage: number): string =>
  stage === NO_STAGE ? '' : (session.parts.trace.stages[stage]?.function ?? '');

/**
 * Where to look for a call site that the map does not know: inside the stage's function, for the expression by which control
 * leaves. Undefined where the place of the step is certain.
 */
export function soughtAt(session: Session, step: number): Sought | undefined {
  const table = session.steps;
  const place = session.proofs.placeOf(table.stage[step] ?? NO_STAGE);
  const leaving = table.kind[step] === LEAVE ? step : leftAt(session, step);
  const expr = table.kind[step] === ENTER || leaving === NO_STEP ? '' : (table.hopOf(leaving)?.expr ?? '');
  const known = placeOf(session, step)?.role !== 'head';
  return known || expr === '' || place?.line === undefined || place.endLine === undefined
    ? undefined
    : { expr, from: place.line + 1, to: place.endLine };
}

/** Lane of a step. */
export const laneOfStep = (session: Session, step: number): number => {
  const context = session.parts.trace.contexts[session.steps.context[step] ?? 0];
  return context === undefined ? 0 : laneOf(context.program);
};

/** Lane of the program that a file belongs to, as the stages in it tell; that of `step` where there are none. */
export function laneOfPlace(session: Session, { tree, file }: PlaceHead, step: number): number {
  const found = session.parts.map.stages.find((place) => place.tree === tree && place.file === file);
  return found === undefined ? laneOfStep(session, step) : laneOf(found.program);
}
