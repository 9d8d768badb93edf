/** Groups things by a key, in the order they come. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    const group = groups.get(k);
    if (group) {
      group.push(item);
    } else {
      groups.set(k, [item]);
    }
  }
  return groups;
}

/** A group, made when it is first asked for. */
export class Lazy<T> {
  readonly #make: () => T;
  #value: { readonly made: T } | undefined;

  constructor(make: () => T) {
    this.#make = make;
  }

  get value(): T {
    this.#value ??= { made: this.#make() };
    return this.#value.made;
  }
}
