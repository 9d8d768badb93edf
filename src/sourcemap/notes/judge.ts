import { type CancelSignal, neverCancelled } from '../../base/cancel.ts';
import type { Problem } from '../../base/problem.ts';
import type { NoteId } from '../../texts/notes.ts';
import type { Trace } from '../../trace/trace.ts';
import type { FactsSource } from '../facts-source.ts';
import type { StageRef } from '../map-types.ts';
import { readTrees } from '../read-trees.ts';
import type { Trees } from '../trees.ts';
import { answer } from './answer.ts';
import { type Claim, functionsIn, type NoteEvidence, type NoteVerdict } from './check-types.ts';
import { CLAIMS } from './claims.ts';
import { Desk } from './desk.ts';
import { runViewOf } from './run-view.ts';

/** A claim of the study notes, judged. */
export interface JudgedNote {
  readonly id: NoteId;
  readonly verdict: NoteVerdict;
  /** Lines of the trees that the verdict rests on. */
  readonly evidence: readonly NoteEvidence[];
  /** Files that would tell, where the verdict is `unknown`. */
  readonly lacking: readonly string[];
}

/** All claims, judged on these trees. */
export interface NotesReport {
  readonly claims: readonly JudgedNote[];
  /** Files that stand in a tree and could not be read, and those that are missing. */
  readonly problems: readonly Problem[];
}

/** Judges the study notes: each verdict follows from the trees and from the run of the stock scenario. */
export async function judgeNotes(
  trace: Trace,
  trees: Trees,
  index: FactsSource,
  cancel: CancelSignal = neverCancelled,
): Promise<NotesReport> {
  const read = await readTrees(functionsOf(CLAIMS), trees, index, cancel);
  const desk = new Desk(read, runViewOf(trace));
  const problems = Object.values(read).flatMap((tree) => tree.problems);
  return { claims: CLAIMS.map((claim) => judge(desk, claim)), problems: [...new Set(problems)] };
}

/** Judges one claim: the first rule that holds gives the verdict; one that cannot be told ends in `unknown`. */
export function judge(desk: Desk, claim: Claim<NoteId>): JudgedNote {
  const looked: NoteEvidence[] = [];
  for (const { verdict, when } of claim.rules) {
    const { holds, evidence, lacking } = answer(desk, when);
    if (holds === undefined) {
      return { id: claim.id, verdict: 'unknown', evidence: [], lacking: [...new Set(lacking)] };
    }
    if (holds) {
      return { id: claim.id, verdict, evidence: distinct(evidence), lacking: [] };
    }
    looked.push(...evidence);
  }
  const instead = answer(desk, claim.instead);
  const evidence = distinct([...instead.evidence, ...looked]);
  return { id: claim.id, verdict: claim.otherwise, evidence, lacking: [] };
}

/** Functions that the claims name, each once. */
function functionsOf(claims: readonly Claim[]): readonly StageRef[] {
  const all = claims.flatMap((claim) => [...claim.rules.map((rule) => rule.when), claim.instead].flatMap(functionsIn));
  return [...new Map(all.map((fn) => [fn.id, fn])).values()];
}

function distinct(evidence: readonly NoteEvidence[]): NoteEvidence[] {
  const byLine = new Map<string, NoteEvidence>();
  for (const one of evidence) {
    const key = `${one.tree} ${one.file}:${one.line}`;
    const before = byLine.get(key);
    if (before === undefined || before.role === 'definition') {
      byLine.set(key, one);
    }
  }
  return [...byLine.values()];
}
