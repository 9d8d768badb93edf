// `npm run head-map`: writes media/head-map.json, file and line of every stage at the versions that the emulator stands for,
// from the trees that ACRN_SRC and LINUX_SRC name. Facts only. A release runs it.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const setup = createRequire(import.meta.url)('./setup.cjs');
const OUT = 'media/head-map.json';
/** The public web views; `{version}` is the tag or commit that is shown. */
const WEB = {
  acrn: 'https://github.com/projectacrn/acrn-hypervisor/blob/{version}/{file}#L{line}',
  linux: 'https://github.com/gregkh/linux/blob/{version}/{file}#L{line}',
};

process.chdir(setup.root);
setup.requireNode();
const { ACRN_SRC, LINUX_SRC } = process.env;
/** Which commit or tag the web view shows: a tree that was cut out of a checkout does not tell. */
const { ACRN_REVISION = 'd61d98cf800e3222e627f3a6518ebe8fae37c409', LINUX_REVISION = 'v6.12.117' } = process.env;
if (!ACRN_SRC || !LINUX_SRC) setup.fail('set ACRN_SRC and LINUX_SRC to the trees.');
if (!existsSync('dist/cli.js')) setup.fail('dist/cli.js is missing: run `npm run build` first.');

function map() {
  const words = ['dist/cli.js', 'map', '--acrn', ACRN_SRC, '--linux', LINUX_SRC, '--json'];
  try {
    return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' }));
  } catch (error) {
    // Exit code 1: some stage or hop is not there, as is known of mainline.
    if (error.status === 1) return JSON.parse(error.stdout);
    throw error;
  }
}

const { trees, stages } = map();
const found = stages.filter(({ status }) => status === 'found').sort((a, b) => (a.id < b.id ? -1 : 1));
const at = (kind, revision, version) => ({ version, url: WEB[kind].replace('{version}', revision) });
const head = {
  format: 1,
  trees: {
    acrn: at('acrn', ACRN_REVISION, `ACRN ${trees.acrn.version}`),
    linux: at('linux', LINUX_REVISION, `Linux ${LINUX_REVISION.replace(/^v/, '')}`),
  },
  stages: Object.fromEntries(found.map(({ id, file, line }) => [id, [file, line]])),
};
writeFileSync(OUT, `${JSON.stringify(head)}\n`);
setup.runNode(['node_modules/@biomejs/biome/bin/biome', 'format', '--write', OUT]);
setup.say(
  `${OUT}: ${found.length} of ${stages.length} stages, ${head.trees.acrn.version}, ${head.trees.linux.version}`,
);
