import { assertNever } from '../../base/assert.ts';
import type { StateView, Topic } from '../../protocol/inspect.ts';
import { baseState, type MachineState, stateAt } from '../../trace/state.ts';
import type { Session } from '../session.ts';
import { ContextLog, wakersOf } from './context-log.ts';
import { Lens } from './lens.ts';
import { SlotLog } from './slot-log.ts';
import { type FieldNumbers, fieldNumbers, Snapshot } from './snapshot.ts';
import { Span } from './span.ts';
import { queueUnderWay } from './under-way.ts';
import { contextsView } from './view/contexts.ts';
import { kernelView } from './view/kernel.ts';
import { outputView } from './view/output.ts';
import { pciView } from './view/pci.ts';
import { queueView } from './view/queue.ts';
import { registersView } from './view/registers.ts';
import { requestView } from './view/request.ts';
import { vectorsView } from './view/vectors.ts';
import { WriteIndex } from './write-index.ts';

/** States kept, so that another look at the same moment costs nothing: a moment and the one before it, twice. */
const KEPT = 4;

/** A moment, and what is looked into. */
export interface Look {
  /** First event of the step: what it and those up to `at` change is marked. */
  readonly from: number;
  /** The event after which the state is shown. */
  readonly at: number;
  readonly topic: Topic;
  readonly item: number;
  readonly detail: number;
}

/** Looks into the moments of one session. What needs the whole trace is read once, when it is first asked for. */
export class Inspector {
  readonly #session: Session;
  readonly #fields: FieldNumbers;
  readonly #stages: ReadonlyMap<string, number>;
  readonly #states = new Map<number, MachineState>();
  readonly #writes: () => WriteIndex;
  readonly #slots: () => SlotLog;
  readonly #contexts: () => ContextLog;
  readonly #wakers: () => ReadonlyMap<number, readonly number[]>;

  constructor(session: Session) {
    const { trace } = session.parts;
    this.#session = session;
    this.#fields = fieldNumbers(trace);
    this.#stages = new Map(trace.stages.map(({ id }, number) => [id, number]));
    this.#writes = once(() => new WriteIndex(trace));
    this.#slots = once(() => new SlotLog(trace));
    this.#contexts = once(() => new ContextLog(trace));
    this.#wakers = once(() => wakersOf(trace));
  }

  /** The state just after event `at`. */
  snapshot(at: number): Snapshot {
    const { trace } = this.#session.parts;
    return new Snapshot(trace, this.#state(at), this.#fields);
  }

  /** A moment beside the one before its step. */
  lens(from: number, at: number): Lens {
    const { trace, language } = this.#session.parts;
    const span = new Span(trace, from, at);
    const code = { language, writes: this.#writes(), stages: this.#stages };
    return new Lens({ before: this.snapshot(from - 1), after: this.snapshot(at), span }, code);
  }

  /** What is found at a moment. */
  look({ from, at, topic, item, detail }: Look): StateView {
    const lens = this.lens(from, at);
    switch (topic) {
      case 'queue':
        return queueView(lens, item, detail, queueUnderWay(lens.trace, at));
      case 'request':
        return requestView(lens, this.#slots(), at, item);
      case 'registers':
        return registersView(lens);
      case 'pci':
        return pciView(lens);
      case 'msix':
        return vectorsView(lens);
      case 'kernel':
        return kernelView(lens);
      case 'contexts':
        return contextsView(lens, this.#contexts(), this.#wakers(), from, at);
      case 'output':
        return outputView(lens, this.#session.output, from, at);
      default:
        return assertNever(topic);
    }
  }

  #state(at: number): MachineState {
    const { trace } = this.#session.parts;
    const known = this.#states.get(at);
    const state = known ?? (at < trace.dropped ? baseState(trace) : stateAt(trace, at));
    this.#states.delete(at);
    this.#states.set(at, state);
    const oldest = this.#states.size > KEPT ? this.#states.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#states.delete(oldest);
    }
    return state;
  }
}

/** What `make` makes, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const INSPECTORS = new WeakMap<Session, Inspector>();

/** The inspector of a session: one for all views on it. */
export function inspectorOf(session: Session): Inspector {
  let inspector = INSPECTORS.get(session);
  if (inspector === undefined) {
    inspector = new Inspector(session);
    INSPECTORS.set(session, inspector);
  }
  return inspector;
}
