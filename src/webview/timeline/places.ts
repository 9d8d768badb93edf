/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Side of one cell of the grid in which taken places are looked up. */
const CELL = 64;

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.left + other.width &&
  other.left < one.left + one.width &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height;

/** Whether a point lies in a box. */
export const holds = ({ left, top, width, height }: Box, x: number, y: number): boolean =>
  x >= left && x <= left + width && y >= top && y <= top + height;

/** Which places of a plot labels have taken: no two overlap, none reaches over an edge. */
export class Places {
  readonly #width: number;
  readonly #height: number;
  readonly #cells = new Map<number, Box[]>();

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  /** Takes a place where it is free. */
  take(box: Box): boolean {
    const inside =
      box.left >= 0 && box.top >= 0 && box.left + box.width <= this.#width && box.top + box.height <= this.#height;
    const cells = inside ? this.#cellsOf(box) : [];
    if (!inside || cells.some((cell) => this.#cells.get(cell)?.some((other) => overlap(box, other)) === true)) {
      return false;
    }
    for (const cell of cells) {
      const taken = this.#cells.get(cell);
      if (taken === undefined) {
        this.#cells.set(cell, [box]);
      } else {
        taken.push(box);
      }
    }
    return true;
  }

  #cellsOf({ left, top, width, height }: Box): number[] {
    const cells: number[] = [];
    for (let row = Math.floor(top / CELL); row <= Math.floor((top + height) / CELL); row++) {
      for (let column = Math.floor(left / CELL); column <= Math.floor((left + width) / CELL); column++) {
        cells.push(row * 4096 + column);
      }
    }
    return cells;
  }
}
