import {
  type FoundTarget,
  NAVIGATE_LIMITS,
  TARGET_KINDS,
  type Target,
  type TargetKind,
} from '../../protocol/navigate.ts';
import { hazardText } from '../../texts/events.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../texts/words.ts';
import { BOUNDARY_KINDS, EVENT_KINDS, HOP_KINDS } from '../../trace/kinds.ts';
import type { Session } from '../session.ts';
import { ENTER, LEAVE, NO_STEP } from '../step-table.ts';
import { type EventTest, scanEvents } from './scan.ts';

const STATE = EVENT_KINDS.indexOf('state');
const HAZARD = EVENT_KINDS.indexOf('hazard');

/** How often each target occurs in a run, by its number. */
type Counts = Readonly<Record<TargetKind, ReadonlyMap<number, number>>>;

const known = new WeakMap<Session, Counts>();

/** Counts of all targets; the run is read once for them. */
function countsOf(session: Session): Counts {
  let counts = known.get(session);
  if (counts === undefined) {
    counts = { ...stepCounts(session), ...eventCounts(session) };
    known.set(session, counts);
  }
  return counts;
}

const more = (counts: Map<number, number>, id: number): void => {
  counts.set(id, (counts.get(id) ?? 0) + 1);
};

function stepCounts(session: Session): Pick<Counts, 'stage' | 'hop'> {
  const { steps } = session;
  const stage = new Map<number, number>();
  const hop = new Map<number, number>();
  for (let step = 0; step < steps.length; step++) {
    if (steps.kind[step] === ENTER) {
      more(stage, steps.stage[step] ?? 0);
    }
    const kind = hopTaken(session, step);
    if (kind >= 0) {
      more(hop, kind);
    }
  }
  return { stage, hop };
}

function eventCounts({ parts: { trace } }: Session): Pick<Counts, 'field' | 'hazard'> {
  const field = new Map<number, number>();
  const hazard = new Map<number, number>();
  for (const { kind, key, length } of trace.chunks) {
    for (let row = 0; row < length; row++) {
      if (kind[row] === STATE) {
        more(field, key[row] ?? 0);
      } else if (kind[row] === HAZARD) {
        more(hazard, key[row] ?? 0);
      }
    }
  }
  return { field, hazard };
}

/** Kind of the hop that is taken at a step, -1 where none is: a boundary is taken where it leaves, any other where it arrives. */
export function hopTaken(session: Session, step: number): number {
  const { steps } = session;
  const hop = (steps.hop[step] ?? NO_STEP) === NO_STEP ? undefined : steps.hopOf(step);
  if (hop === undefined || (BOUNDARY_KINDS.has(hop.kind) && steps.kind[step] !== LEAVE)) {
    return -1;
  }
  return HOP_KINDS.indexOf(hop.kind);
}

/** Whether a target is there to be looked for. */
export const isTarget = (session: Session, { what, id }: Target): boolean => countsOf(session)[what].has(id);

/** A target as a list shows it. */
export function targetHead(session: Session, { what, id }: Target): FoundTarget {
  return { what, id, ...namesOf(session, { what, id }), count: countsOf(session)[what].get(id) ?? 0 };
}

function namesOf(
  { parts: { trace, language }, proofs }: Session,
  { what, id }: Target,
): Pick<FoundTarget, 'name' | 'detail'> {
  const programs = PROGRAM_NAMES[language];
  switch (what) {
    case 'stage': {
      const stage = trace.stages[id];
      const file = proofs.placeOf(id)?.file ?? stage?.file ?? '';
      const program = stage === undefined ? '' : programs[stage.program];
      return { name: stage?.function ?? '', detail: file === '' ? program : `${program} · ${file}` };
    }
    case 'hop':
      return { name: HOP_NAMES[language][HOP_KINDS[id] ?? 'direct_call'], detail: HOP_KINDS[id] ?? '' };
    case 'hazard': {
      const code = trace.expressions[id] ?? '';
      return { name: code, detail: hazardText(code, {}, language)?.happens ?? '' };
    }
    case 'field': {
      const field = trace.fields[id];
      return { name: field?.path ?? '', detail: field === undefined ? '' : programs[field.program] };
    }
  }
}

/** All targets of one kind, by name. */
export function allTargets(session: Session, what: TargetKind): readonly FoundTarget[] {
  const heads = [...countsOf(session)[what].keys()].map((id) => targetHead(session, { what, id }));
  return heads.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The targets that hold every word of a text, those that begin with it first, then the more frequent ones. */
export function findTargets(
  session: Session,
  text: string,
  what: TargetKind | 'any',
): { readonly entries: readonly FoundTarget[]; readonly more: number } {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const fits = TARGET_KINDS.filter((kind) => what === 'any' || what === kind)
    .flatMap((kind) => allTargets(session, kind))
    .filter(({ name, detail }) => {
      const all = `${name} ${detail}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => rank(a, wanted) - rank(b, wanted) || b.count - a.count || a.name.localeCompare(b.name, 'en'));
  return { entries: fits.slice(0, NAVIGATE_LIMITS.found), more: Math.max(0, fits.length - NAVIGATE_LIMITS.found) };
}

function rank({ name }: FoundTarget, wanted: string): number {
  const lower = name.toLowerCase();
  return lower === wanted ? 0 : lower.startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : 3;
}

/** Where a target occurs next (or last before): its event, and its step where the target is one. */
export function seekTarget(
  session: Session,
  target: Target,
  from: { readonly step: number; readonly first: number; readonly last: number },
  direction: 1 | -1,
): number | undefined {
  const { trace } = session.parts;
  const event = direction > 0 ? from.last : from.first;
  switch (target.what) {
    case 'stage':
      return seekStep(session, from.step, direction, (step) => isEntered(session, step, target.id));
    case 'hop':
      return seekStep(session, from.step, direction, (step) => hopTaken(session, step) === target.id);
    case 'hazard':
      return scanEvents(trace, event, direction, holds(HAZARD, target.id));
    case 'field':
      return scanEvents(trace, event, direction, holds(STATE, target.id));
  }
}

/** The next hazard of any kind. */
export const seekHazard = ({ parts: { trace } }: Session, from: number, direction: 1 | -1): number | undefined =>
  scanEvents(trace, from, direction, ({ kind }, row) => kind[row] === HAZARD);

const holds =
  (wanted: number, id: number): EventTest =>
  ({ kind, key }, row) =>
    kind[row] === wanted && key[row] === id;

const isEntered = ({ steps }: Session, step: number, stage: number): boolean =>
  steps.stage[step] === stage && steps.kind[step] === ENTER;

/** The event of the next step that a test takes. */
export function seekStep(
  { steps }: Session,
  from: number,
  direction: 1 | -1,
  test: (step: number) => boolean,
): number | undefined {
  for (let step = from + direction; step >= 0 && step < steps.length; step += direction) {
    if (test(step)) {
      return steps.seq[step];
    }
  }
  return undefined;
}
