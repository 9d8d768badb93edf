import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { line } from '../../src/base/brand.ts';
import { CLAIMS } from '../../src/sourcemap/notes/claims.ts';
import { conditionsAround } from '../../src/sourcemap/notes/conditions.ts';
import { judgeNotes } from '../../src/sourcemap/notes/judge.ts';
import { NOTE_TEXTS, NOTE_WORDS, noteText } from '../../src/texts/notes.ts';
import { testFacts } from './fixture-trees.ts';
import { type Edits, notesOn, notShownBy, stockTrace, verdictsOf } from './notes-on-trees.ts';

const SAMPLE = fileURLToPath(new URL('../../sample', import.meta.url));
const ACRN = path.join(SAMPLE, 'acrn');
const LINUX = path.join(SAMPLE, 'linux');

const CONSOLE = 'devicemodel/hw/pci/virtio/virtio_console.c';
const PCI = 'devicemodel/hw/pci/core.c';
const PCI_HEADER = 'devicemodel/include/pci_core.h';
const VMX_IO = 'hypervisor/arch/x86/guest/vmx_io.c';
const IO_REQ = 'hypervisor/dm/io_req.c';
const IOREQ = 'drivers/virt/acrn/ioreq.c';
const IOEVENTFD = 'drivers/virt/acrn/ioeventfd.c';

const on = (edits: Edits): Promise<Record<number, string>> => notesOn(ACRN, LINUX, edits).then(verdictsOf);

const rename =
  (from: string, to: string) =>
  (text: string): string =>
    text.replace(new RegExp(`\\b${from}\\b`, 'g'), to);

/** Puts a statement behind the line that names the host's capabilities in the console's init. */
const inInit =
  (statement: string) =>
  (text: string): string => {
    const changed = text.replace(/(console->base\.device_caps = [^;]*;)/, `$1\n\t${statement}`);
    expect(changed).not.toBe(text);
    return changed;
  };

describe('the claims', () => {
  it('are the 27 of the notes, each once', () => {
    expect(CLAIMS.map((claim) => claim.id)).toEqual(Array.from({ length: 27 }, (_, at) => at + 1));
  });

  it('have a text for each verdict that they can have, in both languages', () => {
    for (const { id, rules, otherwise } of CLAIMS) {
      for (const language of ['en', 'zh-cn'] as const) {
        const verdicts = [...new Set([...rules.map((rule) => rule.verdict), otherwise])].sort();
        expect(Object.keys(NOTE_TEXTS[language][id].says).sort(), `${id} ${language}`).toEqual(verdicts);
      }
    }
  });

  it('say which files are lacking where nothing is told', () => {
    expect(noteText(1, 'unknown', ['a.c', 'b.c'], 'en').says).toContain('a.c, b.c');
    expect(Object.keys(NOTE_WORDS['zh-cn'].verdicts)).toEqual(Object.keys(NOTE_WORDS.en.verdicts));
  });
});

