import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/base/bytes.ts';
import { emulatedOutside } from '../../../src/emulator/outside/outside.ts';
import { ROW_KINDS } from '../../../src/protocol/compare.ts';
import { type ComparedRun, compareRuns } from '../../../src/replay/compare/runs.ts';
import { Session } from '../../../src/replay/session.ts';
import { NAMED, withWrite } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';

const map = {
  trees: { acrn: undefined, guestLinux: undefined, serviceLinux: undefined },
  stages: [],
  hops: [],
  problems: [],
  read: { files: 0, bytes: 0 },
};

function runOf(name: string, text = 'hello\n'): ComparedRun {
  const scenario = NAMED.get(name);
  const run = scenario === undefined ? undefined : runScenario(withWrite(scenario, utf8(text)), emulatedOutside());
  if (!run?.ok) {
    throw new Error(`${name} does not run`);
  }
  const parts = {
    trace: run.value.trace,
    map,
    title: name,
    language: 'en',
    sample: true,
    canChooseFolders: false,
  } as const;
  return { session: new Session(parts), payload: utf8(text) };
}

const stock = runOf('stock');

const figure = (name: string, { view }: ReturnType<typeof compareRuns>): readonly [number, number] => {
  const found = view.figures.find((one) => one.name === name);
  return [found?.left ?? -1, found?.right ?? -1];
};

describe('two runs side by side', () => {
  it('are all the same where they are the same run', () => {
    const { view, rows } = compareRuns(stock, runOf('stock'));
    expect(view.differences).toBe(0);
    expect(view.sameOutput).toBe(true);
    expect(rows.length).toBe(figure('stages', { view, rows })[0]);
    expect(view.rows.kind.every((kind) => ROW_KINDS[kind] === 'same')).toBe(true);
  });

  it('show what ioeventfd saves: the same exits, but no ioctl back and forth for each kick', () => {
    const compared = compareRuns(stock, runOf('ioeventfd'));
    const { view, rows } = compared;
    expect(view.differences).toBeGreaterThan(20);
    expect(view.sameOutput).toBe(true);
    const only = (side: 'left' | 'right'): readonly string[] =>
      rows.flatMap((_row, at) =>
        ROW_KINDS[view.rows.kind[at] ?? 0] === side ? [view.stages[view.rows.stage[at] ?? 0]?.function ?? ''] : [],
      );
    expect(only('right')).toContain('acrn_ioeventfd_handler');
    expect(only('left')).toContain('virtio_pci_legacy_write');
    const [withoutFd, withFd] = figure('eventfds', compared);
    expect(withFd).toBeGreaterThan(withoutFd);
  });

  it('keep the order of each run, whatever is aligned', () => {
    const { rows } = compareRuns(stock, runOf('polling-completion'));
    for (const side of ['left', 'right'] as const) {
      const steps = rows.map((row) => row[side]).filter((step) => step >= 0);
      expect(steps).toEqual([...steps].sort((one, other) => one - other));
      expect(new Set(steps).size).toBe(steps.length);
    }
  });

  it('count copies of the text that travels, and of no other', () => {
    const [copies] = figure('copies', compareRuns(stock, stock));
    expect(copies).toBe(5);
    const other = { ...stock, payload: utf8('another text') };
    expect(figure('copies', compareRuns(other, stock))).toEqual([0, 5]);
  });

  it('tell of other bytes', () => {
    expect(compareRuns(stock, runOf('stock', 'world\n')).view.sameOutput).toBe(false);
  });
});
