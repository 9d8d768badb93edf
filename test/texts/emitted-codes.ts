import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const EMULATOR = fileURLToPath(new URL('../../src/emulator', import.meta.url));

/** A place that records a log line or a hazard: the codes that it may record, and the names of the arguments it gives. */
export interface Emission {
  readonly where: string;
  readonly kind: 'log' | 'hazard' | 'fault';
  readonly codes: readonly string[];
  readonly args: readonly string[];
}

/** Calls that record, by how they are spelled in the emulator's source. */
const CALL =
  /(?:\b(pr_err|pr_warn|pr_notice|pr_info|pr_dbg)|\.(log)|(?:\b|\.)(hazard)|new (EmulatedFault)|\b(badRing))\(/g;
/** Helpers that record with a code which their caller hands over, and the arguments that they give. */
const HELPERS: Readonly<Record<string, readonly string[]>> = { badRing: ['queue', 'id'] };

const CODE = /'([a-z]+(?:-[a-z0-9]+)+)'/g;

const files = (): string[] =>
  readdirSync(EMULATOR, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();

/** Every place in the emulator that records a log line, a hazard or a fault with a code that is written there. */
export function emissions(): Emission[] {
  return files().flatMap((file) => {
    const text = readFileSync(path.join(EMULATOR, file), 'utf8');
    return [...text.matchAll(CALL)].flatMap((call) => {
      const inside = argumentsAt(text, call.index + call[0].length);
      const brace = inside.indexOf('{');
      const head = brace < 0 ? inside : inside.slice(0, brace);
      const codes = [...head.matchAll(CODE)].map((found) => found[1] ?? '');
      const kind = call[3] === undefined ? (call[4] === undefined ? 'log' : 'fault') : 'hazard';
      const row = text.slice(0, call.index).split('\n').length;
      return codes.length === 0
        ? []
        : [{ where: `${file}:${row}`, kind, codes, args: HELPERS[call[5] ?? ''] ?? namesIn(inside, brace) }];
    });
  });
}

/** Codes that the `codes.ts` of the programs declare, by what they are. */
export function declaredCodes(): {
  readonly logs: Set<string>;
  readonly hazards: Set<string>;
  readonly faults: Set<string>;
} {
  const declared = { logs: new Set<string>(), hazards: new Set<string>(), faults: new Set<string>() };
  for (const file of files().filter((one) => path.basename(one) === 'codes.ts')) {
    const text = readFileSync(path.join(EMULATOR, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const list of text.matchAll(/export const (\w+) = [[{]([\s\S]*?)\n[\]}] as const/g)) {
      const kind = /HAZARD/.test(list[1] ?? '') ? 'hazards' : /FAULT/.test(list[1] ?? '') ? 'faults' : 'logs';
      for (const row of (list[2] ?? '').matchAll(/^\s*'([\w-]+)'\s*[,:]/gm)) {
        declared[kind].add(row[1] ?? '');
      }
    }
  }
  return declared;
}

/** The text between the brackets of a call. */
function argumentsAt(text: string, start: number): string {
  let depth = 1;
  let at = start;
  while (depth > 0 && at < text.length) {
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    at++;
  }
  return text.slice(start, at - 1);
}

/** Names of the properties of the object literals in a call. */
function namesIn(inside: string, brace: number): string[] {
  return brace < 0 ? [] : [...inside.slice(brace).matchAll(/[{,]\s*(\w+)\s*(?=[,:}])/g)].map((found) => found[1] ?? '');
}
