/** Measures and cuts text for a canvas. Widths are kept: measuring is the slowest thing that drawing text does. */
export class Lettering {
  readonly #widths = new Map<string, number>();
  readonly #monoWidths = new Map<string, number>();

  /** Width of a text in the context's present font, in pixels. */
  width(context: CanvasRenderingContext2D, text: string): number {
    const key = `${context.font}|${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = context.measureText(text).width;
      if (this.#widths.size > 4096) {
        this.#widths.clear();
      }
      this.#widths.set(key, width);
    }
    return width;
  }

  /** A name in a font of even width, cut to so many pixels; empty where not even three letters fit. `font` is that font. */
  cut(context: CanvasRenderingContext2D, font: string, name: string, pixels: number): string {
    let letter = this.#monoWidths.get(font);
    if (letter === undefined) {
      context.font = font;
      letter = context.measureText('mmmmmmmmmm').width / 10;
      this.#monoWidths.set(font, letter);
    }
    return cutTo(name, Math.floor(pixels / letter));
  }
}

/** At most so many letters of a name, with an ellipsis where it is longer; empty below three. */
export function cutTo(name: string, letters: number): string {
  if (name.length <= letters) {
    return name;
  }
  return letters < 3 ? '' : `${name.slice(0, letters - 1)}…`;
}
