import {
  type ContextHead,
  type HopHead,
  LIMITS,
  type Moment,
  NO_HOP,
  NO_OTHER,
  PROOFS,
  type Proof,
  type Range,
  type SessionHead,
  type Shown,
  STEP_KINDS,
  type StageHead,
  type StepColumns,
  type StepKind,
} from '../protocol/messages.ts';
import type { NavigationState } from '../protocol/navigate.ts';
import type { ViewTexts } from '../protocol/view-texts.ts';

/** Steps of one page: what is asked for at once. */
export const PAGE = 512;
/** Pages kept; the one that was used longest ago goes first. */
const PAGES = 24;

/** One step as a row of the list shows it. */
export interface StepRow {
  readonly kind: StepKind;
  readonly lane: number;
  readonly depth: number;
  readonly stage: StageHead;
  readonly context: ContextHead;
  readonly hop: HopHead | undefined;
  /** Function at the hop's other end; empty where there is none. */
  readonly other: string;
  readonly proof: Proof;
}

const UNKNOWN_STAGE: StageHead = { lane: 0, function: '', file: '', status: 'no-tree' };
const UNKNOWN_CONTEXT: ContextHead = { lane: 0, program: '', name: '' };

/** What the view holds of a session: its head, some pages of steps, the picture, and one moment. */
export class ViewModel {
  readonly head: SessionHead;
  readonly texts: ViewTexts;
  readonly language: string;
  shown: Shown = 'run';
  moment: Moment | undefined;
  playing = false;
  /** How the user moves; undefined until the host has told. */
  navigation: NavigationState | undefined;
  readonly #ask: (from: number, count: number) => void;
  readonly #pages = new Map<number, StepColumns>();
  readonly #asked = new Set<number>();

  /** `ask` requests a page from the host; `take` is called with what it answers. */
  constructor(head: SessionHead, texts: ViewTexts, language: string, ask: (from: number, count: number) => void) {
    this.head = head;
    this.texts = texts;
    this.language = language;
    this.#ask = ask;
  }

  /** Steps of the shown phase. */
  get range(): Range {
    return this.head.ranges[this.shown];
  }

  /** Number of steps of the shown phase. */
  get count(): number {
    return Math.max(0, this.range.to - this.range.from);
  }

  /** A step, or undefined while its page is under way. */
  row(step: number): StepRow | undefined {
    const page = Math.floor(step / PAGE);
    const columns = this.#pages.get(page);
    if (columns === undefined) {
      this.#request(page);
      return undefined;
    }
    this.#pages.delete(page);
    this.#pages.set(page, columns);
    return this.#unpack(columns, step - page * PAGE);
  }

  /** A page that the host sent. */
  take(from: number, columns: StepColumns): void {
    const page = Math.floor(from / PAGE);
    this.#asked.delete(page);
    this.#pages.set(page, columns);
    const oldest = this.#pages.size > PAGES ? this.#pages.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#pages.delete(oldest);
    }
  }

  #request(page: number): void {
    if (!this.#asked.has(page)) {
      this.#asked.add(page);
      this.#ask(page * PAGE, Math.min(PAGE, LIMITS.steps));
    }
  }

  #unpack(columns: StepColumns, at: number): StepRow | undefined {
    const kind = STEP_KINDS[columns.kind[at] ?? NO_HOP];
    if (kind === undefined) {
      return undefined;
    }
    const context = this.head.contexts[columns.context[at] ?? 0] ?? UNKNOWN_CONTEXT;
    return {
      kind,
      context,
      lane: context.lane,
      depth: columns.depth[at] ?? 0,
      stage: this.head.stages[columns.stage[at] ?? NO_OTHER] ?? UNKNOWN_STAGE,
      hop: this.head.hops[columns.hop[at] ?? NO_HOP],
      other: this.head.stages[columns.other[at] ?? NO_OTHER]?.function ?? '',
      proof: PROOFS[columns.proof[at] ?? 0] ?? 'none',
    };
  }
}
