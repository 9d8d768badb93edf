/** Something that must be released. */
export interface Disposable {
  dispose(): void;
}

/** Releases what was added, in reverse order; what is added after disposal is released at once, so nothing leaks. */
export class DisposableStore implements Disposable {
  #items: Disposable[] | undefined = [];

  /** Keeps `item` until the store is disposed, and returns it. */
  add<T extends Disposable>(item: T): T {
    if (this.#items === undefined) {
      item.dispose();
    } else {
      this.#items.push(item);
    }
    return item;
  }

  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) {
      item.dispose();
    }
  }
}

/** A slot for something replaceable: the old content is released when a new one arrives. */
export class MutableDisposable<T extends Disposable> implements Disposable {
  #current: T | undefined;
  #disposed = false;

  get value(): T | undefined {
    return this.#current;
  }

  set value(next: T | undefined) {
    const old = this.#current;
    this.#current = next;
    old?.dispose();
    if (this.#disposed) {
      next?.dispose();
      this.#current = undefined;
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.value = undefined;
  }
}
