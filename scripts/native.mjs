// The native parser for one platform, into dist/native/: two small modules and the two binaries that they load. The
// universal package has no dist/native; it parses with WebAssembly, and the facts are the same.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { notices } from './notices.mjs';

/** Platforms that the parser's packages bring binaries for, as `vsce package --target` names them. */
export const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

/** The platform that this program runs on. */
export const HERE = `${process.platform}-${process.arch}`;

const PACKAGES = [
  { name: 'tree-sitter', built: 'build/Release/tree_sitter_runtime_binding.node' },
  { name: 'tree-sitter-c', built: 'build/Release/tree_sitter_c_binding.node' },
];

/** The binary for a platform: for this one, what was built here where it was, for it loads here; else what the package brings. */
function binaryOf({ name, built }, target) {
  const own = path.join('node_modules', name, built);
  return target === HERE && existsSync(own)
    ? own
    : path.join('node_modules', name, 'prebuilds', target, `${name}.node`);
}

/** Both packages look for their binary by a helper; here it stands beside the module. */
const beside = (name) => ({
  name: 'beside',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node-gyp-build$/ }, () => ({ path: name, namespace: 'beside' }));
    onLoad({ filter: /.*/, namespace: 'beside' }, () => ({
      contents: `module.exports = () => require('./${name}.node');`,
    }));
    onResolve({ filter: /\.node$/, namespace: 'beside' }, ({ path: file }) => ({ path: file, external: true }));
  },
});

/** Writes dist/native/ for a platform, with the licence texts of what is in it. */
export async function buildNative(target) {
  const folder = 'dist/native';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const inputs = [];
  for (const one of PACKAGES) {
    const { metafile } = await esbuild.build({
      entryPoints: { [one.name]: one.name },
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      metafile: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: true,
      legalComments: 'none',
      logLevel: 'warning',
      // A branch for another runtime names the binaries of every platform; it is never taken.
      define: { 'process.versions.bun': 'undefined' },
      loader: { '.node': 'empty' },
      plugins: [beside(one.name)],
    });
    inputs.push(...Object.keys(metafile.inputs));
    copyFileSync(binaryOf(one, target), path.join(folder, `${one.name}.node`));
  }
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(inputs));
}
