// `npm start`: install if needed, build, trace one write on the embedded sample, leave a replay to open in a browser.
const setup = require('./setup.cjs');

const CLI = ['dist/cli.js', 'trace', '--route', 'stock', '--acrn', 'sample/acrn', '--linux', 'sample/linux'];
const REPLAY = 'out/virtio-trace-hello.html';

function step(what, args) {
  setup.say(what);
  if (setup.runNode(args) !== 0) setup.fail(`stopped: "${what}" failed, its own message stands above.`);
}

setup.requireNode();
setup.ensureInstalled('.');
step('building dist/', ['scripts/build.mjs']);
step('one write to /dev/hvc0 along the stock route, on the source in sample/', CLI);
step('the same run as a replay', CLI.concat(['--format', 'html', '-o', REPLAY]));
setup.say(`done. Nothing was written but node_modules/, dist/ and the replay: open ${REPLAY} in a browser.`);
