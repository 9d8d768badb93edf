// What `npm start` and `npm test` need before anything is installed. Old syntax on purpose: a Node.js that is too old must
// get as far as the sentence that says so.
// biome-ignore lint/style/useNodejsImportProtocol: a Node.js that is too old does not know the prefix
const childProcess = require('child_process');
// biome-ignore lint/style/useNodejsImportProtocol: as above
const fs = require('fs');
// biome-ignore lint/style/useNodejsImportProtocol: as above
const path = require('path');

const root = path.join(__dirname, '..');

/** Says one line on standard error, so that standard output stays the product's own. */
function say(line) {
  process.stderr.write(`virtio-trace: ${line}\n`);
}

/** Ends with one line and exit code 1. */
function fail(line) {
  say(line);
  process.exit(1);
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}

/** `20.19.0` as numbers that compare in order. */
function versionNumbers(text) {
  return text.split('.').map((part) => parseInt(part, 10));
}

function isOlder(found, needed) {
  const place = needed.findIndex((number, index) => number !== found[index]);
  return place !== -1 && found[place] < needed[place];
}

/** Ends with one clear line where this Node.js is older than package.json's `engines.node`. */
function requireNode() {
  const needed = readJson('package.json').engines.node.replace('>=', '');
  if (isOlder(versionNumbers(process.versions.node), versionNumbers(needed))) {
    fail(`Node.js ${needed} or newer is needed, this is ${process.versions.node}. Install a newer one and try again.`);
  }
}

/** Why the installed packages are not those of package-lock.json; undefined where they are. */
function reasonToInstall() {
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(installed)) return 'node_modules is missing';
  const have = JSON.parse(fs.readFileSync(installed, 'utf8')).packages;
  const want = readJson('package-lock.json').packages;
  const differs = (name) => (have[name] ? have[name].version !== want[name].version : !want[name].optional);
  const wrong = Object.keys(want).find((name) => name !== '' && differs(name));
  return wrong && `${wrong} is not the locked version`;
}

/** Runs a command in the project's folder with its output shown; answers its exit code. */
function run(command, args) {
  const result = childProcess.spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status === null ? 1 : result.status;
}

/** Runs a Node.js program in the project's folder; answers its exit code. */
function runNode(args) {
  return run(process.execPath, args);
}

/** Installs exactly the locked packages where they are missing or stale. No package's own install script runs. */
function ensureInstalled() {
  const reason = reasonToInstall();
  if (!reason) return;
  say(`${reason}: installing the locked packages with npm ci`);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const code = npm && /\.c?js$/.test(npm) ? runNode([npm].concat(args)) : run('npm', args);
  if (code !== 0) fail('npm ci failed (its own message stands above): check the network, then try again.');
}

module.exports = { ensureInstalled, fail, requireNode, root, run, runNode, say };
