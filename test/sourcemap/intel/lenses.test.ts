import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { type FileIntel, fileIntel } from '../../../src/sourcemap/intel/file-intel.ts';
import { type LensSettings, lensesOf } from '../../../src/sourcemap/intel/lens-model.ts';
import { stageHover } from '../../../src/sourcemap/intel/stage-hover.ts';
import { RouteIndex } from '../../../src/sourcemap/path/route-index.ts';
import type { RouteFile } from '../../../src/sourcemap/path/route-types.ts';
import type { TreeKind } from '../../../src/sourcemap/trees.ts';
import { testFacts } from '../fixture-trees.ts';

const routes = JSON.parse(readFileSync('dist/routes.json', 'utf8')) as RouteFile;
const index = new RouteIndex(routes);
const ALL: LensSettings = { stages: true, routes: [], bindings: 'all', boundaries: true, language: 'en' };
const CONSOLE = 'devicemodel/hw/pci/virtio/virtio_console.c';

async function intelOf(kind: TreeKind, path: string, text: string): Promise<FileIntel> {
  const [facts] = await (await testFacts()).factsOf(kind, [{ path, text }], neverCancelled);
  if (facts === undefined) {
    throw new Error('no facts');
  }
  return fileIntel(index, kind, facts);
}

const sample = (kind: TreeKind, path: string): Promise<FileIntel> =>
  intelOf(kind, path, readFileSync(`sample/${kind}/${path}`, 'utf8'));

const titles = (intel: FileIntel, settings: Partial<LensSettings> = {}): readonly string[] =>
  lensesOf(intel, undefined, { ...ALL, ...settings }).map(({ title }) => title);

describe('lenses from one file alone', () => {
  it('tell above a stage how it is reached and what comes next, and offer the replay', async () => {
    const intel = await sample('acrn', CONSOLE);
    const head = intel.stages.find(({ name }) => name === 'virtio_console_notify_tx')?.line;
    const here = lensesOf(intel, undefined, ALL).filter(({ line }) => line === head);
    expect(here.map(({ title }) => title.replace(/\d+/g, 'N'))).toEqual([
      'stage N of stock (+N routes) · through vq->notify from virtio_pci_legacy_write',
      'next: virtio_console_vq_to_port',
      'replay from here',
      'N hazards',
    ]);
    expect(here.map(({ action }) => action.t)).toEqual(['callers', 'go', 'replay', 'hazards']);
  });

  it('are all in Chinese where that is wanted', async () => {
    const intel = await sample('linux', 'drivers/virt/acrn/ioreq.c');
    const english = titles(intel);
    const chinese = titles(intel, { language: 'zh-cn' });
    expect(chinese).toHaveLength(english.length);
    expect(chinese.filter((title) => !/[\u4e00-\u9fff]/.test(title))).toEqual([]);
  });

  it('speak only of the routes that are wanted', async () => {
    const intel = await sample('acrn', CONSOLE);
    const shown = titles(intel, { routes: ['poll'], bindings: 'off' }).filter((title) => title.startsWith('stage'));
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.filter((title) => !title.includes(' of poll · '))).toEqual([]);
  });

  it('can be switched off kind by kind', async () => {
    const intel = await sample('linux', 'drivers/virt/acrn/ioreq.c');
    expect(titles(intel, { stages: false, bindings: 'off', boundaries: false })).toEqual([]);
    expect(titles(intel, { stages: false, bindings: 'off' })).toContain('work queued &ioreq_work');
    const bound = titles(intel, { stages: false, boundaries: false });
    expect(new Set(bound)).toEqual(new Set(['bound here']));
    expect(titles(intel, { stages: false, boundaries: false, bindings: 'route' }).length).toBeLessThanOrEqual(
      bound.length,
    );
  });

  it('stand above a function that had another name in an older version', async () => {
    const { history, mark } = await anyRenamed();
    expect(mark, history).toMatchObject({ renamed: true, stage: history });
  });
});

/** The first stage of the table of renames that changed its name inside one file, and the mark of a text with the old name. */
async function anyRenamed(): Promise<{
  readonly history: string;
  readonly mark: FileIntel['stages'][number] | undefined;
}> {
  const { STAGE_HISTORIES } = await import('../../../src/sourcemap/dialects/renames.ts');
  const row = STAGE_HISTORIES.find(
    ({ tree, file, function: name, predecessors }) =>
      predecessors[0]?.how === 'renamed' &&
      predecessors[0].file === file &&
      index.numberOf(`${tree}:${file}#${name}`) !== undefined,
  );
  const before = row?.predecessors[0];
  if (row === undefined || before === undefined) {
    throw new Error('no rename inside a file');
  }
  const intel = await intelOf(row.tree, row.file, `int ${before.function}(void)\n{\n\treturn 0;\n}\n`);
  const history = `${row.tree}:${row.file}#${row.function}`;
  return { history, mark: intel.stages.find(({ stage }) => stage === history) };
}

describe('the chain of a stage', () => {
  const hoverOf = (id: string) => {
    const at = index.numberOf(id);
    return at === undefined ? undefined : stageHover(index, at);
  };

  it("leads back to the guest's write through all four programs, and on to the bytes", () => {
    const hover = hoverOf(`acrn:${CONSOLE}#virtio_console_notify_tx`);
    expect(hover?.up[0]?.function).toBe('write(2)');
    expect(new Set(hover?.up.map(({ program }) => program)).size).toBe(5);
    expect(hover?.down.map((step) => step.function)).toEqual(['virtio_console_backend_write']);
    expect(hover?.ways[0]?.route).toBe('stock');
  });

  it('says where the bytes have left before', () => {
    const hover = hoverOf('linux:drivers/virt/acrn/ioreq.c#ioreq_complete_request');
    expect([hover?.afterOutput, hover?.down]).toEqual([true, []]);
  });
});
