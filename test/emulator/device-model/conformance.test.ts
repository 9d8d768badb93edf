import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecording, type Recording } from '../../../src/emulator/conformance/document.ts';
import { playRecording } from '../../../src/emulator/conformance/player.ts';
import { firstDifference, type Level } from './comparison.ts';

const FOLDER = join(import.meta.dirname, '../../recorded/device-model');
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

interface Tagged extends Recording {
  readonly tags: readonly string[];
}

function load(name: string): Tagged {
  const parsed = parseRecording(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
  if (!parsed.ok) {
    throw new Error(`${name}: ${JSON.stringify(parsed.error)}`);
  }
  return parsed.value as Tagged;
}

function differences(level: Level): string[] {
  return names.flatMap((name) => {
    const { recording, played } = play(name);
    const kernelDependent = recording.tags.includes('kernel_dependent');
    const difference = firstDifference(level, recording.ops, played.ops, recording.functions, kernelDependent);
    return difference === undefined
      ? []
      : [`${name} op ${difference.op}: ${JSON.stringify(difference)}`.slice(0, 1500)];
  });
}

const cache = new Map<string, { readonly recording: Tagged; readonly played: Recording }>();

function play(name: string): { readonly recording: Tagged; readonly played: Recording } {
  const known = cache.get(name);
  if (known !== undefined) {
    return known;
  }
  const recording = load(name);
  const result = { recording, played: playRecording(recording) };
  cache.set(name, result);
  return result;
}

/** JSON with sorted keys: two documents that say the same are the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

describe('recordings of the real device model', () => {
  it('are all here', () => {
    expect(names.length).toBe(117);
  });

  it('are equal at level 1: what guest and outside see', () => {
    expect(differences(1)).toEqual([]);
  });

  it('are equal at level 2: error and warning lines', () => {
    expect(differences(2)).toEqual([]);
  });

  it('are equal at level 3: order of entered functions', () => {
    expect(differences(3)).toEqual([]);
  });

  it('are equal as whole documents, but for byte counts that depend on the kernel', () => {
    const unequal = names.filter((name) => {
      const { recording, played } = play(name);
      return !recording.tags.includes('kernel_dependent') && canonical(recording) !== canonical(played);
    });
    expect(unequal).toEqual([]);
  });
});
