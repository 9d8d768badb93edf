// Runs a TypeScript file of the project on any supported Node.js: node scripts/run-ts.mjs FILE.ts [ARGUMENT...]
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/run-ts.mjs FILE.ts [ARGUMENT...]');
  process.exit(2);
}
const out = path.resolve('node_modules/.cache/virtio-trace', file.replace(/\.ts$/, '.mjs'));
await esbuild.build({
  entryPoints: [file],
  outfile: out,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(out).href);
