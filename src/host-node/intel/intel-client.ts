import { Worker } from 'node:worker_threads';
import { type CancelSignal, neverCancelled } from '../../base/cancel.ts';
import type { Disposable } from '../../base/disposable.ts';
import { type Problem, ProblemError, problem } from '../../base/problem.ts';
import { endWorker, rejectOwed } from '../end-worker.ts';
import { besideProgram } from '../grammar.ts';
import type { FromWorker, IntelAsks, IntelStart, ToWorker, UnsavedText } from './intel-messages.ts';

/** What the worker tells without being asked. */
export interface IntelEvents {
  readonly progress: (done: number, of: number) => void;
  readonly problem: (one: Problem) => void;
}

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: ProblemError) => void;
}

/** The code intelligence of a window: a worker thread that starts with the first question, and anew after it died. */
export class IntelClient implements Disposable {
  readonly #start: IntelStart;
  readonly #events: IntelEvents;
  readonly #program: string;
  readonly #pending = new Map<number, Pending>();
  readonly #unsaved = new Map<string, UnsavedText>();
  #worker: Worker | undefined;
  #next = 0;

  /** `program`: the worker's. */
  constructor(start: IntelStart, events: IntelEvents, program: string = besideProgram('intel-worker.cjs')) {
    this.#start = start;
    this.#events = events;
    this.#program = program;
  }

  /** Asks, and waits for the answer. Rejects with a `ProblemError`: `cancelled`, `worker-failed`, or what the question met. */
  async ask<K extends keyof IntelAsks>(
    t: K,
    ask: IntelAsks[K]['ask'],
    cancel: CancelSignal & { readonly onCancelled?: (stop: () => void) => Disposable } = neverCancelled,
  ): Promise<IntelAsks[K]['answer']> {
    const whole = { t, ...ask } as unknown as Extract<ToWorker, { t: 'ask' }>['ask'];
    const worker = this.#running();
    const id = this.#next++;
    worker.ref();
    const listening = cancel.onCancelled?.(() => this.#cancel(id));
    try {
      return await new Promise<IntelAsks[K]['answer']>((resolve, reject) => {
        this.#pending.set(id, { resolve: (answer) => resolve(answer as IntelAsks[K]['answer']), reject });
        worker.postMessage({ t: 'ask', id, ask: whole } satisfies ToWorker);
      });
    } finally {
      listening?.dispose();
    }
  }

  /** Says what stands unsaved in an editor. */
  unsaved(text: UnsavedText): void {
    const key = `${text.root}/${text.path}`;
    if (text.text === undefined && !this.#unsaved.delete(key)) {
      return;
    }
    if (text.text !== undefined) {
      this.#unsaved.set(key, text);
    }
    this.#worker?.postMessage({ t: 'unsaved', text } satisfies ToWorker);
  }

  dispose(): void {
    this.#end(problem('cancelled', {}));
  }

  #running(): Worker {
    if (this.#worker !== undefined) {
      return this.#worker;
    }
    const worker = new Worker(this.#program, { workerData: this.#start });
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.once('error', (error) => this.#end(problem('worker-failed', { reason: String(error) })));
    worker.once('exit', (code) => this.#end(problem('worker-failed', { reason: `exit ${code}` })));
    this.#worker = worker;
    for (const text of this.#unsaved.values()) {
      worker.postMessage({ t: 'unsaved', text } satisfies ToWorker);
    }
    return worker;
  }

  #receive(message: FromWorker): void {
    switch (message.t) {
      case 'answer':
        this.#take(message.id)?.resolve(message.answer);
        break;
      case 'failed':
        this.#take(message.id)?.reject(new ProblemError(message.problem));
        break;
      case 'progress':
        this.#events.progress(message.done, message.of);
        break;
      case 'problem':
        this.#events.problem(message.problem);
        break;
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) {
      this.#worker?.unref();
    }
    return pending;
  }

  #cancel(id: number): void {
    this.#worker?.postMessage({ t: 'cancel', id } satisfies ToWorker);
    this.#take(id)?.reject(new ProblemError(problem('cancelled', {})));
  }

  /** Ends the thread and answers for what it still owes. */
  #end(reason: Problem): void {
    const worker = this.#worker;
    this.#worker = undefined;
    endWorker(worker);
    rejectOwed(this.#pending, reason);
  }
}
