import * as vscode from 'vscode';

/**
 * Builds a hover. Whatever comes out of C text or a path is added as text or as a code block, never as markdown, and only
 * the commands that are named can be run from it.
 */
export class HoverText {
  readonly markdown: vscode.MarkdownString;

  constructor(commands: readonly string[] = []) {
    this.markdown = new vscode.MarkdownString(undefined, true);
    this.markdown.isTrusted = { enabledCommands: commands };
  }

  /** A sentence of our own: it wraps at its spaces, which `appendText` would not let it. */
  text(text: string): this {
    this.markdown.appendMarkdown(text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_{}[\]()#+!~<>|$&-]/g, '\\$&'));
    return this;
  }

  /** A name, an expression or a path. */
  c(text: string): this {
    this.markdown.appendText(text.replace(/\s*\n\s*/g, ' '));
    return this;
  }

  /** In bold. */
  bold(text: string): this {
    this.markdown.appendMarkdown('**').appendText(text).appendMarkdown('**');
    return this;
  }

  /** An icon of the editor's own set. */
  icon(name: string): this {
    this.markdown.appendMarkdown(`$(${name}) `);
    return this;
  }

  /** C text as a block of code. */
  code(text: string): this {
    this.markdown.appendCodeblock(text, 'c');
    return this;
  }

  /** A link to a line (1-based) of a file. */
  place(text: string, uri: vscode.Uri, line: number): this {
    return this.#link(text, uri.with({ fragment: `L${line}` }).toString());
  }

  /** A link that runs one of the commands. */
  command(text: string, command: string, given: unknown): this {
    return this.#link(text, `command:${command}?${encodeURIComponent(JSON.stringify([given]))}`);
  }

  /** A new paragraph. */
  paragraph(): this {
    this.markdown.appendMarkdown('\n\n');
    return this;
  }

  /** A new line of a list. */
  item(): this {
    this.markdown.appendMarkdown('\n\n- ');
    return this;
  }

  /** A line between two parts. */
  rule(): this {
    this.markdown.appendMarkdown('\n\n---\n\n');
    return this;
  }

  #link(text: string, target: string): this {
    this.markdown
      .appendMarkdown('[')
      .appendText(text)
      .appendMarkdown(`](${target.replace(/[()]/g, encodeBracket)})`);
    return this;
  }
}

const encodeBracket = (bracket: string): string => (bracket === '(' ? '%28' : '%29');
