import type { Dialect, LinkUnit } from '../dialect.ts';

/** Which files are linked into one program, as the dialect's folders say. */
export class Units {
  readonly #units: readonly LinkUnit[];
  readonly #known = new Map<string, LinkUnit>();

  constructor(dialect: Dialect) {
    this.#units = dialect.units;
  }

  /** Name of the unit that a file belongs to. */
  nameOf(file: string): string {
    return this.#unitOf(file).name;
  }

  /** Whether `from` and `to` may speak of the same thing by one name. */
  sees(from: string, to: string): boolean {
    const [a, b] = [this.#unitOf(from), this.#unitOf(to)];
    return a === b || a.name === b.name || a.shared || b.shared;
  }

  #unitOf(file: string): LinkUnit {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    let unit = this.#known.get(folder);
    if (unit === undefined) {
      unit = this.#longest(folder) ?? EVERYTHING;
      this.#known.set(folder, unit);
    }
    return unit;
  }

  #longest(folder: string): LinkUnit | undefined {
    let best: LinkUnit | undefined;
    let length = -1;
    for (const unit of this.#units) {
      for (const prefix of unit.prefixes) {
        if (prefix.length > length && folder.startsWith(prefix)) {
          best = unit;
          length = prefix.length;
        }
      }
    }
    return best;
  }
}

const EVERYTHING: LinkUnit = { name: '', prefixes: [], shared: false };

/** True for a file whose names other files do not see unless they are external. */
export const isSourceFile = (file: string): boolean => !/\.(?:h|hh|hpp|inc)$/.test(file);
