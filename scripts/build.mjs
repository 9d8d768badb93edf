// Builds every program of the product into dist/ (`--clean` empties it first). `--watch` rebuilds on change, `--dev` keeps
// names and adds source maps.
import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { notices } from './notices.mjs';
import { writeRoutes } from './routes.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/** Packages that stay outside the bundles: the editor itself, and the native parser with its binaries. */
const EXTERNAL = ['vscode', 'tree-sitter', 'tree-sitter-c'];

/** A CommonJS file has no `import.meta.url`; web-tree-sitter asks for it. */
const COMMONJS = {
  format: 'cjs',
  platform: 'node',
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** What activation does not need stays in a file of its own: the editor compiles it when a command is first run. */
const LATER = {
  name: 'later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/(features|intel)\.ts$/ }, ({ path: wanted }) => ({
      path: `./${path.basename(wanted, '.ts')}.cjs`,
      external: true,
    })),
};

/** The browser's two programs. Fonts become files beside the panel's style, and part of the page in the self-contained replay. */
const browser = (font) => ({ format: 'iife', platform: 'browser', loader: { '.ttf': font, '.svg': 'dataurl' } });

const PROGRAMS = [
  { entry: 'src/cli/main.ts', out: 'dist/cli.js', options: { format: 'esm', platform: 'node' } },
  { entry: 'src/extension/main.ts', out: 'dist/extension.cjs', options: { ...COMMONJS, plugins: [LATER] } },
  { entry: 'src/extension/features.ts', out: 'dist/features.cjs', options: COMMONJS },
  { entry: 'src/extension/intel/intel.ts', out: 'dist/intel.cjs', options: COMMONJS },
  { entry: 'src/host-node/index-worker.ts', out: 'dist/index-worker.cjs', options: COMMONJS },
  { entry: 'src/host-node/intel/intel-worker.ts', out: 'dist/intel-worker.cjs', options: COMMONJS },
  { entry: 'src/host-node/run-worker.ts', out: 'dist/run-worker.cjs', options: COMMONJS },
  { entry: 'src/webview/main.ts', out: 'dist/webview.js', options: browser('file') },
  { entry: 'src/webview/compare/main.ts', out: 'dist/compare.js', options: browser('file') },
  { entry: 'src/standalone/main.ts', out: 'dist/standalone.js', options: browser('dataurl') },
];

const WASM = ['node_modules/tree-sitter-c/tree-sitter-c.wasm', 'node_modules/web-tree-sitter/web-tree-sitter.wasm'];

function settings({ entry, out, options }) {
  return {
    entryPoints: [{ in: entry, out: path.basename(out).replace(/\.\w+$/, '') }],
    outdir: path.dirname(out),
    outExtension: { '.js': path.extname(out) },
    assetNames: '[name]',
    bundle: true,
    metafile: true,
    external: EXTERNAL,
    target: options.platform === 'node' ? 'node20' : 'es2022',
    minify: !dev,
    sourcemap: dev ? 'linked' : false,
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  };
}

const kilobytes = (file) => `${file} ${(statSync(file).size / 1000).toFixed(0)} kB`;

async function build(program) {
  if (watch) {
    await (await esbuild.context(settings(program))).watch();
    return { line: `${program.out} is rebuilt on change` };
  }
  const { metafile } = await esbuild.build(settings(program));
  return { line: kilobytes(program.out), metafile };
}

function copyWasm(file) {
  const out = path.join('dist', path.basename(file));
  copyFileSync(file, out);
  return kilobytes(out);
}

/** The licences of what is bundled or copied: theirs to be handed on. */
function writeNotices(built) {
  const bundled = built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const out = 'dist/THIRD-PARTY-NOTICES.txt';
  writeFileSync(out, notices([...bundled, ...WASM]));
  return kilobytes(out);
}

if (process.argv.includes('--clean')) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
try {
  const built = await Promise.all(PROGRAMS.map(build));
  if (!watch) chmodSync('dist/cli.js', 0o755);
  const routes = kilobytes(await writeRoutes('dist/routes.json'));
  for (const line of [...built.map((it) => it.line), ...WASM.map(copyWasm), writeNotices(built), routes])
    console.error(`build: ${line}`);
} catch (error) {
  if (!(error instanceof Error && 'errors' in error)) throw error; // esbuild has printed its own messages
  process.exitCode = 1;
}
