import { count, oneOf, type Shapes, textUpTo, within } from './check.ts';

/** What can be looked into at a moment, in the order of the panel's choice. */
export const TOPICS = ['queue', 'request', 'registers', 'pci', 'msix', 'kernel', 'contexts', 'output'] as const;

/** One of them. */
export type Topic = (typeof TOPICS)[number];

/** Bounds of one message about a moment: none of it grows with the length of a run. */
export const INSPECT_LIMITS = {
  /** Rows of a ring or a table. */
  rows: 256,
  /** Bytes of a selected buffer, and of the shown end of an output. */
  bytes: 4096,
  /** Functions named as readers or writers of one field. */
  functions: 12,
  /** UTF-16 units of a scenario's name. */
  name: 64,
  /** Queues, slots and buffers are chosen by a number below this. */
  item: 0xffff,
} as const;

/** Functions that touch something, as numbers of stages in the head. */
export interface CodeUse {
  /** Stages in which it changed somewhere in this run. */
  readonly writers: readonly number[];
  /** Stages whose code reads it. */
  readonly readers: readonly number[];
  /** Section of virtio 1.2, empty where there is none. */
  readonly spec: string;
}

/** One field of the machine's state. */
export interface StateField extends CodeUse {
  /** As the code spells it. */
  readonly name: string;
  readonly value: string;
  /** Its value before the step, where the step changed it. */
  readonly was?: string;
  /** The value in words; empty where the number says all. */
  readonly means: string;
  /** What the field is for; empty where its name says it. */
  readonly about: string;
}

/** Fields that belong together. */
export interface StateGroup {
  readonly title: string;
  /** Lane of the program that owns them. */
  readonly lane: number;
  readonly fields: readonly StateField[];
}

/** One of several that can be chosen, by number. */
export interface Choice {
  readonly item: number;
  readonly name: string;
}

/** Whose turn it is with a descriptor or a ring entry. */
export const RING_MARKS = ['free', 'pending', 'taken', 'used'] as const;

/**
 * `free`: nobody's turn. `pending`: made available, not yet taken by the device. `taken`: the device has it. `used`: given
 * back, not yet collected by the driver.
 */
export type RingMark = (typeof RING_MARKS)[number];

/** One descriptor (virtio 1.2, 2.7.5). */
export interface DescriptorRow {
  readonly index: number;
  readonly address: string;
  readonly length: number;
  readonly flags: number;
  /** Names of the flags that are set. */
  readonly flagNames: readonly string[];
  readonly next: number;
  readonly mark: RingMark;
  readonly changed: boolean;
}

/** One entry of the available or used ring. */
export interface RingEntry {
  readonly slot: number;
  /** Head of a chain of descriptors. */
  readonly id: number;
  /** Bytes that the device wrote; -1 in the available ring. */
  readonly length: number;
  readonly mark: RingMark;
  readonly changed: boolean;
}

/** The available or the used ring. */
export interface RingPart extends CodeUse {
  readonly fields: readonly StateField[];
  readonly entries: readonly RingEntry[];
}

/** Bytes that a descriptor points to. */
export interface BufferBytes {
  readonly descriptor: number;
  readonly address: string;
  readonly length: number;
  /** The first `INSPECT_LIMITS.bytes` of them. */
  readonly bytes: Uint8Array;
  /** Which of them the step changed, one flag a byte. */
  readonly changed: Uint8Array;
  /** It does not lie in the guest's memory. */
  readonly outside: boolean;
  readonly writers: readonly number[];
}

/** A virtqueue, decoded from the bytes in guest memory. */
export interface QueueView {
  readonly topic: 'queue';
  readonly queues: readonly Choice[];
  readonly queue: number;
  /** What was asked for: `INSPECT_LIMITS.item` for the queue that the moment is about. */
  readonly asked: number;
  /** The device has mapped its rings; without it there is nothing to decode. */
  readonly mapped: boolean;
  readonly size: number;
  readonly groups: readonly StateGroup[];
  readonly table: CodeUse;
  readonly descriptors: readonly DescriptorRow[];
  readonly avail: RingPart;
  readonly used: RingPart;
  readonly buffer?: BufferBytes;
}

/** States of a slot of the I/O request page, by the number in memory (ACRN_IOREQ_STATE_*). */
export const SLOT_STATES = ['PENDING', 'COMPLETE', 'PROCESSING', 'FREE'] as const;

/** The way of a slot from state to state. */
export interface SlotStep {
  readonly from: number;
  readonly to: number;
  /** Event at which it was taken. */
  readonly event: number;
  readonly stage: number;
}

/** One slot of the I/O request page. */
export interface SlotView {
  readonly slot: number;
  /** Index into `SLOT_STATES`; any other number is what a broken writer left. */
  readonly state: number;
  readonly last?: SlotStep;
  /** The step changed it. */
  readonly changed: boolean;
  /** `port I/O, write 2 bytes to 0x2010` */
  readonly summary: string;
  readonly lane: number;
}

/** The I/O request page, decoded from the bytes in Service VM memory. */
export interface RequestView {
  readonly topic: 'request';
  readonly mapped: boolean;
  readonly address: string;
  readonly slots: readonly SlotView[];
  readonly slot: number;
  readonly groups: readonly StateGroup[];
  /** Every way from state to state that this run took in any slot, with the stages that took it. */
  readonly steps: readonly { readonly from: number; readonly to: number; readonly stages: readonly number[] }[];
}

