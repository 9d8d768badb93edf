// dist/routes.json: the fourteen routes as runs of their named scenarios take them, so that an editor can speak of them
// without running anything. The runs take some seconds: their result is kept for as long as the emulator stays the same.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const CACHE = 'node_modules/.cache/virtio-trace';
const SOURCE = 'src/sourcemap/path/route-file.ts';

/** Writes the routes to a file, made anew where the programs that make them have changed. */
export async function writeRoutes(out) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [SOURCE],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const [{ text }] = outputFiles;
  const stamp = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const kept = path.join(CACHE, `routes-${stamp}.json`);
  if (!existsSync(kept)) {
    mkdirSync(CACHE, { recursive: true });
    const program = path.resolve(CACHE, `routes-${stamp}.mjs`);
    writeFileSync(program, text);
    const { makeRouteFile } = await import(pathToFileURL(program).href);
    writeFileSync(kept, JSON.stringify(makeRouteFile()));
  }
  writeFileSync(out, readFileSync(kept));
  return out;
}
