import { CLOSE_BRACE, CLOSE_PAREN, COLON, COMMA, OPEN_BRACE, SEMICOLON } from './chars.ts';
import { settleAtWord } from './invocations.ts';
import type { Position, ScanState } from './state.ts';

/** One arm of an `#if`: its range, whether it may be followed by the next arm as if both stood in the text. */
interface Arm {
  readonly start: number;
  readonly end: number;
  readonly empty: boolean;
  readonly balanced: boolean;
  readonly complete: boolean;
  readonly after: Position;
}

interface Group {
  readonly before: Position;
  readonly arms: Arm[];
  armStart: number;
  /** Fewest open brackets that the enclosing arm has seen, this group's arms included. */
  lowest: number;
  /** True where the condition of the first arm always holds: what follows `#else` is dead. */
  readonly restIsDead: boolean;
}

/** Names that no C compiler defines when it compiles C. */
const NEVER_DEFINED = ['__cplusplus', '__ASSEMBLER__'];

/**
 * Reads both arms of `#if`. Where each arm is a complete piece of C they are read one after the other, with only the
 * directives blanked; where they are alternatives of one piece (two heads of one function) the first is kept and the
 * others are blanked. Arms that no C compiler ever sees (`#if 0`) are blanked.
 */
export class Conditionals {
  readonly #state: ScanState;
  readonly #groups: Group[] = [];

  constructor(state: ScanState) {
    this.#state = state;
  }

  /** Handles one directive that stands at `at`..`end`; `rest` is what follows its name. */
  directive(name: string, rest: string, at: number, end: number): void {
    this.#state.valueAt = -1;
    if (name === 'endif') {
      this.#close(at);
    } else if (name.startsWith('if')) {
      this.#open(name, rest, end);
    } else {
      this.#next(at, end);
    }
  }

  #open(name: string, rest: string, end: number): void {
    const state = this.#state;
    const truth = this.#truth(name, rest);
    this.#settle(end);
    const before = state.position();
    this.#groups.push({ before, arms: [], armStart: end, lowest: state.lowest, restIsDead: truth === true });
    state.lowest = state.brackets.length;
    if (truth === false) {
      this.#skipArm(end);
    }
  }

  /** `#else` and `#elif`. */
  #next(at: number, end: number): void {
    const group = this.#groups[this.#groups.length - 1];
    if (group === undefined) {
      return;
    }
    this.#endArm(group, at);
    this.#state.restore(group.before);
    group.armStart = end;
    if (group.restIsDead) {
      this.#skipArm(end);
    }
  }

  #close(at: number): void {
    const group = this.#groups.pop();
    if (group === undefined) {
      return;
    }
    this.#endArm(group, at);
    const arms = group.arms.filter((arm) => !arm.empty);
    const inOrder = arms.every((arm, i) => arm.balanced && (arm.complete || i === arms.length - 1));
    const kept = arms[0];
    if (kept === undefined) {
      this.#state.restore(group.before);
    } else if (arms.length === 1) {
      this.#state.restore(kept.after);
    } else if (!inOrder) {
      for (const arm of arms.slice(1)) {
        this.#state.buffer.blank(arm.start, arm.end);
      }
      this.#state.restore(kept.after);
    }
    this.#state.lowest = group.lowest;
  }

  #endArm(group: Group, at: number): void {
    const state = this.#state;
    this.#settle(at);
    const depth = group.before.brackets.length;
    group.lowest = Math.min(group.lowest, state.lowest);
    group.arms.push({
      start: group.armStart,
      end: at,
      empty: state.buffer.isBlank(group.armStart, at),
      balanced: state.brackets.length === depth && state.lowest >= depth,
      complete: this.#isComplete(),
      after: state.position(),
    });
  }

  /** A macro invocation at file scope is complete where a directive follows. */
  #settle(at: number): void {
    if (this.#state.closed !== undefined && this.#state.inside === undefined) {
      settleAtWord(this.#state, at);
    }
  }

  #isComplete(): boolean {
    const { previous, closed, wordKind } = this.#state;
    if (previous === CLOSE_PAREN) {
      return closed !== undefined && closed.statement >= 0;
    }
    const ends = [SEMICOLON, CLOSE_BRACE, COMMA, OPEN_BRACE, COLON, 0];
    return wordKind === 'opener' || ends.includes(previous);
  }

  /** Whether the condition always or never holds, `undefined` where that depends. */
  #truth(name: string, rest: string): boolean | undefined {
    const condition = rest.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').trim();
    if (name === 'if') {
      const never = /^(?:0[xX]?0*|defined\s*\(?\s*(\w+)\s*\)?)$/.exec(condition);
      if (never) {
        return never[1] === undefined || this.#never(never[1]) ? false : undefined;
      }
      return condition === '1' ? true : undefined;
    }
    if (!this.#never(condition)) {
      return undefined;
    }
    return name === 'ifndef';
  }

  #never(name: string): boolean {
    return NEVER_DEFINED.includes(name) || this.#state.dialect.neverDefined.includes(name);
  }

  /** Blanks what follows up to the `#else`, `#elif` or `#endif` of the same group. */
  #skipArm(from: number): void {
    const { text, buffer } = this.#state;
    const directive = /^[ \t]*#[ \t]*(if|else|elif|endif)/gm;
    directive.lastIndex = from;
    let depth = 0;
    let end = text.length;
    for (let match = directive.exec(text); match; match = directive.exec(text)) {
      const name = match[1];
      if (depth === 0 && name !== 'if') {
        end = match.index;
        break;
      }
      depth += name === 'if' ? 1 : name === 'endif' ? -1 : 0;
    }
    buffer.blank(from, end);
    this.#state.at = end;
  }
}
