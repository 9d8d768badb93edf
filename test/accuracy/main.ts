import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { neverCancelled } from '../../src/base/cancel.ts';
import { declaredStages } from '../../src/emulator/stage.ts';
import { withFactsSource } from '../../src/host-node/facts.ts';
import { openTrees } from '../../src/host-node/open-trees.ts';
import { fileSources } from '../../src/host-node/source-list.ts';
import type { FactsSource } from '../../src/sourcemap/facts-source.ts';
import { Parts } from '../../src/sourcemap/query/parts.ts';
import type { Trees } from '../../src/sourcemap/trees.ts';
import { problemText } from '../../src/texts/problems.ts';
import { errorTable } from './errors.ts';
import { functionTable } from './functions.ts';
import { pointerTable } from './pointers.ts';
import { routeTable } from './routes.ts';
import { holds, print, type Table } from './table.ts';
import { knownTable, tagTable, tagTrees } from './versions.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    acrn: { type: 'string' },
    linux: { type: 'string' },
    pointers: { type: 'string' },
    versions: { type: 'string' },
    tags: { type: 'string' },
    only: { type: 'string' },
  },
});

/** Fact files may be named without an option: what is in them tells which they are. */
function factFile(named: string | undefined, key: 'sites' | 'functions'): string | undefined {
  return named ?? positionals.find((file) => Object.hasOwn(JSON.parse(readFileSync(file, 'utf8')), key));
}

const pointers = factFile(values.pointers, 'sites');
const versions = factFile(values.versions, 'functions');
const wanted = (name: string): boolean => values.only === undefined || values.only.split(',').includes(name);
let missed = 0;

function report(table: Table): void {
  console.log(print(table));
  missed += table.bounds.filter((bound) => !holds(bound)).length;
}

/** What was not measured is said, not hidden. */
const notRun = (what: string, why: string): void => console.log(`${what}: not run (${why})\n`);

const { ACRN_SRC, LINUX_SRC } = process.env;
const trees = await openTrees({ acrn: values.acrn ?? ACRN_SRC ?? '', linux: values.linux ?? LINUX_SRC ?? '' });
if (!trees.ok) {
  const { text } = problemText(trees.error, 'en');
  console.error(`accuracy: ${text} Set ACRN_SRC and LINUX_SRC.`);
  process.exit(2);
}
await withFactsSource((source) => measure(trees.value, source));
console.log(missed === 0 ? 'every bound holds' : `${missed} bounds missed`);
process.exitCode = missed === 0 ? 0 : 1;

async function measure(all: Trees, source: FactsSource): Promise<void> {
  const parts = new Parts(all, fileSources, source, neverCancelled);
  if (wanted('pointers')) {
    pointers === undefined ? notRun('pointers', 'no --pointers FILE') : report(await pointerTable(pointers, parts));
  }
  if (wanted('functions') || wanted('errors')) {
    const [dm, hv, tools, kernel] = await Promise.all(
      (['device-model', 'hypervisor', 'tools', 'kernel'] as const).map((name) => parts.named(name)),
    );
    const acrn = [...(dm ?? []), ...(hv ?? []), ...(tools ?? [])];
    const table = functionTable(all.acrn?.info.path ?? '', acrn);
    table === undefined ? notRun('functions', 'no Universal Ctags') : report(table);
    report(errorTable(acrn, kernel ?? []));
  }
  if (wanted('routes')) {
    report(await routeTable(all, source));
  }
  if (wanted('versions')) {
    await measureVersions(source);
  }
}

async function measureVersions(source: FactsSource): Promise<void> {
  const found = values.tags === undefined ? [] : tagTrees(values.tags);
  if (found.length === 0) {
    notRun('versions', 'no --tags DIR with folders acrn-TAG and linux-VERSION');
    return;
  }
  const stages = declaredStages().filter((stage) => stage.tree !== undefined);
  const { table, places } = await tagTable(found, stages, source);
  report(table);
  versions === undefined ? notRun('versions.json', 'no --versions FILE') : report(knownTable(versions, places));
}
