import type { Line } from '../base/brand.ts';
import type { Problem } from '../base/problem.ts';

/** The three source trees a map speaks of. Guest and Service VM may run different kernels. */
export type TreeRole = 'acrn' | 'guestLinux' | 'serviceLinux';

/** What the emulator declares of a stage; the source map finds it in a tree. */
export interface StageRef {
  /** `acrn:FILE#FUNCTION` or `linux:FILE#FUNCTION`. */
  readonly id: string;
  readonly program: 'guest-user' | 'guest-kernel' | 'hypervisor' | 'service-vm-kernel' | 'device-model';
  readonly tree: 'acrn' | 'linux' | undefined;
  /** File relative to its tree. */
  readonly file: string;
  readonly function: string;
}

/** A hop that a run took. `expr` is the called expression the emulator names (`vq->notify`), where it is a pointer call. */
export interface HopRef {
  readonly route: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** Stage id of the function that contains the call, where that is not `from` (return_then_call). */
  readonly caller?: string;
  readonly expr?: string;
}

/** Why a stage stands where it stands, or why it stands nowhere. Sentences are in `texts/` under the same code. */
export type PlaceReason =
  | 'renamed' // the same job under another name
  | 'split-later' // its code was part of the function named
  | 'moved' // the same name in another file
  | 'not-in-version' // the function does not exist in this version
  | 'not-in-mainline' // only another fork of this kernel has it
  | 'file-missing' // neither its file nor a known predecessor is in the tree
  | 'file-unreadable' // its file is there and could not be read
  | 'several-definitions' // more than one function of this name, and nothing tells which
  | 'no-tree'; // no tree was given for its program

/** Where a stage stands in the user's tree. */
export interface StagePlace {
  readonly id: string;
  readonly program: StageRef['program'];
  readonly tree: TreeRole | undefined;
  readonly status: 'found' | 'renamed' | 'inlined' | 'absent' | 'ambiguous';
  readonly file?: string;
  readonly line?: Line;
  readonly endLine?: Line;
  readonly function?: string;
  readonly reason?: PlaceReason;
}

/** What a line of evidence shows. */
export type EvidenceRole = 'call' | 'binding' | 'number' | 'handler';

/** One line that proves a hop. It shows the call, binding, number or registration itself. */
export interface Evidence {
  readonly tree: TreeRole;
  readonly file: string;
  readonly line: Line;
  readonly role: EvidenceRole;
  /** The name that the line shows: what is called, bound, numbered or registered there. */
  readonly shows: string;
}

/** Why a hop is not proven. Sentences are in `texts/` under the same code; `HopProof.detail` names the thing. */
export type UnprovenReason =
  | 'no-tree' // no tree was given for one of its sides
  | 'stage-absent' // one of its stages does not stand in this tree
  | 'inlined' // both sides are one function in this version
  | 'no-call' // the function that leaves has no such call
  | 'no-binding' // the call is there; nothing that was read binds the target to it
  | 'no-number' // a number that both sides must share is not defined on one of them
  | 'number-differs' // both sides define the number, with different values
  | 'ioctl-abi-differs' // this device model speaks ioctl numbers that this kernel's driver does not have
  | 'no-handler' // the number is sent, no handler for it was found
  | 'no-registration' // nothing that was read registers the target for this
  | 'wrong-program' // no boundary of this kind leads from the one program to the other
  | 'no-rule'; // nothing is known about how to prove a hop of this kind

/** A hop with its proof, or the reason why there is none. */
export interface HopProof {
  readonly route: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly caller?: string;
  readonly expr?: string;
  readonly status: 'proven' | 'unproven';
  readonly reason?: UnprovenReason;
  /** What was looked for and not found: a macro, a function, an expression. */
  readonly detail?: string;
  /** Never empty for a proven hop; what was found all the same for an unproven one. The line where control leaves first. */
  readonly evidence: readonly Evidence[];
}

/** The joined map of one run over the trees. */
export interface SourceMap {
  readonly trees: Readonly<Record<TreeRole, TreeInfo | undefined>>;
  /** One for each stage that belongs to a tree; a user process belongs to none. */
  readonly stages: readonly StagePlace[];
  readonly hops: readonly HopProof[];
  /** Files that stand in a tree and could not be read, and why: the answer rests on the others. */
  readonly problems: readonly Problem[];
  /** What was read for this answer. */
  readonly read: { readonly files: number; readonly bytes: number };
}

/** A tree in use: path as the user gave it, version as the tree itself states it (`unknown` where it does not). */
export interface TreeInfo {
  readonly path: string;
  readonly version: string;
}
