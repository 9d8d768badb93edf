import { join } from 'node:path';
import { recordedFtrace } from '../emulator/guest/recorded-ftrace.ts';
import { deviceRecordings } from './device-recordings.ts';
import { deviceRings } from './device-rings.ts';
import { driverRings } from './driver-rings.ts';
import { RECORDED, type Verdict } from './files.ts';

/*
 * `npm run conformance [-- FOLDER]`: the emulator against what real code did; FOLDER has the layout of test/recorded.
 * Ends with exit code 1 where a bound is missed.
 */
const folder = process.argv[2] ?? RECORDED;

interface Row {
  readonly what: string;
  readonly verdicts: readonly Verdict[];
  /** Least share that must be equal. */
  readonly bound: number;
}

const levels = deviceRecordings(folder);
const rows: readonly Row[] = [
  { what: 'device model, level 1: what guest and outside see', verdicts: levels[1], bound: 1 },
  { what: 'device model, level 2: error and warning lines', verdicts: levels[2], bound: 1 },
  { what: 'device model, level 3: order of entered functions', verdicts: levels[3], bound: 0.95 },
  { what: 'rings, device side', verdicts: deviceRings(folder), bound: 1 },
  { what: 'rings, driver side', verdicts: driverRings(folder), bound: 1 },
  { what: 'function_graph: order and nesting', verdicts: recordedFtrace(join(folder, 'ftrace')), bound: 1 },
];

const equalOf = ({ verdicts }: Row): number => verdicts.filter(({ difference }) => difference === undefined).length;

for (const { what, verdicts } of rows) {
  for (const { name, difference } of verdicts) {
    if (difference !== undefined) {
      console.log(`${what}: ${name}: ${difference}`);
    }
  }
}

const reasons = new Map<string, number>();
for (const { reason } of rows.flatMap(({ verdicts }) => verdicts)) {
  if (reason !== undefined) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
}
for (const [reason, count] of reasons) {
  console.log(`${count} rings where acrn-dm differs from QEMU: ${reason}`);
}

let missed = 0;
for (const row of rows) {
  const equal = equalOf(row);
  const met = row.verdicts.length > 0 && equal >= row.verdicts.length * row.bound;
  missed += met || row.verdicts.length === 0 ? 0 : 1;
  const state = row.verdicts.length === 0 ? 'not run (no recordings)' : met ? 'met' : 'MISSED';
  console.log(
    `${row.what.padEnd(52)} ${`${equal}/${row.verdicts.length}`.padStart(9)}  at least ${row.bound * 100} %  ${state}`,
  );
}
process.exitCode = missed === 0 ? 0 : 1;
