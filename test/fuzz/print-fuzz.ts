import fc from 'fast-check';
import { hostileCases, playHostile } from './hostile-device.ts';
import { hostileGuests, playHostileGuest } from './hostile-guest.ts';

/*
 * `npm run fuzz [-- CASES [SEED]]`: hostile drivers in front of the device model, and hostile guests on the whole machine
 * (one case in 200: each powers a machine on). Prints cases, time and findings; exit code 1 at a finding.
 */
const cases = Number(process.argv[2] ?? 200_000);
const seed = Number(process.argv[3] ?? 1);
const SLICE = 10_000;
/** One case in so many is a whole machine. */
const GUEST_SHARE = 200;

/** Runs cases in slices, so that progress is seen; the number of findings. */
function runCases(what: string, property: fc.IProperty<unknown>, count: number): number {
  const start = Date.now();
  let done = 0;
  let findings = 0;
  for (let slice = 0; done < count; slice++) {
    const numRuns = Math.min(SLICE, count - done);
    const details = fc.check(property, { seed: seed + slice, numRuns });
    done += details.numRuns;
    if (details.failed) {
      findings++;
      console.log(`${what}: seed ${seed + slice}: ${String(details.errorInstance)}`);
      console.log(JSON.stringify(details.counterexample));
      done += numRuns - details.numRuns;
    }
    console.error(`${what}: ${done} of ${count}, ${((Date.now() - start) / 1000).toFixed(0)} s`);
  }
  const seconds = (Date.now() - start) / 1000;
  console.log(
    `${what}: ${done} cases, ${seconds.toFixed(0)} s, ${(done / seconds).toFixed(0)} cases/s, ${findings} findings`,
  );
  return findings;
}

const begin = Date.now();
const machines = Math.max(1, Math.ceil(cases / GUEST_SHARE));
const findings =
  runCases('hostile drivers', fc.property(hostileCases, playHostile), cases - machines) +
  runCases('hostile guests', fc.property(hostileGuests, playHostileGuest), machines);
const share = ((100 * machines) / cases).toFixed(1);
const total = ((Date.now() - begin) / 1000).toFixed(0);
console.log(`fuzz: ${cases} cases (${share} % whole machines), ${total} s, ${findings} findings, seed ${seed}`);
process.exitCode = findings === 0 ? 0 : 1;