describe('the notes on the sample', () => {
  it('have the verdicts of the code that it mirrors, each with lines that show it', async () => {
    const report = await notesOn(ACRN, LINUX);
    const verdicts = verdictsOf(report);
    expect(group(verdicts)).toEqual({
      true: [3, 10, 15, 16, 17, 18, 19, 20, 21, 23, 24],
      conditional: [4, 6, 11, 12, 14],
      renamed: [8, 9, 13, 22],
      wrong: [1, 2, 5, 7, 25],
      missing: [26, 27],
    });
    expect(report.claims.filter((claim) => claim.evidence.length === 0)).toEqual([]);
    expect(notShownBy(report, ACRN, LINUX)).toEqual([]);
  });

  it('follow a change of the code', async () => {
    const opName = rename('vdev_barwrite', 'vdev_bar_write');
    expect(await on({ [CONSOLE]: opName, [PCI]: opName, [PCI_HEADER]: opName })).toMatchObject({
      9: 'true',
      10: 'true',
    });
    const range = rename('acrn_ioreq_range_add', 'acrn_io_range_add');
    expect(await on({ [IOREQ]: range, [IOEVENTFD]: range })).toMatchObject({ 13: 'true' });
    const fire = rename('arch_fire_hsm_interrupt', 'acrn_fire_hsm_interrupt');
    const fired = await on({ [VMX_IO]: fire, [IO_REQ]: fire });
    expect(fired).toMatchObject({ 21: 'true', 22: 'true', 23: 'true' });
    const unfired = await on({ [IO_REQ]: (text) => text.replace(/arch_fire_hsm_interrupt\(\);/g, ';') });
    expect(unfired).toMatchObject({ 22: 'renamed', 23: 'wrong' });
  });

  it('tell a console that asks for an I/O thread from one that may', async () => {
    const always = await on({ [CONSOLE]: inInit('console->base.iothread = true;') });
    expect(always).toMatchObject({ 6: 'true', 7: 'true', 11: 'true', 14: 'true', 25: 'true' });
    const option = await on({ [CONSOLE]: inInit('if (opts)\n\t\tconsole->base.iothread = true;') });
    expect(option).toMatchObject({ 6: 'conditional', 7: 'conditional', 14: 'conditional', 25: 'conditional' });
    const comment = await on({ [CONSOLE]: inInit('/* console->base.iothread = true; */') });
    expect(comment).toMatchObject({ 6: 'conditional', 7: 'wrong', 25: 'wrong' });
    const off = await on({ [CONSOLE]: inInit('console->base.iothread = false;') });
    expect(off).toMatchObject({ 7: 'wrong' });
  });

  it('follow what is bound to a pointer', async () => {
    const callback = await on({ [CONSOLE]: rename('virtio_console_backend_write', 'virtio_console_control_tx') });
    expect(callback).toMatchObject({ 1: 'true' });
    const notify = await on({
      [CONSOLE]: (text) => text.replace(/(queues\[i\]\.notify = )[^;]*;/, '$1virtio_console_notify_tx;'),
    });
    expect(notify).toMatchObject({ 4: 'true' });
  });

  it('are not told where a file is missing, and never guessed', async () => {
    expect(await on({ [IO_REQ]: undefined })).toMatchObject({ 21: 'unknown', 23: 'unknown', 24: 'unknown' });
    expect(await on({ [CONSOLE]: undefined })).toMatchObject({
      1: 'unknown',
      2: 'unknown',
      3: 'unknown',
      7: 'unknown',
    });
    const report = await notesOn(ACRN, LINUX, { [IOEVENTFD]: undefined });
    expect(verdictsOf(report)).toMatchObject({ 13: 'unknown', 14: 'unknown', 15: 'unknown', 16: 'unknown' });
    expect(report.claims.find((claim) => claim.id === 13)?.lacking).toEqual([IOEVENTFD]);
  });

  it('are not told where the type of a pointer is missing', async () => {
    expect(await on({ [PCI_HEADER]: undefined })).toMatchObject({ 10: 'unknown' });
  });

  it('are wrong where the code does something else', async () => {
    const kernel = await on({
      [IOREQ]: (text) => text.replace(/DECLARE_WORK\(ioreq_work, \w+\)/, 'DECLARE_WORK(ioreq_work, other)'),
      [IOEVENTFD]: (text) => text.replace(/eventfd_signal\([^;]*;/, ';'),
    });
    expect(kernel).toMatchObject({ 14: 'wrong', 19: 'wrong' });
    const hypervisor = await on({ [IO_REQ]: (text) => text.replace(/\bwait_event\([^;]*;/, ';') });
    expect(hypervisor).toMatchObject({ 26: 'true' });
  });

  it('are not told without a tree', async () => {
    const { claims } = await judgeNotes(stockTrace(), {}, await testFacts());
    expect(new Set(claims.map((claim) => claim.verdict))).toEqual(new Set(['unknown']));
    expect(claims.flatMap((claim) => claim.evidence)).toEqual([]);
  });
});

describe('the conditions around a line', () => {
  const conditionsOf = (text: string): string => {
    const rows = text.split('\n');
    const view = { bodyOf: () => rows.map((row, at) => ({ line: line(at + 1), text: row })) };
    const at = rows.findIndex((row) => row.includes('call()')) + 1;
    const lines = { file: '', fact: { line: line(1), endLine: line(rows.length) } };
    return conditionsAround(view, lines, line(at), 'call').replace(/\s+/g, '');
  };

  it.each([
    ['void f(void) {\n if (a) {\n  b();\n }\n call();\n}', ''],
    ['void f(void) {\n if (a)\n  call();\n}', '(a)'],
    ['void f(void) {\n if (a && g(b)) {\n  while (c) {\n   call();', '(a&&g(b))(c)'],
    ['void f(void) {\n if (!a)\n  return;\n call();\n}', '(!a)'],
    ['void f(void) {\n if (!a) {\n  b();\n  return;\n }\n call();\n}', '(!a)'],
    ['void f(void) {\n /* if (a) { */\n if (b || call())', '(b||'],
  ])('are read from %j', (text, conditions) => {
    expect(conditionsOf(text)).toBe(conditions);
  });
});

function group(verdicts: Record<number, string>): Record<string, number[]> {
  const groups: Record<string, number[]> = {};
  for (const [id, verdict] of Object.entries(verdicts)) {
    groups[verdict] = [...(groups[verdict] ?? []), Number(id)];
  }
  return groups;
}

describe('the texts of the notes', () => {
  it('are in our own words: no line of the sample stands in them', () => {
    const source = readFileSync(path.join(ACRN, CONSOLE), 'utf8');
    const comments = [...source.matchAll(/\/\*\s*(.{30,}?)\s*\*\//g)].map((found) => found[1] ?? '');
    const texts = JSON.stringify(NOTE_TEXTS);
    expect(comments.filter((comment) => texts.includes(comment))).toEqual([]);
  });
});