/** Plain groups of fields. */
export interface FieldsView {
  readonly topic: 'registers' | 'pci' | 'kernel';
  /** Something that holds for all of it; empty where there is nothing to say. */
  readonly note: string;
  readonly groups: readonly StateGroup[];
}

/** One entry of the MSI-X table. */
export interface VectorRow {
  readonly entry: number;
  readonly address: string;
  readonly data: string;
  readonly masked: boolean;
  /** The vector that the guest put into the message; -1 where there is no message. */
  readonly vector: number;
  /** A processor of the guest has it posted and has not taken it yet. */
  readonly pending: boolean;
  /** What sends it, as words. */
  readonly use: string;
  /** Stage that handles it in the guest; -1. */
  readonly handler: number;
  readonly changed: boolean;
}

/** The MSI-X table, decoded from the bytes that the device model keeps of it. */
export interface VectorsView extends CodeUse {
  readonly topic: 'msix';
  readonly note: string;
  readonly groups: readonly StateGroup[];
  readonly vectors: readonly VectorRow[];
}

/** What a context does at a moment. */
export const CONTEXT_STATES = ['runs', 'waits', 'away', 'ready', 'idle'] as const;

/**
 * `runs`: the current event is its. `waits`: it sleeps until somebody wakes it. `away`: control has left it by a boundary and
 * comes back. `ready`: it could run. `idle`: nothing is under way in it.
 */
export type ContextState = (typeof CONTEXT_STATES)[number];

/** One context at a moment. */
export interface ContextRow {
  readonly context: number;
  readonly state: ContextState;
  /** Its innermost stage; -1 where it is idle. */
  readonly stage: number;
  /** The waiting call or the way out, as written in C; empty. */
  readonly expr: string;
  /** What it waits for, in words. */
  readonly waits: string;
  /** Event since which it does so; -1. */
  readonly since: number;
  /** Virtual nanoseconds since then. */
  readonly time: number;
  /** Stages that woke it from here somewhere in this run. */
  readonly wakers: readonly number[];
  readonly changed: boolean;
}

/** Who runs, who waits for whom. */
export interface ContextsView {
  readonly topic: 'contexts';
  readonly rows: readonly ContextRow[];
}

/** What has left the machine so far, by endpoint. */
export interface OutputView {
  readonly topic: 'output';
  readonly outputs: readonly {
    readonly endpoint: string;
    readonly total: number;
    /** The last bytes. */
    readonly tail: Uint8Array;
    /** How many of them this step wrote. */
    readonly fresh: number;
    readonly writers: readonly number[];
  }[];
}

/** What is found at a moment. */
export type StateView = QueueView | RequestView | FieldsView | VectorsView | ContextsView | OutputView;

/** A condition that chose the way to a stage. */
export interface WhyReason {
  readonly because: string;
  /** What decided, with its values at the moment. */
  readonly fields: readonly StateField[];
  readonly otherwise: string;
  /** Name and title of a scenario in which it goes the other way; empty. */
  readonly scenario: string;
  readonly title: string;
}

/** Why a stage is there, and what chose the way to it. */
export interface WhyView {
  readonly stage: number;
  /** One or two sentences; empty for a stage that nobody has written about. */
  readonly text: string;
  readonly reasons: readonly WhyReason[];
}

/** Answers about a moment, to a view. */
export type ToInspectView =
  | { readonly t: 'state'; readonly request: number; readonly at: number; readonly view: StateView }
  | { readonly t: 'why'; readonly request: number; readonly at: number; readonly why: WhyView };

/** Questions about a moment, from a view. */
export type FromInspectView =
  /** State just after event `at`; what events `from` to `at` changed is marked. `item` and `detail` choose inside a topic. */
  | {
      readonly t: 'want-state';
      readonly request: number;
      readonly from: number;
      readonly at: number;
      readonly topic: Topic;
      /** Number of a queue or a slot. */
      readonly item: number;
      /** Descriptor whose bytes are wanted; -1 for the one that matters now. */
      readonly detail: number;
    }
  /** Why a stage is there, told from the state just after event `at`. */
  | {
      readonly t: 'want-why';
      readonly request: number;
      readonly from: number;
      readonly at: number;
      readonly stage: number;
    }
  /** Runs a named scenario in place of this one. */
  | { readonly t: 'run-scenario'; readonly name: string }
  /** Opens the place of a stage. */
  | { readonly t: 'open-stage'; readonly stage: number };

/** What is checked of each message of this family. */
export const INSPECT_SHAPES: Shapes<FromInspectView> = {
  'want-state': {
    request: count,
    from: count,
    at: count,
    topic: oneOf(TOPICS),
    item: within(0, INSPECT_LIMITS.item),
    detail: within(-1, INSPECT_LIMITS.item),
  },
  'want-why': { request: count, from: count, at: count, stage: within(0, 0xffff) },
  'run-scenario': { name: textUpTo(INSPECT_LIMITS.name) },
  'open-stage': { stage: within(0, 0xffff) },
};
