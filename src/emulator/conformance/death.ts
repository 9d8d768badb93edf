import { causeOfDeath } from '../device-model/process-end.ts';
import { type Memory, OutsideRam } from '../memory.ts';
import type { ThreadName } from './op-record.ts';

/** How the process ended. */
export interface ProcessDied {
  readonly signal: string;
  readonly thread: ThreadName;
  /** First byte that could not be accessed, where it is the guest's. */
  readonly fault_gpa: number | string;
}

/** What killed the process; an error of the emulator itself goes on up. */
export function deathOf(error: unknown, guestRam: Memory, thread: ThreadName): ProcessDied {
  if (causeOfDeath(error) === undefined) {
    throw error;
  }
  return { signal: 'SIGSEGV', thread, fault_gpa: faultAddress(error, guestRam) };
}

function faultAddress(error: unknown, guestRam: Memory): number | string {
  if (!(error instanceof OutsideRam) || error.address < 0) {
    return 'not a guest address';
  }
  const range = guestRam.ranges.find(({ start, size }) => error.address >= start && error.address < start + size);
  return range === undefined ? error.address : range.start + range.size;
}
