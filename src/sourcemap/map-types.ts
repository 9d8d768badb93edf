import type { Line } from '../base/brand.ts';

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

/** Where a stage stands in the user's tree. `reason` says why it is absent or ambiguous (a text code of `texts/`). */
export interface StagePlace {
  readonly id: string;
  readonly tree: TreeRole | undefined;
  readonly status: 'found' | 'renamed' | 'inlined' | 'absent' | 'ambiguous';
  readonly file?: string;
  readonly line?: Line;
  readonly endLine?: Line;
  readonly function?: string;
  readonly reason?: string;
}

/** One line that proves a hop. It shows the call, binding, number or registration itself. */
export interface Evidence {
  readonly tree: TreeRole;
  readonly file: string;
  readonly line: Line;
  readonly role: 'call' | 'binding' | 'number' | 'handler';
}

/** A hop with its proof, or the reason why there is none. */
export interface HopProof {
  readonly route: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly status: 'proven' | 'unproven';
  readonly reason?: string;
  readonly evidence: readonly Evidence[];
}

/** The joined map of one run over the trees. */
export interface SourceMap {
  readonly trees: Readonly<Record<TreeRole, TreeInfo | undefined>>;
  readonly stages: readonly StagePlace[];
  readonly hops: readonly HopProof[];
}

/** A tree in use: path as the user gave it, version as the tree itself states it. */
export interface TreeInfo {
  readonly path: string;
  readonly version: string;
}
