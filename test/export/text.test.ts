import { describe, expect, it } from 'vitest';
import { line } from '../../src/base/brand.ts';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { runAsJson } from '../../src/export/json.ts';
import { runAsText } from '../../src/export/text.ts';
import { contentOf } from '../../src/replay/changes.ts';
import { stock } from '../../src/scenarios/named.ts';
import { type Run, runScenario } from '../../src/scenarios/run.ts';
import type { SourceMap, StagePlace } from '../../src/sourcemap/map-types.ts';
import type { Language } from '../../src/texts/language.ts';

const IOCTL = 'drivers/virt/acrn/hsm.c';

const place: StagePlace = {
  id: `linux:${IOCTL}#acrn_dev_ioctl`,
  program: 'service-vm-kernel',
  tree: 'serviceLinux',
  status: 'found',
  file: IOCTL,
  line: line(109),
  function: 'acrn_dev_ioctl',
};

const map: SourceMap = {
  trees: { acrn: undefined, guestLinux: undefined, serviceLinux: undefined },
  stages: [place],
  hops: [],
  problems: [],
  read: { files: 0, bytes: 0 },
};

function stockRun(): Run {
  const run = runScenario(stock, emulatedOutside());
  if (!run.ok) {
    throw new Error('the stock scenario does not run');
  }
  return run.value;
}

const run = stockRun();

const textOf = (language: Language): string[] => [...runAsText(run.trace, map, { language, phases: ['set-up'] })];

describe('a run as text', () => {
  it('tells a log line in a sentence', () => {
    expect(textOf('en')).toContain('      logs (error): the ioctl SETUP_ASYNCIO failed with errno 25');
    expect(textOf('zh-cn')).toContain('      写日志（错误）：ioctl SETUP_ASYNCIO 失败，errno 为 25');
  });

  it('tells of a hazard its kind, its place, what happens and what to avoid', () => {
    const lines = textOf('en');
    const at = lines.indexOf(`      hazard (refused, sv-asyncio-missing) in ${IOCTL}:109 acrn_dev_ioctl:`);
    expect(at).toBeGreaterThan(0);
    expect(lines[at + 1]).toContain('This kernel has no asyncio');
    expect(lines[at + 2]).toContain('To avoid it: An operator who wants asyncio');
  });
});

describe('a run as JSON', () => {
  it('gives a hazard its kind and the function where it happens', () => {
    const document: unknown = JSON.parse([...runAsJson(run.trace, { scenario: stock, end: 'quiet' })].join(''));
    expect(document).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({
          kind: 'hazard',
          data: { code: 'sv-asyncio-missing', hazard: 'refused', source: { file: IOCTL, function: 'acrn_dev_ioctl' } },
        }),
      ]),
    });
  });
});

describe('a replay', () => {
  it('tells a hazard of its step in sentences', () => {
    const { notes } = contentOf(run.trace, 0, run.trace.runStart, 'zh-cn', () => place);
    const hazard = notes.find((note) => note.includes('sv-asyncio-missing'));
    expect(hazard).toContain(`${IOCTL}:109 acrn_dev_ioctl`);
    expect(hazard).toContain('避免方法：');
  });
});
