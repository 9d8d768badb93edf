// Run after every `npm install` that changes package-lock.json (`npm run lockfile`).
//
// A registry mirror that serves Linux only answers 404 for the other platforms' binaries; npm then leaves these optional
// packages out of the lock file, and `npm ci` refuses such a file everywhere else. This adds an entry for each of them
// (exact version, platform, no address) and removes any download address.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform that a binary package's name states, as npm's `os`, `cpu` and `libc` fields. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`complete-lockfile: ${name} names no single platform`);
  const libc = os[0] === 'linux' ? [words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'] : undefined;
  return { os, cpu, ...(libc && { libc }) };
}

/** Every optional dependency of a locked package that has no entry of its own. */
export function missingEntries(lock) {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => ({ name, version, parent: entry })),
  );
}

function complete(file) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingEntries(lock);
  for (const { name, version, parent } of missing) {
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(parent.dev && { dev: true }),
      license: parent.license,
      optional: true,
    };
  }
  for (const entry of Object.values(lock.packages)) delete entry.resolved;
  const sorted = Object.keys(lock.packages).sort((a, b) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(sorted.map((path) => [path, lock.packages[path]]));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`complete-lockfile: ${missing.length} entries added to ${file}`);
}

for (const file of process.argv.slice(2)) complete(file);
