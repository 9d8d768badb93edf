import type { Problem } from '../../base/problem.ts';
import type { FunctionRef } from '../../indexer/link-types.ts';
import type { HopKind } from '../../trace/kinds.ts';
import type { EvidenceRole } from '../map-types.ts';
import type { Part, TreeName } from './parts.ts';

/**
 * How one function reaches another: the hops of a route, and what only a query meets (`timer`, `tasklet`, `irq_work` of a
 * kernel or the hypervisor; `macro`: the name called is a macro).
 */
export type EdgeKind = HopKind | 'timer' | 'tasklet' | 'irq_work' | 'macro';

/** A function in one part of the trees. */
export interface PartFunction {
  readonly part: Part;
  readonly fn: FunctionRef;
}

/** One line that shows an edge; `user` is what the user's edge file says, proven by nobody. */
export interface QueryEvidence {
  readonly tree: TreeName;
  readonly file: string;
  readonly line: number;
  readonly role: EvidenceRole | 'user';
  /** What the line shows. */
  readonly shows: string;
}

/** Where a function stands. */
export interface FunctionPlace {
  readonly function: string;
  readonly tree: TreeName;
  readonly file: string;
  readonly line: number;
}

/** A function that reaches the one asked about, or is reached from it. */
export interface QueryEdge extends FunctionPlace {
  readonly kind: EdgeKind;
  /** Through what: the called expression, the ioctl or hypercall number, the work item, the queue. */
  readonly via?: string;
  readonly evidence: readonly QueryEvidence[];
  /** Other definitions of the same name in the same program: which one is built in, the configuration says. */
  readonly alternatives?: readonly FunctionPlace[];
  /** True where only the user's edge file says so. */
  readonly userGiven?: true;
}

/** A call that may be part of the answer, but whose target is not known for sure. */
export interface UnresolvedSite extends FunctionPlace {
  readonly calls: string;
  /** `possible`: only the member's name agrees. */
  readonly reason: 'possible' | 'receiver-unknown' | 'nothing-bound' | 'no-handler' | 'number-differs';
}

/** The answer to "who reaches this function?" or "whom does it reach?". */
export interface QueryAnswer {
  readonly query: string;
  /** The functions that the query means. */
  readonly asked: readonly FunctionPlace[];
  readonly result: readonly QueryEdge[];
  readonly unresolved: { readonly count: number; readonly sites: readonly UnresolvedSite[] };
  /** Functions called by name that no indexed file defines. */
  readonly notIndexed: { readonly count: number; readonly names: readonly string[] };
  /** What the answer rests on. */
  readonly indexed: { readonly files: number; readonly folders: readonly string[] };
  readonly problems: readonly Problem[];
}

/** One edge across a boundary, both sides known. */
export interface BoundaryEdge {
  readonly kind: EdgeKind;
  readonly via?: string;
  readonly from: PartFunction;
  readonly to: PartFunction;
  readonly evidence: readonly QueryEvidence[];
}

/** What a rule found, and the calls for which it found no other side. */
export interface BoundaryEdges {
  readonly edges: readonly BoundaryEdge[];
  readonly lost: readonly (UnresolvedSite & { readonly from: PartFunction })[];
}
