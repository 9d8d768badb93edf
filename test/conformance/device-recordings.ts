import { join } from 'node:path';
import { parseRecording, type Recording } from '../../src/emulator/conformance/document.ts';
import { playRecording } from '../../src/emulator/conformance/player.ts';
import { firstDifference, type Level } from '../emulator/device-model/comparison.ts';
import { documents, type Verdict } from './files.ts';

/** Recordings of the real acrn-dm, each played once and compared at the three levels. */
export function deviceRecordings(folder: string): Record<Level, Verdict[]> {
  const verdicts: Record<Level, Verdict[]> = { 1: [], 2: [], 3: [] };
  for (const { name, json } of documents(join(folder, 'device-model'))) {
    const parsed = parseRecording(json);
    if (!parsed.ok) {
      throw new Error(`${name}: ${JSON.stringify(parsed.error)}`);
    }
    const recording = parsed.value as Recording & { readonly tags: readonly string[] };
    const played = playRecording(recording);
    const kernelDependent = recording.tags.includes('kernel_dependent');
    for (const level of [1, 2, 3] as const) {
      const found = firstDifference(level, recording.ops, played.ops, recording.functions, kernelDependent);
      const difference = found === undefined ? undefined : `op ${found.op}: ${JSON.stringify(found).slice(0, 300)}`;
      verdicts[level].push({ name, difference });
    }
  }
  return verdicts;
}
