import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { neverCancelled } from '../base/cancel.ts';
import { excerptsOf } from '../export/excerpts.ts';
import { exportHtml, type HtmlBundles } from '../export/html.ts';
import { mapRun } from '../host-node/map-run.ts';
import type { Run } from '../scenarios/run.ts';
import type { Trees } from '../sourcemap/trees.ts';
import { type CommandLine, stringOption } from './command.ts';
import { factsHostOf } from './facts-host.ts';

/** A page that replays the run; it carries source where `--with-sources` asks for it, and that of the embedded sample always. */
export async function htmlOf(line: CommandLine, run: Run, trees: Trees): Promise<string> {
  const map = await mapRun(run, ['set-up', 'run'], trees, neverCancelled, factsHostOf(line));
  const sample = isSample(trees);
  const sources = sample || line.options['with-sources'] === true ? await excerptsOf(map, trees) : undefined;
  const parts = {
    trace: run.trace,
    map,
    title: `${run.scenario.title[line.language]} · Virtio Trace`,
    language: line.language,
    sample: sample && stringOption(line, 'acrn') === undefined,
    canChooseFolders: false,
    ...(sources === undefined ? {} : { sources }),
  };
  return exportHtml(parts, bundles());
}

/** Whether all trees are the embedded sample: its README says that it is ours. */
function isSample(trees: Trees): boolean {
  return Object.values(trees).every((tree) => tree.info.version.includes('sample'));
}

function bundles(): HtmlBundles {
  const read = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  return {
    webviewScript: read('webview.js'),
    webviewStyle: read('webview.css'),
    standaloneScript: read('standalone.js'),
    standaloneStyle: read('standalone.css'),
  };
}
