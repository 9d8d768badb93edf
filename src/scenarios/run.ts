import { assertNever } from '../base/assert.ts';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Outside } from '../emulator/boundaries.ts';
import { type GuestAct, Machine, type MachineOptions } from '../emulator/machine.ts';
import type { Choice, RunEnd } from '../emulator/scheduler.ts';
import { outputOf } from '../trace/output.ts';
import type { Trace } from '../trace/trace.ts';
import { bytesOf } from './data.ts';
import { FarEnds } from './far-ends.ts';
import { FORCED } from './forced.ts';
import { bytesWritten, guestActs } from './guest-acts.ts';
import { type End, type InputAction, isGuestAction, type OutsideAction, type Scenario } from './scenario.ts';
import { outsideOf } from './surroundings.ts';

/** Bytes that one scenario may write in all: more than any person needs, few enough to stay quick. */
export const MAX_WRITE_BYTES = 1_048_576;

/** What a guest action came to. */
export interface ActionOutcome {
  readonly path: string;
  /** Bytes, or a negative errno. */
  readonly returned: number;
  readonly read?: Uint8Array;
}

/** A scenario that has been run. */
export interface Run {
  readonly scenario: Scenario;
  readonly trace: Trace;
  /**
   * `quiet`: nothing can happen any more. `polling`: nothing happens but the device's polls. `stuck`: all that runs spins.
   * `turns-used-up`: a busy loop, or a scenario that was too long.
   */
  readonly end: End;
  /** Actions of the guest that ended, in the order of their ends. */
  readonly outcomes: readonly ActionOutcome[];
  /** An action of the guest has not ended, and nothing goes on. */
  readonly hangs: boolean;
  /** What left the machine, by endpoint. */
  readonly output: ReadonlyMap<string, Uint8Array>;
}

const END: Readonly<Record<RunEnd, End>> = {
  quiet: 'quiet',
  stopped: 'polling',
  stuck: 'stuck',
  'turns-used-up': 'turns-used-up',
};

/**
 * Runs a scenario on a fresh machine: the same scenario gives the same trace, byte for byte. Everything outside is emulated
 * unless `outside` is given; `choice` stands in for the scenario's seed. `write-text-too-long` where it writes more than a run can hold.
 */
export function runScenario(
  scenario: Scenario,
  outside: Outside = outsideOf(scenario),
  window?: number,
  choice?: Choice,
): Result<Run, Problem> {
  const total = scenario.actions.reduce((sum, one) => sum + (isGuestAction(one) ? bytesWritten(one) : 0), 0);
  if (total > MAX_WRITE_BYTES) {
    return err(problem('write-text-too-long', { bytes: total, limit: MAX_WRITE_BYTES }));
  }
  const machine = new Machine({ ...machineOptions(scenario, outside, window), ...present({ choice }) });
  sayForced(machine, scenario);
  const end = END[play(machine, scenario, new FarEnds(outside))];
  const { trace, guest } = machine;
  return ok({ scenario, trace, end, outcomes: guest.results, hangs: guest.hung, output: outputOf(trace) });
}

/** The conditions of a scenario as the machine takes them. */
export function machineOptions(scenario: Scenario, outside: Outside, window?: number): MachineOptions {
  const { machine, faults = {} } = scenario;
  const forced = scenario.forced.map((name) => FORCED[name]);
  const { dropUpcalls, dropGuestInterrupts, refuseHypercalls, fullSharedBuffer, delayIoreqWork, loseUpcalls } = faults;
  return {
    vcpus: machine.vcpus,
    consoleOptions: machine.console,
    seed: machine.seed,
    outside,
    deviceModel: {
      msix: machine.virtioMsi !== true,
      poll: machine.virtioPoll === undefined ? null : String(machine.virtioPoll),
      rtvm: machine.rtvm ?? false,
    },
    forced: Object.assign({}, ...forced.map((one) => one.device)),
    acrnKernel: forced.some((one) => one.acrnKernel === true),
    guestCommandLine: machine.guestCommandLine ?? '',
    hypervisorFaults: present({ dropUpcalls, dropGuestInterrupts, refuseHypercalls, fullSharedBuffer }),
    serviceVmFaults: present({ delayIoreqWork, loseUpcalls }),
    ...present({ window }),
  };
}

/** The fields that have a value. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function sayForced(machine: Machine, scenario: Scenario): void {
  for (const condition of scenario.forced) {
    const { file, line, function: decider } = FORCED[condition].decidedBy;
    machine.recorder.log('notice', 'forced', { condition, file, line, function: decider });
  }
}

/** Guest actions are gathered until something else comes; everything ends with the machine at rest. */
function play(machine: Machine, scenario: Scenario, ends: FarEnds): RunEnd {
  let waiting: GuestAct[] = [];
  for (const action of scenario.actions) {
    if (isGuestAction(action)) {
      waiting.push(...guestActs(action));
      continue;
    }
    if (waiting.length > 0 || action.do === 'rest') {
      const end = machine.run(waiting, scenario.machine.turns);
      waiting = [];
      if (end === 'turns-used-up') {
        return end;
      }
    }
    if (action.do !== 'rest') {
      happen(machine, ends, action);
    }
  }
  return machine.run(waiting, scenario.machine.turns);
}

function input(machine: Machine, ends: FarEnds, { to, data }: InputAction): void {
  const { recorder } = machine;
  if (!ends.has(to)) {
    recorder.log('warning', 'outside-no-such-end', { end: to });
    return;
  }
  const bytes = bytesOf(data) ?? new Uint8Array(0);
  const taken = machine.peer.write(() => ends.input(to, bytes));
  recorder.log('info', 'outside-input', { end: to, taken });
}

function happen(machine: Machine, ends: FarEnds, action: OutsideAction): void {
  const { recorder } = machine;
  switch (action.do) {
    case 'input':
      input(machine, ends, action);
      break;
    case 'connect': {
      const result = ends.connect(action.path, action.as);
      recorder.log('info', 'outside-connected', { path: action.path, as: action.as, result: result ?? 0 });
      break;
    }
    case 'hang-up':
      recorder.log('info', ends.hangUp(action.to) ? 'outside-hung-up' : 'outside-no-such-end', { end: action.to });
      break;
    case 'stop-reading': {
      const code = ends.stopReading(action.to) ? 'outside-stopped-reading' : 'outside-no-such-end';
      recorder.log('info', code, { end: action.to });
      break;
    }
    case 'kill':
      machine.deviceModel.kill();
      break;
    default:
      assertNever(action);
  }
}
