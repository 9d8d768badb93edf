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

/** Why the installed packages of a folder are not those of its package-lock.json; undefined where they are. */
function reasonToInstall(folder) {
  const installed = path.join(root, folder, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(installed)) return 'node_modules is missing';
  const have = JSON.parse(fs.readFileSync(installed, 'utf8')).packages;
  const want = readJson(path.join(folder, 'package-lock.json')).packages;
  const differs = (name) => (have[name] ? have[name].version !== want[name].version : !want[name].optional);
  const wrong = Object.keys(want).find((name) => name !== '' && differs(name));
  return wrong && `${wrong} is not the locked version`;
}

/** Runs a command in a folder of the project (the project's own where none is named), its output shown; answers its exit code. */
function run(command, args, options) {
  const settings = Object.assign({ cwd: root, stdio: 'inherit' }, options);
  const result = childProcess.spawnSync(command, args, settings);
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status === null ? 1 : result.status;
}

/** Runs a Node.js program in the project's folder; answers its exit code. */
function runNode(args) {
  return run(process.execPath, args);
}

/** Runs npm in a folder of the project, the npm that started us where there is one; answers its exit code. */
function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm && /\.c?js$/.test(npm) ? run(process.execPath, [npm].concat(args), options) : run('npm', args, options);
}

/**
 * Installs exactly the locked packages of a folder where they are missing or stale; answers whether it did. No package's own
 * install script runs.
 */
function ensureInstalled(folder, npmArgs) {
  const reason = reasonToInstall(folder);
  if (!reason) return false;
  const where = folder === '.' ? '' : ` in ${folder}`;
  say(`${reason}${where}: installing the locked packages with npm ci`);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'].concat(npmArgs || []);
  if (runNpm(args, { cwd: path.join(root, folder) }) !== 0) {
    fail('npm ci failed, its own message stands above. Check the network and try again.');
  }
  return true;
}

module.exports = { ensureInstalled, fail, reasonToInstall, requireNode, root, run, runNode, runNpm, say };
