import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../../src/emulator/conformance/document.ts';
import { Player } from '../../src/emulator/conformance/player.ts';
import { HAZARD_CODES } from '../../src/emulator/device-model/codes.ts';
import { hazardText, logText } from '../../src/texts/events.ts';
import { LANGUAGES, type Language } from '../../src/texts/language.ts';
import { expressionOf } from '../../src/trace/hops.ts';
import type { Trace, TraceEvent } from '../../src/trace/trace.ts';

const FOLDER = join(import.meta.dirname, '../recorded/device-model');

function* traces(): Iterable<Trace> {
  for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.json'))) {
    const recording = parseRecording(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
    if (!recording.ok) {
      throw new Error(`${name} is no recording`);
    }
    const player = new Player(recording.value);
    player.play();
    yield player.recorder.trace;
  }
}

function sentences(trace: Trace, event: TraceEvent, language: Language): readonly (string | undefined)[] {
  const code = expressionOf(trace, event);
  const args = trace.notes[event.old] ?? {};
  if (event.kind === 'log') {
    return [logText(code, args, language)];
  }
  const words = hazardText(code, args, language);
  return [words?.happens, words?.avoid];
}

describe('what the device model tells in the recorded scenarios', () => {
  it('is a whole sentence each time, and each hazard has its function', () => {
    const incomplete = new Set<string>();
    const placeless = new Set<string>();
    const hazards = new Set<string>();
    for (const trace of traces()) {
      for (const event of trace.events()) {
        if (event.kind === 'log' || event.kind === 'hazard') {
          const code = expressionOf(trace, event);
          const told = LANGUAGES.flatMap((language) => sentences(trace, event, language));
          if (told.some((sentence) => sentence === undefined || /[?{}]/.test(sentence))) {
            incomplete.add(code);
          }
          if (event.kind === 'hazard') {
            hazards.add(code);
            if ((trace.stages[event.stage]?.file ?? '') === '') {
              placeless.add(code);
            }
          }
        }
      }
    }
    expect([...incomplete]).toEqual([]);
    expect([...placeless]).toEqual([]);
    expect(hazards.size).toBeGreaterThan(Object.keys(HAZARD_CODES).length / 2);
  });
});
