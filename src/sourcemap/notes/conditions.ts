import type { Line } from '../../base/brand.ts';
import type { Lines, TreeView } from '../tree-view.ts';

/** C text without comments and without what stands in quotes; every character keeps its place. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (found) =>
    found.replace(/[^\n]/g, ' '),
  );
}

/** What gives the lines of a function. */
type Rows = Pick<TreeView, 'bodyOf'>;

/** The text of a function from its head to where `word` stands on line `at`, the word not included. */
function textBefore(view: Rows, fn: Lines, at: Line, word: string): string {
  const rows = [...view.bodyOf(fn)].filter((row) => row.line <= at).map((row) => row.text);
  const last = rows.pop() ?? '';
  const column = last.indexOf(word);
  return withoutComments([...rows, column < 0 ? last : last.slice(0, column)].join('\n'));
}

const TOKEN = /\b(?:if|while|for|switch|return|goto|break|continue)\b|[(){};]|[^\s(){};]+/g;
const HEADS: ReadonlySet<string> = new Set(['if', 'while', 'for', 'switch']);
const LEAVES: ReadonlySet<string> = new Set(['return', 'goto', 'break', 'continue']);

/** A block and what it is entered under. */
interface Block {
  readonly head: string;
  /** Conditions that hold in the rest of the block, because the code left where they did not. */
  readonly passed: string[];
  leaves: boolean;
}

/**
 * The conditions under which the code at a place runs: heads of the blocks and statements around it, the head in which it
 * stands, and those that the function left by before.
 */
export function conditionsAround(view: Rows, fn: Lines, at: Line, word: string): string {
  return read(view, fn, at, word).conditions();
}

/** The heads alone of the blocks and statements around a place: a function that left before because of an error is no condition. */
export function headsAround(view: Rows, fn: Lines, at: Line, word: string): string {
  return read(view, fn, at, word).heads();
}

function read(view: Rows, fn: Lines, at: Line, word: string): ConditionReader {
  const reader = new ConditionReader();
  for (const token of textBefore(view, fn, at, word).matchAll(TOKEN)) {
    reader.read(token[0]);
  }
  return reader;
}

class ConditionReader {
  readonly #blocks: Block[] = [{ head: '', passed: [], leaves: false }];
  #heads: string[] = [];
  /** Text between the brackets of a head, undefined outside of one. */
  #head: string[] | undefined;
  #depth = 0;

  read(token: string): void {
    if (this.#head !== undefined) {
      this.#readHead(token);
    } else if (HEADS.has(token)) {
      this.#head = [];
    } else if (token === '{') {
      this.#blocks.push({ head: this.#heads.join(' '), passed: [], leaves: false });
      this.#heads = [];
    } else if (token === '}') {
      this.#close();
    } else if (token === ';') {
      this.#heads = [];
    } else if (LEAVES.has(token)) {
      this.#leave();
    }
  }

  conditions(): string {
    return [...this.#blocks.flatMap((block) => block.passed), this.heads()].join(' ');
  }

  heads(): string {
    return [...this.#blocks.map((block) => block.head), ...this.#heads, ...(this.#head ?? [])].join(' ').trim();
  }

  #readHead(token: string): void {
    this.#depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    this.#head?.push(token);
    if (this.#depth === 0) {
      this.#heads.push((this.#head ?? []).join(' '));
      this.#head = undefined;
    }
  }

  #leave(): void {
    const block = this.#blocks.at(-1);
    if (block !== undefined && this.#heads.length > 0) {
      block.passed.push(this.#heads.join(' '));
    } else if (block !== undefined) {
      block.leaves = true;
    }
  }

  #close(): void {
    const block = this.#blocks.length > 1 ? this.#blocks.pop() : undefined;
    if (block?.leaves === true) {
      this.#blocks.at(-1)?.passed.push(block.head);
    }
    this.#heads = [];
  }
}
