import { describe, expect, it } from 'vitest';
import {
  FAULT_TEXTS,
  HAZARD_KIND_NAMES,
  HAZARD_TEXTS,
  hazardText,
  LOG_TEXTS,
  logText,
} from '../../src/texts/events.ts';
import { LANGUAGES } from '../../src/texts/language.ts';
import { declaredCodes, emissions } from './emitted-codes.ts';

const all = emissions();
const declared = declaredCodes();

const emitted = (kind: string): string[] => [
  ...new Set(all.filter((one) => one.kind === kind).flatMap((one) => one.codes)),
];

const placeholders = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{(\w+)(?::x)?\}/g)].map((found) => found[1] ?? ''))].sort();

/** Sentences of a code, in each language. */
function sentencesOf(code: string): readonly { readonly en: string; readonly 'zh-cn': string }[] {
  const hazard = HAZARD_TEXTS[code];
  const log = LOG_TEXTS[code] ?? FAULT_TEXTS[code];
  return [...(hazard === undefined ? [] : [hazard.happens, hazard.avoid]), ...(log === undefined ? [] : [log])];
}

describe('the codes of the emulator', () => {
  it('are found: the places that record them, and the lists that declare them', () => {
    expect(all.length).toBeGreaterThan(180);
    expect(declared.logs.size).toBeGreaterThan(150);
    expect(declared.hazards.size).toBeGreaterThan(30);
  });

  it('are declared where they are recorded', () => {
    expect(emitted('log').filter((code) => !declared.logs.has(code))).toEqual([]);
    expect(emitted('hazard').filter((code) => !declared.hazards.has(code))).toEqual([]);
  });

  it('each have a text, and each text belongs to a code', () => {
    expect([...declared.logs].filter((code) => LOG_TEXTS[code] === undefined)).toEqual([]);
    expect([...declared.hazards].filter((code) => HAZARD_TEXTS[code] === undefined)).toEqual([]);
    const faults = [...declared.faults, ...emitted('fault')];
    expect(faults.filter((code) => FAULT_TEXTS[code] === undefined)).toEqual([]);
    expect(Object.keys(LOG_TEXTS).filter((code) => !declared.logs.has(code))).toEqual([]);
    expect(Object.keys(HAZARD_TEXTS).filter((code) => !declared.hazards.has(code))).toEqual([]);
  });

  it('have texts that take the arguments which are given', () => {
    const wrong = all
      .filter((one) => one.kind !== 'fault')
      .flatMap(({ codes, where }) =>
        codes.flatMap((code) => {
          const given = new Set(all.filter((one) => one.codes.includes(code)).flatMap((one) => one.args));
          const asked = sentencesOf(code).flatMap((sentence) => placeholders(sentence.en));
          return asked.filter((name) => !given.has(name)).map((name) => `${where} ${code} {${name}}`);
        }),
      );
    expect(wrong).toEqual([]);
  });

  it('ask for the same arguments in both languages, and say something in both', () => {
    for (const code of [...Object.keys(LOG_TEXTS), ...Object.keys(HAZARD_TEXTS), ...Object.keys(FAULT_TEXTS)]) {
      for (const sentence of sentencesOf(code)) {
        expect(placeholders(sentence['zh-cn']), code).toEqual(placeholders(sentence.en));
        expect(/[\u4e00-\u9fff]/.test(sentence['zh-cn']), code).toBe(true);
        expect(/[\u4e00-\u9fff]/.test(sentence.en), code).toBe(false);
      }
    }
  });

  it('of hazards name a kind that has a name', () => {
    for (const { kind } of Object.values(HAZARD_TEXTS)) {
      expect(LANGUAGES.map((language) => HAZARD_KIND_NAMES[language][kind])).not.toContain(undefined);
    }
  });
});

describe('the sentences', () => {
  it('have their arguments put in', () => {
    expect(logText('notify-out-of-range', { device: 'virtio-console', queue: 34 }, 'en')).toBe(
      'virtio-console: a kick for queue 34, which it does not have',
    );
    expect(logText('unhandled-memory-access', { address: 0xfe000000 }, 'zh-cn')).toContain('0xfe000000');
    expect(hazardText('short-write', { offered: 64, taken: 10 }, 'en')).toMatchObject({
      kind: 'lost-data',
      happens: 'The backend took 10 of 64 bytes. The rest is dropped, and the guest is told that all were written.',
    });
  });

  it('tell a fault in words', () => {
    expect(hazardText('sv-oops', { fault: 'null-pointer-call' }, 'en')?.happens).toContain('a pointer that is NULL');
    expect(hazardText('hv-panic', { vcpu: 0, fault: 'no RAM at 0x1000' }, 'zh-cn')?.happens).toContain(
      '没有内存的地址 0x1000',
    );
  });

  it('are none for a code that nobody declared', () => {
    expect(logText('made-up', {}, 'en')).toBeUndefined();
    expect(hazardText('constructor', {}, 'en')).toBeUndefined();
    expect(hazardText('__proto__', {}, 'en')).toBeUndefined();
  });
});
