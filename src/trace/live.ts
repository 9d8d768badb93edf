import type { StateBefore } from './columns.ts';

/** Tells the pages of a memory as they are now, by number; what it gave out it never changes. */
export type PageSource = () => ReadonlyMap<number, Uint8Array>;

/** The state as it is now, kept beside the trace so that a new chunk need not be told by applying the one before. */
export class LiveState {
  /** By field. */
  values: Float64Array = new Float64Array(1024);
  #fields = 0;
  readonly #areas: (PageSource | undefined)[] = [];

  /** A new field, with the value it holds at first. */
  addField(initial: number): void {
    if (this.#fields === this.values.length) {
      const bigger = new Float64Array(2 * this.values.length);
      bigger.set(this.values);
      this.values = bigger;
    }
    this.values[this.#fields++] = initial;
  }

  /** A new memory; without `pages` nobody can tell the state any more. */
  addArea(pages: PageSource | undefined): void {
    this.#areas.push(pages);
  }

  /** A copy of the state, undefined where it is not known. */
  copy(): StateBefore | undefined {
    const memory: ReadonlyMap<number, Uint8Array>[] = [];
    for (const pages of this.#areas) {
      if (pages === undefined) {
        return undefined;
      }
      memory.push(pages());
    }
    return { values: Array.from(this.values.subarray(0, this.#fields)), memory };
  }
}
