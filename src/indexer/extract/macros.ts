import type { ParamFact } from '../facts.ts';
import type { RawDefine } from '../mask/state.ts';
import type { LineTable } from './lines.ts';
import type { FactsBuilder, FactText } from './source.ts';
import { fold } from './text.ts';

/** A macro's body inside the text that all bodies are laid out in. */
export interface BodySegment {
  readonly name: string;
  readonly params: readonly ParamFact[];
  readonly start: number;
  readonly end: number;
  /** What to add to an offset of this segment to get the offset in the file. */
  readonly shift: number;
}

/** The bodies of a file's macros, each as a C function, to be parsed together. */
export interface MacroBodies {
  readonly text: string;
  readonly segments: readonly BodySegment[];
}

const MAX_BODY = 1 << 15;
const CALLS_OR_BINDS = /[A-Za-z_]\w*\s*\(|[^=!<>]=[^=]/;
const DEFINES_FUNCTION = /^\s*(?!(?:if|for|while|switch|do|return|else)\b)[A-Za-z_][^;{}=?]*\)[^;{}=()?]*\{/;

/** Files every `#define`, those with arguments as functions too. */
export function readDefines(text: string, lines: LineTable, defines: readonly RawDefine[], facts: FactsBuilder): void {
  for (const define of defines) {
    const body = fold(text.slice(define.bodyStart, define.bodyEnd));
    const line = lines.lineAt(define.at);
    facts.macros.push({ name: define.name, params: define.params, body, line });
    if (define.params !== undefined) {
      facts.functions.push({
        name: define.name,
        line,
        endLine: lines.lineAt(Math.max(define.at, define.bodyEnd - 1)),
        isStatic: false,
        origin: 'function-like-macro',
        params: paramsOf(define),
        returns: '',
      });
    }
  }
}

const paramsOf = (define: RawDefine): ParamFact[] =>
  (define.params ?? []).map((param) => ({ name: param.replace(/\.\.\.$/, '') || '...', type: '' }));

/** Lays out the bodies that call or bind something. Bodies whose brackets do not match are left out. */
export function layOutBodies(text: string, defines: readonly RawDefine[]): MacroBodies {
  let result = '';
  const segments: BodySegment[] = [];
  for (const define of defines) {
    const body = text.slice(define.bodyStart, define.bodyEnd);
    if (!isWorthReading(define, body)) {
      continue;
    }
    const bare = body.replace(/\\(\r?)\n/g, ' $1\n');
    const head = DEFINES_FUNCTION.test(withoutComments(bare)) ? '' : `void ${define.name}(){`;
    const start = result.length + head.length;
    result += `${head}${bare}\n${head === '' ? '' : ';}'}\n`;
    const segment = { name: define.name, params: paramsOf(define), start, end: result.length };
    segments.push({ ...segment, shift: define.bodyStart - start });
  }
  return { text: result, segments };
}

const withoutComments = (text: string): string => (text.includes('/*') ? text.replace(/\/\*[\s\S]*?\*\//g, ' ') : text);

function isWorthReading(define: RawDefine, body: string): boolean {
  if (define.params === undefined && !body.includes(';')) {
    return false;
  }
  return body.length < MAX_BODY && CALLS_OR_BINDS.test(body) && isBalanced(body);
}

function isBalanced(body: string): boolean {
  let depth = 0;
  for (const c of body.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g, '')) {
    depth += '([{'.includes(c) ? 1 : ')]}'.includes(c) ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth === 0;
}

/** The segment that holds an offset. */
export function segmentAt(segments: readonly BodySegment[], offset: number): BodySegment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return segments[low];
}

/** The laid-out bodies as a text to read facts from: its lines are those of the file. */
export function bodyText(clean: string, segments: readonly BodySegment[], lines: LineTable): FactText {
  return { clean, lineAt: (offset) => lines.lineAt(offset + (segmentAt(segments, offset)?.shift ?? 0)) };
}
