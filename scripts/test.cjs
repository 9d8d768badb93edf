// `npm test`: install if needed, then everything that needs no VS Code. `npm test -- --report FILE` also writes the counts.
const setup = require('./setup.cjs');

const VITEST_REPORT = 'out/vitest.json';
const STEPS = [
  ['build', ['scripts/build.mjs']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
];
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];

/** Runs one step; answers whether it passed. */
function step(name, args) {
  const start = Date.now();
  setup.say(`${name} ...`);
  const passed = setup.runNode(args) === 0;
  setup.say(`${name} ${passed ? 'passed' : 'FAILED'} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  return passed;
}

/** The counts of vitest's JSON report; one failure where it wrote none. */
function vitestCounts(fs) {
  if (!fs.existsSync(VITEST_REPORT)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(fs.readFileSync(VITEST_REPORT, 'utf8'));
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function main() {
  setup.requireNode();
  process.chdir(setup.root);
  setup.ensureInstalled('.');
  const fs = require('node:fs');
  fs.rmSync(VITEST_REPORT, { force: true });
  const results = STEPS.map(([name, args]) => step(name, args));
  const vitestPassed = step('tests', VITEST.concat(`--outputFile.json=${VITEST_REPORT}`));
  const counts = vitestCounts(fs);
  counts.passed += results.filter((passed) => passed).length;
  counts.failed += results.filter((passed) => !passed).length;
  if (!vitestPassed && counts.failed === 0) counts.failed = 1;
  const report = process.argv.indexOf('--report');
  if (report !== -1) fs.writeFileSync(process.argv[report + 1], JSON.stringify(counts));
  setup.say(
    `build, types, lint and tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
  process.exit(counts.failed === 0 ? 0 : 1);
}

main();
