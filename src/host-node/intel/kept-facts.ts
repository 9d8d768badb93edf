import type { CancelSignal } from '../../base/cancel.ts';
import { ProblemError, problem } from '../../base/problem.ts';
import type { FileFacts } from '../../indexer/facts.ts';
import type { FactsSource, SourceFile } from '../../sourcemap/facts-source.ts';
import type { TreeKind } from '../../sourcemap/trees.ts';

/** Files that are asked for at once: small enough that progress is seen and cancelling is prompt. */
const PORTION = 64;

/** Told how many files of those asked for so far are read. */
export type FactsProgress = (done: number, of: number) => void;

/** Facts in memory, by file, for as long as its text stays the same: an index that is built anew after an edit costs no reading. */
export class KeptFacts implements FactsSource {
  readonly #source: FactsSource;
  readonly #progress: FactsProgress;
  readonly #kept = new Map<string, { readonly text: string; readonly facts: FileFacts }>();
  #done = 0;
  #wanted = 0;

  constructor(source: FactsSource, progress: FactsProgress) {
    this.#source = source;
    this.#progress = progress;
  }

  async factsOf(kind: TreeKind, files: readonly SourceFile[], cancel: CancelSignal): Promise<readonly FileFacts[]> {
    const fresh = files.filter((file) => this.#of(kind, file) === undefined);
    this.#wanted += fresh.length;
    for (let at = 0; at < fresh.length; at += PORTION) {
      if (cancel.cancelled) {
        this.#wanted -= fresh.length - at;
        throw new ProblemError(problem('cancelled', {}));
      }
      const portion = fresh.slice(at, at + PORTION);
      const facts = await this.#source.factsOf(kind, portion, cancel);
      this.#keep(kind, portion, facts);
      this.#done += portion.length;
      this.#progress(this.#done, this.#wanted);
    }
    return files.flatMap((file) => this.#of(kind, file) ?? []);
  }

  #of(kind: TreeKind, { path, text }: SourceFile): FileFacts | undefined {
    const kept = this.#kept.get(`${kind}:${path}`);
    return kept?.text === text ? kept.facts : undefined;
  }

  #keep(kind: TreeKind, files: readonly SourceFile[], facts: readonly FileFacts[]): void {
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    for (const one of facts) {
      this.#kept.set(`${kind}:${one.path}`, { text: texts.get(one.path) ?? '', facts: one });
    }
  }
}
