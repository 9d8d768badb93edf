import { describe, expect, it } from 'vitest';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { foldsOf, outlineOf, readTextLine, type TextEntry, treeOfPlace } from '../../src/export/read-text.ts';
import { runAsText } from '../../src/export/text.ts';
import { stock } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import { CLI_TEXTS } from '../../src/texts/cli.ts';
import { LANGUAGES } from '../../src/texts/language.ts';

const run = (() => {
  const result = runScenario(stock, emulatedOutside());
  if (!result.ok) {
    throw new Error('the stock scenario does not run');
  }
  return result.value;
})();

const map = {
  trees: { acrn: undefined, guestLinux: undefined, serviceLinux: undefined },
  stages: [],
  hops: [],
  problems: [],
  read: { files: 0, bytes: 0 },
};

const entered = [...run.trace.events(run.trace.runStart)].filter((event) => event.kind === 'enter');

describe.each(LANGUAGES)('the text of a run, read back (%s)', (language) => {
  const lines = [...runAsText(run.trace, map, { language, phases: ['run'] })].map(readTextLine);
  const stages = lines.flatMap(({ is }) => (is.kind === 'stage' ? [is] : []));

  it('finds every stage with its depth and its name', () => {
    const names = entered.map((event) => run.trace.stages[event.stage]?.function);
    expect(stages.map((stage) => stage.name)).toEqual(names);
    expect(stages.map((stage) => stage.depth)).toEqual(entered.map((event) => event.key));
    expect(stages.map((stage) => stage.number)).toEqual(entered.map((_event, index) => index + 1));
  });

  it('knows how each stage was reached', () => {
    // The idle task is not called by anyone: it is where a processor with nothing to do begins.
    const unreached = stages.slice(1).filter((stage) => stage.hop === undefined);
    expect(unreached.map((stage) => stage.name)).toEqual(['do_idle']);
    expect(stages.find((stage) => stage.name === 'vm_exit')?.hop).toBe('vm_exit');
    expect(stages.find((stage) => stage.name === 'vp_notify')?.hop).toBe('fptr_call');
  });

  it('finds the contexts by their programs', () => {
    const headings = lines.flatMap(({ is }) => (is.kind === 'heading' ? [is.program] : []));
    expect(headings.slice(0, 3)).toEqual(['guest-user', 'guest-kernel', 'hypervisor']);
    expect(new Set(headings).size).toBe(5);
  });

  it('nests the outline as the calls nest', () => {
    const count = (entries: readonly TextEntry[]): number =>
      entries.reduce((sum, one) => sum + (one.is.kind === 'stage' ? 1 : 0) + count(one.children), 0);
    const roots = outlineOf(lines);
    expect(count(roots)).toBe(stages.length);
    expect(roots.every((root) => root.is.kind === 'heading')).toBe(true);
    const chain: string[] = [];
    for (let at = roots[1]?.children[0]; at !== undefined && chain.length < 4; at = at.children[0]) {
      chain.push(at.is.kind === 'stage' ? at.is.name : '');
    }
    expect(chain).toEqual(['SYSCALL_DEFINE3(write)', 'ksys_write', 'vfs_write', 'new_sync_write']);
  });

  it('folds behind what calls, up to the last stage called', () => {
    const folds = foldsOf(lines);
    const first = lines.findIndex(({ is }) => is.kind === 'stage' && is.name === 'SYSCALL_DEFINE3(write)');
    const next = lines.findIndex(({ is }, at) => at > first && is.kind === 'heading');
    expect(folds.find((fold) => fold.from === first)?.to).toBeLessThan(next);
    expect(folds.every((fold) => fold.to > fold.from)).toBe(true);
    const waits = lines.findIndex(({ is }) => is.kind === 'note');
    expect(folds.some((fold) => fold.from < waits && fold.to >= waits)).toBe(true);
  });
});

describe('places of a text', () => {
  const text =
    '   12   vp_notify   drivers/virtio/virtio_pci_common.c:43   call through pointer vq->notify · at a/b.c:7';

  it('stand where they are written', () => {
    const { places } = readTextLine(text);
    expect(places.map(({ file, line }) => [file, line])).toEqual([
      ['drivers/virtio/virtio_pci_common.c', 43],
      ['a/b.c', 7],
    ]);
    expect(places.map(({ start, end }) => text.slice(start, end))).toEqual([
      'drivers/virtio/virtio_pci_common.c:43',
      'a/b.c:7',
    ]);
  });

  it.each(LANGUAGES)('stand in the tree that the head names (%s)', (language) => {
    const { tree } = CLI_TEXTS[language];
    const head = [
      tree('ACRN', '/src/acrn (mine)', '3.4'),
      tree('Linux', '/src/guest', '6.12.0'),
      tree('Linux (Service VM)', '/src/service', '6.1.0'),
    ].map(readTextLine);
    const at = (file: string) => ({ file, line: 1, start: 0, end: 0 });
    expect(treeOfPlace(head, at('hypervisor/dm/io_req.c'), 'hypervisor')).toBe('/src/acrn (mine)');
    expect(treeOfPlace(head, at('fs/eventfd.c'), 'guest-kernel')).toBe('/src/guest');
    expect(treeOfPlace(head, at('fs/eventfd.c'), 'service-vm-kernel')).toBe('/src/service');
    expect(treeOfPlace(head.slice(0, 2), at('fs/eventfd.c'), 'device-model')).toBe('/src/guest');
    expect(treeOfPlace([], at('fs/eventfd.c'), 'device-model')).toBeUndefined();
  });

  it('are not invented', () => {
    for (const other of ['', 'waits: x', '      bytes leave through stdio: "12 a"', '42', '\u0000'.repeat(100_000)]) {
      expect(readTextLine(other).places).toEqual([]);
    }
    expect(readTextLine('x '.repeat(50_000)).is.kind).toBe('other');
  });
});
