import { fromHex } from '../base/bytes.ts';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Outside } from '../emulator/boundaries.ts';
import { type GuestWrite, Machine } from '../emulator/machine.ts';
import type { RunEnd } from '../emulator/scheduler.ts';
import { outputOf } from '../trace/output.ts';
import type { Trace } from '../trace/trace.ts';
import type { Scenario } from './scenario.ts';

/** Bytes that one scenario may write in all: more than any person needs, few enough to stay quick. */
export const MAX_WRITE_BYTES = 1_048_576;

/** A scenario that has been run. */
export interface Run {
  readonly scenario: Scenario;
  readonly trace: Trace;
  readonly end: RunEnd;
  /** What left the machine, by endpoint. */
  readonly output: ReadonlyMap<string, Uint8Array>;
}

/** Runs a scenario on a fresh machine. The same scenario gives the same trace, byte for byte. */
export function runScenario(scenario: Scenario, outside: Outside, window?: number): Result<Run, Problem> {
  const writes: GuestWrite[] = [];
  for (const [index, action] of scenario.guest.entries()) {
    const bytes = fromHex(action.hex);
    if (bytes === undefined) {
      return err(problem('bad-scenario', { path: `/guest/${index}/hex`, reason: 'no hex digits' }));
    }
    writes.push({ vcpu: action.vcpu, path: action.path, bytes });
  }
  const total = writes.reduce((sum, write) => sum + write.bytes.length, 0);
  if (total > MAX_WRITE_BYTES) {
    return err(problem('write-text-too-long', { bytes: total, limit: MAX_WRITE_BYTES }));
  }
  const { vcpus, console: consoleOptions, seed } = scenario.machine;
  const machine = new Machine({ vcpus, consoleOptions, seed, outside, ...(window === undefined ? {} : { window }) });
  const end = machine.run(writes);
  const { trace } = machine;
  return ok({ scenario, trace, end, output: outputOf(trace) });
}
