// `npm run package`: a clean build, then one .vsix for all platforms in out/, with its size.
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const setup = createRequire(import.meta.url)('./setup.cjs');

/** The design's budget `extension.vsix`, in bytes. */
const LIMIT = 5_000_000;
const NEEDED = [
  'extension.cjs',
  'features.cjs',
  'index-worker.cjs',
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
const out = `out/${name}-${version}.vsix`;
mkdirSync('out', { recursive: true });
const code = setup.runNode([
  VSCE,
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '-o',
  out,
]);
if (code !== 0) setup.fail('vsce failed, its own message stands above.');
const { size } = statSync(out);
setup.say(`${out}: ${size} bytes, at most ${LIMIT} allowed`);
process.exitCode = size <= LIMIT ? 0 : 1;
