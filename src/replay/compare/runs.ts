import { diffArrays } from 'diff';
import {
  COMPARE_LIMITS,
  type ComparedRuns,
  type ComparedStage,
  FIGURES,
  ROW_KINDS,
  type RowKind,
  type RunRows,
} from '../../protocol/compare.ts';
import { NO_HOP } from '../../protocol/messages.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../texts/words.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import { LANES, laneOf } from '../lanes.ts';
import type { Session } from '../session.ts';
import { ENTER } from '../step-table.ts';
import { type Figures, figuresOf } from './figures.ts';

/** One run of a comparison: its session, and the bytes whose copies are counted. */
export interface ComparedRun {
  readonly session: Session;
  readonly payload: Uint8Array;
}

/** A stage entered, and how it is compared: by its id. */
interface Entered {
  readonly id: string;
  readonly step: number;
}

/** One row: the steps of both runs, -1 where one has none. */
export interface AlignedRow {
  readonly left: number;
  readonly right: number;
}

/** Two runs aligned: what a view shows, and the steps behind its rows. */
export interface Alignment {
  readonly view: ComparedRuns;
  readonly rows: readonly AlignedRow[];
}

/** Aligns the stages that two runs enter from the first guest action on, in the order in which they are entered. */
export function compareRuns(left: ComparedRun, right: ComparedRun): Alignment {
  const ofLeft = enteredBy(left.session);
  const ofRight = enteredBy(right.session);
  const rows = alignedRows(ofLeft.kept, ofRight.kept);
  const { language } = left.session.parts;
  const drawn = drawRows(left.session, right.session, rows);
  return {
    rows,
    view: {
      what: 'runs',
      titles: { left: left.session.parts.title, right: right.session.parts.title },
      figures: figureRows(
        figuresOf(left.session.parts.trace, left.payload),
        figuresOf(right.session.parts.trace, right.payload),
      ),
      lanes: LANES.map((program) => PROGRAM_NAMES[language][program]),
      hops: HOP_KINDS.map((kind) => HOP_NAMES[language][kind]),
      ...drawn,
      leftOut: ofLeft.leftOut + ofRight.leftOut,
      sameOutput: sameOutput(left.session, right.session),
    },
  };
}

const figureRows = (left: Figures, right: Figures): ComparedRuns['figures'] =>
  FIGURES.map((name) => ({ name, left: left[name], right: right[name] }));

function enteredBy(session: Session): { readonly kept: readonly Entered[]; readonly leftOut: number } {
  const { steps, ranges, parts } = session;
  const kept: Entered[] = [];
  let leftOut = 0;
  for (let step = ranges.run.from; step < ranges.run.to; step++) {
    if (steps.kind[step] !== ENTER) {
      continue;
    }
    if (kept.length < COMPARE_LIMITS.stages) {
      kept.push({ id: parts.trace.stages[steps.stage[step] ?? 0]?.id ?? '', step });
    } else {
      leftOut++;
    }
  }
  return { kept, leftOut };
}

/** Longest edit script that is looked for: runs that differ more are shown one after the other. */
const MOST_EDITS = 6000;

function alignedRows(left: readonly Entered[], right: readonly Entered[]): readonly AlignedRow[] {
  const same = (one: Entered, other: Entered): boolean => one.id === other.id;
  const parts = diffArrays([...left], [...right], { comparator: same, maxEditLength: MOST_EDITS });
  const rows: AlignedRow[] = [];
  if (parts === undefined) {
    rows.push(
      ...left.map(({ step }) => ({ left: step, right: -1 })),
      ...right.map(({ step }) => ({ left: -1, right: step })),
    );
    return rows;
  }
  let atLeft = 0;
  let atRight = 0;
  for (const part of parts) {
    for (let turn = 0; turn < part.value.length; turn++) {
      rows.push({
        left: part.added ? -1 : (left[atLeft++]?.step ?? -1),
        right: part.removed ? -1 : (right[atRight++]?.step ?? -1),
      });
    }
  }
  return rows;
}

/** Rows as columns, with the stages they name. */
function drawRows(
  left: Session,
  right: Session,
  rows: readonly AlignedRow[],
): Pick<ComparedRuns, 'rows' | 'stages' | 'differences'> {
  const stages: ComparedStage[] = [];
  const known = new Map<string, number>();
  const columns: RunRows = {
    kind: new Uint8Array(rows.length),
    stage: new Uint16Array(rows.length),
    depth: new Uint8Array(rows.length),
    leftHop: new Uint8Array(rows.length),
    rightHop: new Uint8Array(rows.length),
  };
  let differences = 0;
  for (const [at, row] of rows.entries()) {
    const [session, step] = row.left < 0 ? ([right, row.right] as const) : ([left, row.left] as const);
    const leftHop = hopOf(left, row.left);
    const rightHop = hopOf(right, row.right);
    const kind = kindOf(row, leftHop, rightHop);
    differences += kind === 'same' ? 0 : 1;
    columns.kind[at] = ROW_KINDS.indexOf(kind);
    columns.stage[at] = stageNumber(session, step, stages, known);
    columns.depth[at] = session.steps.depth[step] ?? 0;
    columns.leftHop[at] = leftHop;
    columns.rightHop[at] = rightHop;
  }
  return { rows: columns, stages, differences };
}

const kindOf = (row: AlignedRow, leftHop: number, rightHop: number): RowKind => {
  if (row.left < 0) {
    return 'right';
  }
  if (row.right < 0) {
    return 'left';
  }
  return leftHop === rightHop ? 'same' : 'other-way';
};

/** Kind of the hop that leads to a step, as a view shows it. Whether another call returned before is no difference. */
function hopOf(session: Session, step: number): number {
  const kind = step < 0 ? undefined : session.steps.hopOf(step)?.kind;
  return kind === undefined ? NO_HOP : HOP_KINDS.indexOf(kind === 'return_then_call' ? 'direct_call' : kind);
}

function stageNumber(session: Session, step: number, stages: ComparedStage[], known: Map<string, number>): number {
  const stage = session.parts.trace.stages[session.steps.stage[step] ?? 0];
  const id = stage?.id ?? '';
  const number = known.get(id);
  if (number !== undefined) {
    return number;
  }
  known.set(id, stages.length);
  return (
    stages.push({
      lane: stage === undefined ? 0 : laneOf(stage.program),
      function: stage?.function ?? '',
      file: stage?.file ?? '',
    }) - 1
  );
}

function sameOutput(left: Session, right: Session): boolean {
  const all = ({ parts: { trace } }: Session): string =>
    trace.endpoints.map((endpoint, at) => `${endpoint}:${(trace.written[at] ?? []).map(String).join()}`).join(';');
  return all(left) === all(right);
}
