/**
 * Does one job at a time. A job that arrives while another is under way replaces the one that waits: nothing queues, and the
 * newest is always done at last.
 */
export class NewestWins<T> {
  readonly #work: (job: T) => Promise<void>;
  readonly #failed: (reason: unknown) => void;
  #waiting: { readonly job: T } | undefined;
  #busy = false;

  constructor(work: (job: T) => Promise<void>, failed: (reason: unknown) => void) {
    this.#work = work;
    this.#failed = failed;
  }

  /** Asks for a job to be done. */
  ask(job: T): void {
    this.#waiting = { job };
    if (!this.#busy) {
      this.#busy = true;
      void this.#drain();
    }
  }

  async #drain(): Promise<void> {
    while (this.#waiting !== undefined) {
      const { job } = this.#waiting;
      this.#waiting = undefined;
      try {
        await this.#work(job);
      } catch (reason) {
        this.#failed(reason);
      }
    }
    this.#busy = false;
  }
}
