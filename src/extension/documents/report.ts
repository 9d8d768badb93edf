/** A piece of a line that leads somewhere. */
export interface ReportLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Address, as a string: documents are made without the editor. */
  readonly target: string;
}

/** A document: its text, and the links in it. */
export interface Report {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

/** Text, or text that leads somewhere. */
export type Piece = string | { readonly text: string; readonly target: string | undefined };

/** Gathers a document line by line. */
export class ReportWriter {
  readonly #lines: string[] = [];
  readonly #links: ReportLink[] = [];

  /** Adds a line. A line break inside a piece becomes a space: paths and names come from files. */
  line(...pieces: readonly Piece[]): this {
    let text = '';
    for (const piece of pieces) {
      const added = (typeof piece === 'string' ? piece : piece.text).replace(/[\r\n\u2028\u2029]+/g, ' ');
      if (typeof piece !== 'string' && piece.target !== undefined) {
        const { target } = piece;
        this.#links.push({ line: this.#lines.length, start: text.length, end: text.length + added.length, target });
      }
      text += added;
    }
    this.#lines.push(text.trimEnd());
    return this;
  }

  /** Adds a heading with an empty line around it. */
  heading(level: 1 | 2 | 3, ...pieces: readonly Piece[]): this {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') {
      this.line();
    }
    return this.line(`${'#'.repeat(level)} `, ...pieces).line();
  }

  /** The document. */
  end(): Report {
    return { text: `${this.#lines.join('\n')}\n`, links: this.#links };
  }
}
