import { rmSync } from 'node:fs';
import { closingLine, type Outcome, play, projectVersion } from './runner.ts';
import { badInput } from './scenarios/bad-input.ts';
import { comparing } from './scenarios/compare.ts';
import { memory } from './scenarios/memory.ts';
import { moments } from './scenarios/moment.ts';
import { replayOnSample } from './scenarios/replay-sample.ts';
import { replayOnTrees } from './scenarios/replay-trees.ts';
import { ARTIFACTS, startBrowser } from './workbench.ts';

const [vsix = `out/virtio-trace-${projectVersion()}.vsix`, wanted = ''] = process.argv.slice(2);
const scenarios = [...replayOnSample, ...replayOnTrees, ...badInput, ...comparing, ...moments, ...memory].filter((it) =>
  it.name.includes(wanted),
);
const outcome: Outcome = { passed: 0, failed: 0, notRun: 0, missing: new Set() };

rmSync(ARTIFACTS, { recursive: true, force: true });
const browser = await startBrowser();
try {
  for (const scenario of scenarios) await play(scenario, browser, vsix, outcome);
} finally {
  await browser.close();
}
console.log(`screenshots and logs: test/e2e/.artifacts`);
console.log(closingLine(outcome));
process.exitCode = outcome.failed === 0 && outcome.passed > 0 ? 0 : 1;
