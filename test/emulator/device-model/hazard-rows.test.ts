import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../../../src/emulator/conformance/document.ts';
import { Player } from '../../../src/emulator/conformance/player.ts';
import { NAMED } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import { hazardText } from '../../../src/texts/events.ts';
import { LANGUAGES } from '../../../src/texts/language.ts';
import type { Trace, TraceEvent } from '../../../src/trace/trace.ts';
import { HAZARD_ROWS, type Shown } from './hazard-rows.ts';

/** Ids of the facts' rows: so many of each letter. */
const COUNTS = { M: 6, L: 9, R: 9, B: 8, I: 7 } as const;
/** The control queue's facts have no numbers. */
const CONTROL = ['no free buffer', 'chained buffer', 'value ignored', 'ready too early', 'long name'];

const traces = new Map<string, Trace>();

function ofScenario(name: string): Trace {
  const scenario = NAMED.get(name);
  if (scenario === undefined) {
    throw new Error(`no scenario ${name}`);
  }
  const run = runScenario(scenario);
  if (!run.ok) {
    throw new Error(run.error.code);
  }
  return run.value.trace;
}

function ofRecording(name: string): Trace {
  const file = join(import.meta.dirname, '../../recorded/device-model', `${name}.json`);
  const recording = parseRecording(JSON.parse(readFileSync(file, 'utf8')));
  if (!recording.ok) {
    throw new Error(`${name} is no recording`);
  }
  const player = new Player(recording.value);
  player.play();
  return player.recorder.trace;
}

function traceOf(shown: Shown): Trace {
  const key = JSON.stringify('scenario' in shown ? ['s', shown.scenario] : ['r', shown.recording]);
  const trace = traces.get(key) ?? ('scenario' in shown ? ofScenario(shown.scenario) : ofRecording(shown.recording));
  traces.set(key, trace);
  return trace;
}

const hazards = (trace: Trace, code: string): TraceEvent[] =>
  [...trace.events()].filter(({ kind, key }) => kind === 'hazard' && trace.expressions[key] === code);

describe('every row of what surprises in the real device model', () => {
  it('is in the list', () => {
    const numbered = Object.entries(COUNTS).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    const wanted = [...numbered, ...CONTROL.map((name) => `C ${name}`)];
    expect(Object.keys(HAZARD_ROWS).sort()).toEqual(wanted.sort());
  });

  describe.each(Object.entries(HAZARD_ROWS))('%s', (_id, row) => {
    if ('unreachable' in row) {
      it(`cannot be reached: ${row.unreachable}`, () => {
        expect(row.unreachable.length).toBeGreaterThan(20);
      });
      return;
    }
    it.each(row)('%j', (shown) => {
      const trace = traceOf(shown);
      const found = hazards(trace, shown.hazard);
      expect(found.length).toBeGreaterThan(0);
      for (const event of found.slice(0, 3)) {
        expect(trace.stages[event.stage]?.file).toMatch(/\.[ch]$/);
        for (const language of LANGUAGES) {
          const words = hazardText(shown.hazard, trace.notes[event.old] ?? {}, language);
          expect(words?.kind).toBeDefined();
          expect(words?.happens).not.toMatch(/[{}]/);
          expect(words?.avoid.length).toBeGreaterThan(5);
        }
      }
    });
  });
});
