import { describe, expect, it } from 'vitest';
import { line } from '../../../src/base/brand.ts';
import { pathAsText } from '../../../src/export/path-text.ts';
import { exploreReport } from '../../../src/extension/documents/explore-report.ts';
import { mapReport } from '../../../src/extension/documents/map-report.ts';
import { notesReport } from '../../../src/extension/documents/notes-report.ts';
import { type Report, ReportWriter } from '../../../src/extension/documents/report.ts';
import { explore } from '../../../src/scenarios/explore.ts';
import { NAMED, stock } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import type { HopProof, SourceMap } from '../../../src/sourcemap/map-types.ts';
import { smallMap, smallTrace } from '../../replay/small-run.ts';

/** The texts of a document's links, with where each leads. */
const linksOf = ({ text, links }: Report): string[] => {
  const lines = text.split('\n');
  return links.map((link) => `${lines[link.line]?.slice(link.start, link.end) ?? ''} -> ${link.target}`);
};

describe('a document', () => {
  it('knows where its links stand, and keeps lines whole', () => {
    const report = new ReportWriter()
      .heading(1, 'A')
      .line('x ', { text: 'two\nlines', target: 'file:///a#L1' }, ' y')
      .line({ text: 'nowhere', target: undefined })
      .end();
    expect(report.text).toBe('# A\n\nx two lines y\nnowhere\n');
    expect(linksOf(report)).toEqual(['two lines -> file:///a#L1']);
  });
});

const trace = smallTrace();
const hop = (from: string, to: string, status: HopProof['status']): HopProof => ({
  route: 'stock',
  from: `linux:a.c#${from}`,
  to: `linux:b.c#${to}`,
  kind: 'direct_call',
  status,
  ...(status === 'proven' ? {} : { reason: 'no-call' as const }),
  evidence: status === 'proven' ? [{ tree: 'guestLinux', file: 'a.c', line: line(7), role: 'call', shows: to }] : [],
});

function partsFor(map: SourceMap, language: 'en' | 'zh-cn'): Parameters<typeof mapReport>[0] {
  return {
    language,
    map,
    hops: map.hops,
    routes: [{ name: 'stock', phase: 'run', contexts: [], arrivals: [], stops: [], hops: [], output: -1 }],
    titles: new Map([['stock', stock.title[language]]]),
    stageLink: (_, place) =>
      place?.line === undefined ? undefined : { text: `${place.file}:${place.line}`, target: 'web' },
    lineLink: (one) => ({ text: `${one.file}:${one.line}`, target: `tree/${one.file}` }),
    sample: ['acrn'],
  };
}

describe('the map report', () => {
  const map: SourceMap = {
    ...smallMap(trace),
    stages: [
      { id: 'linux:a.c#f', program: 'guest-kernel', tree: 'guestLinux', status: 'found', file: 'a.c', line: line(3) },
      { id: 'linux:b.c#g', program: 'guest-kernel', tree: 'guestLinux', status: 'absent', reason: 'not-in-version' },
      {
        id: 'linux:b.c#h',
        program: 'guest-kernel',
        tree: 'guestLinux',
        status: 'renamed',
        reason: 'renamed',
        file: 'c.c',
        line: line(9),
        function: 'h2',
      },
    ],
    hops: [hop('f', 'g', 'proven'), hop('g', 'h', 'unproven'), { ...hop('g', 'h', 'unproven'), route: 'poll' }],
  };

  it('counts, names what stands elsewhere or is not proven and why, and links every line of evidence', () => {
    const report = mapReport(partsFor(map, 'en'));
    expect(report.text).toContain('2 of 3 stages stand in these trees.');
    expect(report.text).toContain('1 of 3 hops are proven');
    expect(report.text).toContain('- b.c g: absent. This version does not have the function.');
    expect(report.text).toContain('- b.c h: renamed.');
    expect(report.text).toMatch(/## Hops that are not proven \(1\)\n\n- g -> h: call\. /);
    expect(report.text).toContain('## stock: Write a line to /dev/hvc0');
    expect(linksOf(report)).toEqual(['c.c:9 -> web', 'a.c:7 -> tree/a.c']);
  });

  it('says the same in Chinese', () => {
    const report = mapReport(partsFor(map, 'zh-cn'));
    expect(report.text).toContain('3 个阶段中有 2 个');
    expect(report.text).not.toMatch(/hops|stages stand/);
    expect(report.links).toHaveLength(2);
  });
});

describe('the notes, checked', () => {
  it('give each claim its verdict and lines', () => {
    const evidence = [{ tree: 'acrn' as const, file: 'v.c', line: line(5), role: 'call' as const, shows: 'writev' }];
    const report = notesReport(
      { claims: [{ id: 1, verdict: 'wrong', evidence, lacking: [] }], problems: [] },
      ['ACRN: 3.4'],
      'en',
      (one) => ({ text: `${one.file}:${one.line}`, target: 'there' }),
    );
    expect(report.text).toMatch(/^# .*\n\n- ACRN: 3\.4\n\n1 claims: 1 wrong\.\n\n## 1\. /);
    expect(report.text).toContain('- v.c:5  writev');
    expect(linksOf(report)).toEqual(['v.c:5 -> there']);
  });
});

describe('interleavings', () => {
  it('are told by what comes out, the most frequent first, with one schedule each', () => {
    const scenario = NAMED.get('iothread-without-thread') ?? stock;
    const found = explore(scenario, { departures: 1, schedules: 5 });
    if (!found.ok) {
      throw new Error(found.error.code);
    }
    const report = exploreReport(scenario, found.value, 'en');
    expect(report.text).toContain(`${found.value.schedules} schedules were run`);
    expect(report.text.match(/^## /gm)).toHaveLength(found.value.outcomes.length);
    const other = exploreReport(
      scenario,
      {
        ...found.value,
        schedules: 3,
        complete: false,
        why: 'cancelled',
        outcomes: [{ name: 'bytes-lost, stuck', count: 3, schedule: [[4, 1]] }],
      },
      'en',
    );
    expect(other.text).toContain('It was cancelled after 3 schedules');
    expect(other.text).toContain('## bytes were lost; all that runs spins');
    expect(other.text).toContain('at choice 4, runnable thread 2 goes first');
  });
});

describe('the path as plain text', () => {
  it('has each stage once, with its line, in lines that a mail takes', () => {
    const run = runScenario(stock);
    if (!run.ok) {
      throw new Error(run.error.code);
    }
    const { trace: whole } = run.value;
    const map = smallMap(whole);
    const options = { language: 'en', phase: 'run', title: 'T' } as const;
    const lines = [...pathAsText(whole, map, options)];
    const names = lines.flatMap((text) => /^ *\d+ {2}(\S+)/.exec(text)?.[1] ?? []);
    expect(lines[0]).toBe('T');
    const stages = lines.filter((text) => /^ *\d+ {2}/.test(text)).map((text) => text.slice(4));
    expect(new Set(stages).size).toBe(names.length);
    expect(names.slice(0, 3)).toEqual(['write(2)', 'SYSCALL_DEFINE3(write)', 'ksys_write']);
    expect(names.length).toBeGreaterThan(100);
    expect(lines).toContainEqual(expect.stringMatching(/^--- VM exit --- hypervisor/));
    expect(lines.filter((text) => text.length > 72 && !/\S{66}/.test(text))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/[^\x20-\x7e\n]/);
  });
});
