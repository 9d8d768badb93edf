import { rmSync } from 'node:fs';
import { startGitServer } from './git-server.ts';
import { playPage } from './panel/play.ts';
import { pageScenarios } from './panel/scenarios.ts';
import { closingLine, type Outcome, play, projectVersion, Servers } from './runner.ts';
import { badInput } from './scenarios/bad-input.ts';
import { codeIntelligence } from './scenarios/code-intelligence.ts';
import { comparing } from './scenarios/compare.ts';
import { memory } from './scenarios/memory.ts';
import { moments } from './scenarios/moment.ts';
import { replayOnSample } from './scenarios/replay-sample.ts';
import { replayOnTrees } from './scenarios/replay-trees.ts';
import { texts } from './scenarios/texts.ts';
import { fetchedSources, viewsAndCommands, walkthroughPictures } from './scenarios/views.ts';
import { walkThroughs } from './scenarios/walk-throughs.ts';
import { ARTIFACTS, startBrowser } from './workbench.ts';

const [vsix = `out/virtio-trace-${projectVersion()}.vsix`, wanted = ''] = process.argv.slice(2);
const git = await startGitServer();
const scenarios = [
  ...replayOnSample,
  ...replayOnTrees,
  ...badInput,
  ...comparing,
  ...moments,
  ...memory,
  ...texts,
  ...codeIntelligence,
  ...walkThroughs,
  ...viewsAndCommands,
  ...fetchedSources(git),
  ...walkthroughPictures,
].filter((it) => it.name.includes(wanted));
const pages = pageScenarios.filter((it) => it.name.includes(wanted));
const outcome: Outcome = { passed: 0, failed: 0, notRun: 0, again: [], missing: new Set() };

rmSync(ARTIFACTS, { recursive: true, force: true });
const browser = await startBrowser();
const servers = new Servers(vsix);
try {
  for (const scenario of pages) await playPage(scenario, browser, outcome);
  for (const scenario of scenarios) await play(scenario, browser, servers, outcome);
} finally {
  await browser.close();
  await servers.stop();
  git.stop();
}
console.log(`screenshots and logs: test/e2e/.artifacts`);
if (outcome.again.length > 0) console.log(`tried twice: ${outcome.again.join('; ')}`);
console.log(closingLine(outcome));
process.exitCode = outcome.failed === 0 && outcome.passed > 0 ? 0 : 1;
