// Judges the JSON of `virtio-trace map --route stock`: node scripts/check-map.mjs MAP.json [all]
// Every stage in a Linux tree must be found; with `all`, every stage of ACRN too. Prints each one that is not.
import { readFileSync } from 'node:fs';

const [file, scope] = process.argv.slice(2);
const { stages, hops } = JSON.parse(readFileSync(file, 'utf8'));
const wanted = stages.filter(({ id }) => scope === 'all' || id.startsWith('linux:'));
const lost = wanted.filter(({ status }) => status !== 'found');
for (const { id, status } of lost) console.log(`  ${status}: ${id}`);
const proven = hops.filter(({ status }) => status === 'proven').length;
console.log(
  `map: ${wanted.length - lost.length} of ${wanted.length} stages found, ${proven} of ${hops.length} hops proven`,
);
process.exitCode = wanted.length > 0 && lost.length === 0 ? 0 : 1;
