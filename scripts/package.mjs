// `npm run package`: a clean build, then one .vsix for all platforms in out/, with its size. `--target linux-x64` (or another
// of scripts/native.mjs, or `--target all`) makes one with the native parser of that platform as well.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

const setup = createRequire(import.meta.url)('./setup.cjs');

/** The design's budget `extension.vsix`, in bytes. */
const LIMIT = 5_000_000;
const NEEDED = [
  'extension.cjs',
  'features.cjs',
  'intel.cjs',
  'index-worker.cjs',
  'intel-worker.cjs',
  'run-worker.cjs',
  'webview.js',
  'standalone.js',
  'tree-sitter-c.wasm',
  'web-tree-sitter.wasm',
  'routes.json',
];
const VSCE = 'scripts/vsce/node_modules/@vscode/vsce/vsce';

process.chdir(setup.root);
setup.requireNode();
setup.ensureInstalled('.');
setup.ensureInstalled('scripts/vsce', ['--omit=optional']);
if (setup.runNode(['scripts/build.mjs', '--clean']) !== 0)
  setup.fail('the build failed, its own message stands above.');
const missing = NEEDED.filter((file) => !existsSync(path.join('dist', file)));
if (missing.length > 0) setup.fail(`nothing packaged: dist/ lacks ${missing.join(', ')}.`);

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
mkdirSync('out', { recursive: true });

/** One .vsix; the answer is whether it is small enough. */
function pack(out, options) {
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  if (setup.runNode([VSCE, ...args, ...options, '-o', out]) !== 0)
    setup.fail('vsce failed, its own message stands above.');
  const { size } = statSync(out);
  setup.say(`${out}: ${size} bytes, at most ${LIMIT} allowed`);
  return size <= LIMIT;
}

const { target } = parseArgs({ options: { target: { type: 'string' } } }).values;
let small = pack(`out/${name}-${version}.vsix`, []);
if (target !== undefined) {
  // esbuild is there by now, on a fresh clone too: nothing of it may be loaded before the packages are installed.
  const { buildNative, HERE, TARGETS } = await import('./native.mjs');
  const wanted = target === 'all' ? TARGETS : TARGETS.filter((one) => one === target);
  if (wanted.length === 0) setup.fail(`"${target}" is no platform: name one of ${TARGETS.join(', ')}, or all.`);
  for (const one of wanted) {
    await buildNative(one);
    small = pack(`out/${name}-${version}-${one}.vsix`, ['--target', one]) && small;
    setup.say(one === HERE ? `${one} is this platform` : `${one} was packaged here, not run`);
  }
  rmSync('dist/native', { recursive: true });
}
process.exitCode = small ? 0 : 1;
