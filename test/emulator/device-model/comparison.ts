import type { Out, RecordedOp } from '../../../src/emulator/conformance/document.ts';

/** Levels of equality, as the recordings' own description orders them. */
export type Level = 1 | 2 | 3;

/** First difference of a level: which operation, and both sides. */
export interface Difference {
  readonly op: number;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Entry = Readonly<Record<string, unknown>>;

const list = (out: Out, key: string): readonly Entry[] => (out[key] as readonly Entry[] | undefined) ?? [];

/** What the guest and the outside see. */
function level1(out: Out, kernelDependent: boolean): unknown {
  const delivered = list(out, 'irqs')
    .filter(({ kind }) => kind === 'msi_delivered' || kind === 'intx_line')
    .map(({ seq: _seq, ...rest }) => rest);
  const output = list(out, 'backend_out').map(({ endpoint, hex }) => [endpoint, kernelDependent ? '' : hex]);
  return {
    value: out['value'],
    hex: out['hex'],
    rc: out['rc'],
    init: out['init_ret'],
    delivered,
    output: output.sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
    memory: list(out, 'mem_changed').map(({ gpa, hex }) => [gpa, hex]),
    died: out['process_died'],
  };
}

/** Lines at error and warning level: level and numbers. */
function level2(out: Out): unknown {
  return list(out, 'log')
    .filter(({ level }) => level === 'error' || level === 'warning')
    .map(({ level, numbers }) => [level, numbers]);
}

/** Entered functions of virtio.c, virtio_console.c and iothread.c with their inline helpers, by thread. */
function level3(out: Out, functions: Readonly<Record<string, string>>): unknown {
  const trace = (out['trace'] as readonly (readonly [number, number, string, string])[] | undefined) ?? [];
  return trace
    .filter(([, , name]) => functions[name] !== 'core/mevent.c')
    .map(([, , name, thread]) => `${thread} ${name}`);
}

const outOf = (op: RecordedOp | undefined): Out => op?.out ?? op?.out_last_round ?? {};

/** The first operation whose outcome differs at `level`, undefined where all are equal. */
export function firstDifference(
  level: Level,
  expected: readonly RecordedOp[],
  actual: readonly RecordedOp[],
  functions: Readonly<Record<string, string>>,
  kernelDependent: boolean,
): Difference | undefined {
  const view = (out: Out): unknown =>
    level === 1 ? level1(out, kernelDependent) : level === 2 ? level2(out) : level3(out, functions);
  for (const [index, op] of expected.entries()) {
    const [wanted, got] = [view(outOf(op)), view(outOf(actual[index]))];
    if (JSON.stringify(wanted) !== JSON.stringify(got)) {
      return { op: index, expected: wanted, actual: got };
    }
  }
  return undefined;
}
