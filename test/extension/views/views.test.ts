import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { functionAbove } from '../../../src/extension/function-above.ts';
import { NAMED, stock } from '../../../src/scenarios/named.ts';
import { parseScenarioText } from '../../../src/scenarios/parse.ts';
import { makeRouteFile } from '../../../src/sourcemap/path/route-file.ts';
import { RouteIndex } from '../../../src/sourcemap/path/route-index.ts';
import { SOURCE_TEXTS } from '../../../src/texts/sources.ts';
import { newDesk } from '../fake-vscode.ts';

vi.mock('vscode', async () => {
  const { fakeVscode } = await import('../fake-vscode.ts');
  const desk = newDesk();
  return {
    ...fakeVscode(() => desk),
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    QuickPickItemKind: { Separator: -1 },
  };
});

let routes: RouteIndex;
beforeAll(() => {
  routes = new RouteIndex(makeRouteFile());
}, 120_000);

describe('legs of a route', () => {
  it('are the stages that follow each other in one program, and together all of them', async () => {
    const { legsOf } = await import('../../../src/extension/views/routes-view.ts');
    for (const route of routes.file.routes) {
      const legs = legsOf(routes, route);
      expect(legs[0]?.from).toBe(0);
      expect(legs.at(-1)?.to).toBe(route.stops.length);
      for (const [at, { from, to }] of legs.entries()) {
        const programs = new Set(route.stops.slice(from, to).map((stop) => routes.stage(stop.stage)?.program));
        expect([to > from, programs.size, legs[at + 1]?.from ?? route.stops.length]).toEqual([true, 1, to]);
      }
    }
  });
});

describe('what a command is given', () => {
  it('is a scenario by name, by the row of a view, or nothing', async () => {
    const { scenarioGiven } = await import('../../../src/extension/views/given.ts');
    const route = routes.file.routes[1];
    const hazard = routes.file.hazards[0];
    const file = { uri: {}, scenario: { ok: true, value: { ...stock, name: 'mine' } } };
    expect(scenarioGiven('poll')).toBe(NAMED.get('poll'));
    expect(scenarioGiven({ is: 'named', scenario: stock })).toBe(stock);
    expect(scenarioGiven({ is: 'route', route })?.route).toBe(route?.name);
    expect(scenarioGiven({ is: 'hazard', hazard })?.name).toBe(hazard?.scenarios[0]);
    expect(scenarioGiven({ is: 'file', file })?.name).toBe('mine');
    const hostile = [undefined, null, 7, 'no such', {}, { is: 'file' }, { is: 'hazard', hazard: {} }];
    const worse = [
      { is: 'file', file: { scenario: { ok: true, value: { name: 'x', actions: 'y' } } } },
      { is: 'named' },
    ];
    expect([...hostile, ...worse].map(scenarioGiven).filter((one) => one !== undefined)).toEqual([]);
  });

  it('is a stage and a route by name, or nothing', async () => {
    const { namedStage } = await import('../../../src/extension/trace-commands.ts');
    expect(namedStage({ stage: 'a', route: 'poll' })).toEqual({ stage: 'a', route: 'poll' });
    expect(namedStage({ stage: 'a', route: 'elsewhere' })).toEqual({ stage: 'a', route: undefined });
    expect([undefined, null, 'a', { stage: 7 }, {}].map(namedStage)).toEqual(Array(5).fill(undefined));
  });
});

describe('a copy of a scenario', () => {
  it('is a scenario file of its own name that runs', async () => {
    const { textOfScenario } = await import('../../../src/extension/duplicate-scenario.ts');
    for (const scenario of NAMED.values()) {
      const parsed = parseScenarioText(textOfScenario(scenario, 'my-copy'));
      expect(parsed).toMatchObject({ ok: true, value: { name: 'my-copy', actions: scenario.actions } });
      expect(parsed.ok && parsed.value.title.en).toBe(`${scenario.title.en} (copy)`);
    }
  });
});

describe('a kept run', () => {
  it('is taken back only where it is one', async () => {
    const { isRun } = await import('../../../src/extension/run-store.ts');
    const run = { scenario: 'stock', name: 'stock', title: 't', seed: 0, hash: 'h', when: 1, hazards: 0 };
    expect(isRun(run)).toBe(true);
    const { hash: _, ...without } = run;
    expect([null, 'x', {}, { ...run, seed: '0' }, without].map(isRun)).toEqual(Array(5).fill(false));
  });
});

describe('the trees to choose from', () => {
  it('stand under the program they serve, with a tick at what is set', async () => {
    const { switchItems } = await import('../../../src/extension/sources/switch-trees.ts');
    const known = [
      { kind: 'acrn', folder: 'a', version: '3.4' },
      { kind: 'linux', folder: 'l', version: undefined },
    ] as const;
    const items = switchItems(SOURCE_TEXTS.en, known, (name) => (name === 'acrnPath' ? 'a' : undefined));
    const shown = items.map((item) => [
      item.label,
      item.action?.do === 'set' ? [item.action.setting, item.action.value] : '',
    ]);
    expect(shown).toContainEqual(['$(check) ACRN 3.4', ['acrnPath', 'a']]);
    expect(shown).toContainEqual(['$(blank) Linux not there any more', ['linuxPath', 'l']]);
    expect(shown).toContainEqual(['$(blank) Linux not there any more', ['serviceLinuxPath', 'l']]);
    expect(shown).toContainEqual(['$(check) The same as the guest', ['serviceLinuxPath', '']]);
    expect(items.filter((item) => item.label.startsWith('$(check)'))).toHaveLength(3);
  });
});

describe('the function above a line', () => {
  const file = readFileSync('sample/linux/fs/read_write.c', 'utf8').split('\n');
  const lineOf = (text: string): number => file.findIndex((one) => one.includes(text)) + 1;

  it('is the one whose body or head it is', () => {
    expect(functionAbove(file, lineOf('return ksys_write('))).toBe('SYSCALL_DEFINE3(write)');
    expect(functionAbove(file, lineOf('ssize_t ksys_write('))).toBe('ksys_write');
    expect(functionAbove(['int a;', 'f(void);', '', 'int x;'], 4)).toBeUndefined();
    expect(functionAbove(['static struct x *g(int a)', '{', '\th(a);', '}'], 3)).toBe('g');
    expect(functionAbove(['void f(void)', '{', '}', '', '#define X 1'], 5)).toBeUndefined();
  });
});
