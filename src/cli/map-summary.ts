import type { SourceMap } from '../sourcemap/map-types.ts';
import { reportOf } from '../sourcemap/report.ts';
import { CLI_TEXTS } from '../texts/cli.ts';
import type { Language } from '../texts/language.ts';

/** The counts of a map in one sentence: stages by status, hops by proof. */
export function mapSummary(map: SourceMap, language: Language): string {
  const { stages, hops } = reportOf(map);
  const all = hops.proven + hops.unproven;
  return CLI_TEXTS[language].summary({ ...stages, stages: map.stages.length, hops: all, proven: hops.proven });
}
