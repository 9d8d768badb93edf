import { type Problem, problem } from '../../base/problem.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** What an operation brought: see `out` of a recording's description. */
export type Out = Readonly<Record<string, unknown>>;

/** One operation of a recording: what the guest, the outside or the recorder does. */
export interface RecordedOp {
  readonly op: string;
  readonly i?: number;
  readonly offset?: number;
  readonly size?: number;
  readonly value?: number | string;
  readonly bar?: number;
  readonly gpa?: number;
  readonly len?: number;
  readonly hex?: string;
  readonly opts?: string | null;
  readonly endpoint?: string;
  readonly path?: string;
  readonly max_iterations?: number;
  readonly n?: number;
  readonly queue?: number;
  readonly qsize?: number;
  readonly ms?: number;
  readonly count?: number;
  readonly body?: readonly RecordedOp[];
  readonly out?: Out;
  readonly out_last_round?: Out;
}

/** A ring area or the like that `where` labels name. */
export interface Region {
  readonly name: string;
  readonly gpa: number;
  readonly len: number;
}

/** A recording of the device model: how the device is made, and what is done to it. */
export interface Recording {
  readonly name: string;
  readonly device: {
    readonly opts: string | null;
    readonly stdin: string;
    readonly harness_settings: readonly string[];
  };
  readonly guest_memory: { readonly low: MemoryRange; readonly high: MemoryRange };
  readonly regions: readonly Region[];
  readonly functions: Readonly<Record<string, string>>;
  readonly ops: readonly RecordedOp[];
}

/** A range of guest RAM. */
export interface MemoryRange {
  readonly gpa: number;
  readonly size: number;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const NUMBERS = [
  'offset',
  'size',
  'bar',
  'gpa',
  'len',
  'max_iterations',
  'n',
  'queue',
  'qsize',
  'ms',
  'count',
] as const;
const TEXTS = ['hex', 'endpoint', 'path'] as const;
/** Guest RAM that a recording may ask for: more would only be a mistake. */
const MAX_MEMORY = 1 << 30;

function badOp(op: unknown): string | undefined {
  if (!isObject(op) || typeof op['op'] !== 'string') {
    return 'an operation with a name is expected';
  }
  for (const key of NUMBERS) {
    const value = op[key];
    if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value) || value < 0)) {
      return `${key} is not a number`;
    }
  }
  for (const key of TEXTS) {
    if (op[key] !== undefined && typeof op[key] !== 'string') {
      return `${key} is not a text`;
    }
  }
  const { body } = op;
  return body === undefined ? undefined : Array.isArray(body) ? firstBad(body) : 'body is not a list';
}

function firstBad(ops: readonly unknown[]): string | undefined {
  for (const op of ops) {
    const reason = badOp(op);
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}

function isRange(value: unknown): value is MemoryRange {
  return (
    isObject(value) &&
    typeof value['gpa'] === 'number' &&
    typeof value['size'] === 'number' &&
    value['size'] >= 0 &&
    value['size'] <= MAX_MEMORY
  );
}

function badHead(json: Json): string | undefined {
  const { device, guest_memory: memory, regions, functions, ops } = json;
  if (!isObject(device) || !(device['opts'] === null || typeof device['opts'] === 'string')) {
    return '/device';
  }
  if (typeof device['stdin'] !== 'string' || !Array.isArray(device['harness_settings'])) {
    return '/device';
  }
  if (!isObject(memory) || !isRange(memory['low']) || !isRange(memory['high'])) {
    return '/guest_memory';
  }
  if (!Array.isArray(regions) || !isObject(functions)) {
    return '/regions';
  }
  return Array.isArray(ops) ? undefined : '/ops';
}

/** A recording out of parsed JSON; a problem that names the place where it is none. */
export function parseRecording(json: unknown): Result<Recording, Problem> {
  if (!isObject(json)) {
    return err(problem('bad-recording', { path: '/', reason: 'a recording is an object' }));
  }
  const path = badHead(json);
  if (path !== undefined) {
    return err(problem('bad-recording', { path, reason: 'missing or of another shape' }));
  }
  const recording = json as unknown as Recording;
  for (const [index, op] of recording.ops.entries()) {
    const reason = badOp(op);
    if (reason !== undefined) {
      return err(problem('bad-recording', { path: `/ops/${index}`, reason }));
    }
  }
  return ok(recording);
}
