/** A C expression, as far as it says through what a pointer is reached. */
export type Expression =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly string[] }
  | { readonly kind: 'deref'; readonly of: Expression }
  | { readonly kind: 'address'; readonly of: Expression }
  | { readonly kind: 'cast'; readonly type: string; readonly of: Expression }
  | { readonly kind: 'choice'; readonly arms: readonly Expression[] }
  | { readonly kind: 'unknown' };

const UNKNOWN: Expression = { kind: 'unknown' };
const TOKEN =
  /\s*(->|#?[A-Za-z_$][\w$@]*|#\d+|\.?\d[\w.]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+'|&&|\|\||[=!<>]=|<<|>>|\+\+|--|\S)/y;
const TYPE_WORDS =
  /^(?:const|volatile|struct|union|enum|unsigned|signed|int|long|short|char|void|float|double|bool|_Bool|typeof|__typeof__)$/;
const MAX_DEPTH = 60;

/** Parses an expression; what is no path to a pointer is `unknown`. */
export function parseExpression(text: string): Expression {
  return new Parser(tokensOf(text)).conditional(0);
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    tokens.push(match[1] ?? '');
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  conditional(depth: number): Expression {
    const condition = this.#binary(depth);
    if (this.#peek() !== '?' || depth > MAX_DEPTH) {
      return condition;
    }
    this.#at++;
    const first = this.#peek() === ':' ? condition : this.conditional(depth + 1);
    this.#at++;
    return { kind: 'choice', arms: [first, this.conditional(depth + 1)] };
  }

  /** Pointer arithmetic keeps the type of its left side; the rest of it is passed over. */
  #binary(depth: number): Expression {
    const left = this.#unary(depth);
    while (this.#at < this.#tokens.length && !'?:,)]}'.includes(this.#peek())) {
      this.#at++;
      this.#unary(depth);
    }
    return left;
  }

  #unary(depth: number): Expression {
    const token = this.#peek();
    if (depth > MAX_DEPTH || token === '') {
      this.#at++;
      return UNKNOWN;
    }
    if (token === '*' || token === '&') {
      this.#at++;
      return { kind: token === '*' ? 'deref' : 'address', of: this.#unary(depth + 1) };
    }
    if (token === '!' || token === '-' || token === '+' || token === '~' || token === '++' || token === '--') {
      this.#at++;
      return this.#unary(depth + 1);
    }
    const type = token === '(' ? this.#castType() : undefined;
    return type === undefined ? this.#postfix(depth) : { kind: 'cast', type, of: this.#unary(depth + 1) };
  }

  #postfix(depth: number): Expression {
    let expression = this.#primary(depth);
    for (;;) {
      const token = this.#peek();
      if (token === '->' || token === '.') {
        expression = { kind: 'member', of: expression, name: this.#tokens[this.#at + 1] ?? '' };
        this.#at += 2;
      } else if (token === '[') {
        this.#skipGroup();
        expression = { kind: 'index', of: expression };
      } else if (token === '(') {
        expression = { kind: 'call', callee: expression, args: this.#arguments() };
      } else if (token === '++' || token === '--') {
        this.#at++;
      } else {
        return expression;
      }
    }
  }

  #primary(depth: number): Expression {
    const token = this.#peek();
    this.#at++;
    if (token === '(') {
      if (this.#peek() === '{') {
        return this.#statementExpression(depth);
      }
      let inner = this.conditional(depth + 1);
      while (this.#peek() === ',') {
        this.#at++;
        inner = this.conditional(depth + 1);
      }
      this.#at++;
      return inner;
    }
    return /^[A-Za-z_$]/.test(token) ? { kind: 'name', name: token } : UNKNOWN;
  }

  /** `({ ...; value; })` has the value of its last statement. */
  #statementExpression(depth: number): Expression {
    const start = this.#at;
    this.#at--;
    this.#skipGroup();
    const inside = this.#tokens.slice(start + 1, this.#at - 2);
    while (inside[inside.length - 1] === ';') {
      inside.pop();
    }
    const last = inside.lastIndexOf(';');
    return depth > 8 ? UNKNOWN : new Parser(inside.slice(last + 1)).conditional(depth + 1);
  }

  /** The type between brackets in front of an operand, and moves on behind it; else stays and gives undefined. */
  #castType(): string | undefined {
    const close = this.#closeOf(this.#at);
    const inside = this.#tokens.slice(this.#at + 1, close);
    const next = this.#tokens[close + 1] ?? '';
    const first = inside[0] ?? '';
    const operand = /^[A-Za-z_$"'\d(&*]/.test(next);
    const isPointer = inside.length > 1 && inside.every((t) => /^[\w$]+$|^\*$/.test(t)) && inside.at(-1) === '*';
    const isName = inside.length === 1 && /^[A-Za-z_$]/.test(first) && /^[A-Za-z_$&]/.test(next);
    if (!operand || !(TYPE_WORDS.test(first) || isPointer || isName)) {
      return undefined;
    }
    this.#at = close + 1;
    return inside.join(' ').replace(/ \( /g, '(').replace(/ \)/g, ')');
  }

  #arguments(): string[] {
    const close = this.#closeOf(this.#at);
    const args: string[] = [];
    let depth = 0;
    let current: string[] = [];
    for (const token of this.#tokens.slice(this.#at + 1, close)) {
      depth += '([{'.includes(token) ? 1 : ')]}'.includes(token) ? -1 : 0;
      if (token === ',' && depth === 0) {
        args.push(current.join(' '));
        current = [];
      } else {
        current.push(token);
      }
    }
    if (current.length > 0 || args.length > 0) {
      args.push(current.join(' '));
    }
    this.#at = close + 1;
    return args;
  }

  #skipGroup(): void {
    this.#at = this.#closeOf(this.#at) + 1;
  }

  #closeOf(open: number): number {
    let depth = 0;
    for (let i = open; i < this.#tokens.length; i++) {
      const token = this.#tokens[i] ?? '';
      depth += '([{'.includes(token) ? 1 : ')]}'.includes(token) ? -1 : 0;
      if (depth === 0) {
        return i;
      }
    }
    return this.#tokens.length;
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '';
  }
}
