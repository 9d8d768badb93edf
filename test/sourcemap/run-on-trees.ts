import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';
import { NAMED } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import { refsOfRun } from '../../src/sourcemap/from-trace.ts';
import { buildMap } from '../../src/sourcemap/map.ts';
import type { Evidence, HopProof, SourceMap } from '../../src/sourcemap/map-types.ts';
import { openTree } from '../../src/sourcemap/trees.ts';
import type { Phase } from '../../src/trace/kinds.ts';
import { testFacts } from './fixture-trees.ts';

/** The map of what the stock run takes, in these folders. */
export async function mapStockRun(acrn: string, linux: string, phases: readonly Phase[]): Promise<SourceMap> {
  const scenario = NAMED.get('stock');
  const run = scenario && runScenario(scenario, emulatedOutside());
  const [hypervisor, kernel] = await Promise.all([
    openTree('acrn', new FileTreeReader(acrn)),
    openTree('linux', new FileTreeReader(linux)),
  ]);
  if (!run?.ok || !hypervisor.ok || !kernel.ok) {
    throw new Error(`no run, or no trees in ${acrn} and ${linux}`);
  }
  const { stages, hops } = refsOfRun(run.value.trace, 'stock', phases);
  const trees = { acrn: hypervisor.value, guestLinux: kernel.value, serviceLinux: kernel.value };
  return buildMap(stages, hops, trees, await testFacts());
}

/** Evidence whose line does not show what it claims, as `file:line shows`. */
export function notShown(map: SourceMap, acrn: string, linux: string): string[] {
  const lines = new Map<string, readonly string[]>();
  const lineOf = ({ tree, file, line }: Evidence): string => {
    const full = path.join(tree === 'acrn' ? acrn : linux, file);
    const all = lines.get(full) ?? readFileSync(full, 'utf8').split('\n');
    lines.set(full, all);
    return all[line - 1] ?? '';
  };
  const folded = (text: string): string => text.replace(/\s+/g, '');
  return map.hops
    .flatMap((hop) => hop.evidence)
    .filter((evidence) => !folded(lineOf(evidence)).includes(folded(evidence.shows)))
    .map((evidence) => `${evidence.file}:${evidence.line} ${evidence.shows}`);
}

/** An unproven hop in one line. */
export const unprovenLine = (hop: HopProof): string =>
  `${hop.kind} ${hop.from} -> ${hop.to}: ${hop.reason} ${hop.detail ?? ''}`.trimEnd();
