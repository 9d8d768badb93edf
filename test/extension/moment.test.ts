import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { App } from '../../src/extension/app.ts';
import { BackendTerminal } from '../../src/extension/backend-terminal.ts';
import { DeepLinks } from '../../src/extension/deep-link.ts';
import { keepMoves, movesFor } from '../../src/extension/kept-moves.ts';
import { Replays } from '../../src/extension/replays.ts';
import { TerminalRuns } from '../../src/extension/terminal-runs.ts';
import type { Traced, TraceRequest } from '../../src/extension/trace-service.ts';
import { stock } from '../../src/scenarios/named.ts';
import { outputOf } from '../../src/trace/output.ts';
import { smallMap, smallTrace } from '../replay/small-run.ts';
import { type Desk, newDesk } from './fake-vscode.ts';

const HASH = '00112233445566ff';

interface Around {
  desk: Desk;
  clipboard: string;
  pasted: string | undefined;
  pty: vscode.Pseudoterminal | undefined;
}

const around = vi.hoisted((): { now: Around | undefined } => ({ now: undefined }));
let world: Around = { desk: newDesk(), clipboard: '', pasted: undefined, pty: undefined };

vi.mock('vscode', async () => {
  const { fakeVscode, newDesk: another } = await import('./fake-vscode.ts');
  const here = (): Around => around.now ?? { desk: another(), clipboard: '', pasted: undefined, pty: undefined };
  const base = fakeVscode(() => here().desk);
  const clipboard = {
    readText: () => Promise.resolve(here().clipboard),
    writeText: (text: string) => {
      here().clipboard = text;
      return Promise.resolve();
    },
  };
  const window = {
    ...(base['window'] as object),
    showInputBox: ({ value }: { readonly value: string }) => Promise.resolve(here().pasted ?? value),
    createTerminal: ({ pty }: { readonly pty: vscode.Pseudoterminal }) => {
      here().pty = pty;
      return { show: () => undefined, dispose: () => undefined };
    },
  };
  return { ...base, window, ThemeIcon: class {}, env: { language: 'en', uriScheme: 'vscode', clipboard } };
});

const trace = smallTrace();
const traced = {
  run: { scenario: stock, trace, end: 'quiet', outcomes: [], hangs: false, hash: HASH, output: outputOf(trace) },
  map: smallMap(trace),
} as unknown as Traced;
const kept = new Map<string, unknown>();
const context = {
  extensionUri: { fsPath: 'home' },
  extension: { id: 'virtio-trace.virtio-trace' },
  workspaceState: {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(kept.set(key, value)),
  },
} as unknown as vscode.ExtensionContext;

let asked: TraceRequest[] = [];
let app: App;
let replays: Replays;

beforeEach(() => {
  world = { desk: newDesk(), clipboard: '', pasted: undefined, pty: undefined };
  world.desk.settings.set('acrnPath', 'a').set('linuxPath', 'b');
  around.now = world;
  kept.clear();
  asked = [];
  app = new App(context);
  replays = new Replays(app, {
    trace: (request) => {
      asked.push(request);
      return Promise.resolve(traced);
    },
  });
});

describe('a link to a moment', () => {
  it('is copied, and leads back to where it was copied', async () => {
    const links = new DeepLinks(app, replays);
    await replays.trace({ scenario: stock });
    replays.panel?.host?.go(9);
    const event = replays.panel?.host?.event;
    await links.copy();
    expect(world.clipboard).toMatch(
      new RegExp(
        `^vscode://virtio-trace.virtio-trace/moment\\?scenario=stock&seed=0&event=${event}&hash=${HASH}&stage=`,
      ),
    );
    replays.panel?.host?.go(0);
    world.desk.messages.length = 0;
    await links.ask();
    expect(replays.panel?.host?.step).toBe(9);
    expect(world.desk.messages).toEqual([]);
    expect(asked.map(({ wish }) => wish)).toEqual([{ scenario: stock }, { scenario: stock }]);
  });

  it('of another run says so, and shows the nearest entry of the same stage', async () => {
    const stage = encodeURIComponent('acrn:hypervisor/dm/io_req.c#hv_emulate_pio');
    const query = `scenario=stock&seed=0&event=3&hash=${'f'.repeat(16)}&stage=${stage}`;
    await new DeepLinks(app, replays).open('/moment', query);
    const host = replays.panel?.host;
    const { steps, parts } = host?.session ?? {};
    expect(parts?.trace.stages[steps?.stage[host?.step ?? 0] ?? 0]?.function).toBe('hv_emulate_pio');
    expect(world.desk.messages.at(-1)).toMatch(/not the linked one .* nearest entry of hv_emulate_pio/);
  });

  it.each([
    ['/moment', 'scenario=nobody&event=1&hash=0000000000000000', /knows no scenario of that name/],
    ['/moment', 'x'.repeat(20_000), /longer than a link may be/],
    ['/elsewhere', 'scenario=stock&event=1&hash=0000000000000000', /no link to a moment/],
  ])('that is wrong runs nothing: %s', async (path, query, said) => {
    await new DeepLinks(app, replays).open(path, query);
    expect(asked).toEqual([]);
    expect(world.desk.messages).toEqual([expect.stringMatching(said)]);
  });

  it('cannot be copied where there is no replay', async () => {
    await new DeepLinks(app, replays).copy();
    expect(world.clipboard).toBe('');
    expect(world.desk.messages).toHaveLength(1);
  });
});

describe('the moves of a run', () => {
  it('are kept by the run that they belong to', async () => {
    await keepMoves(app, 'one', { unit: 'events', bookmarks: [{ event: 3, name: 'x' }] });
    await keepMoves(app, 'two', { unit: 'stages', bookmarks: [] });
    expect(movesFor(app, 'one')).toEqual({ unit: 'stages', bookmarks: [{ event: 3, name: 'x' }] });
    expect(movesFor(app, 'two')).toEqual({ unit: 'stages' });
  });

  it('are as never kept where what is kept is wrong', () => {
    kept.set('virtioTrace.moves', { last: 7, bookmarks: [['one', 'rubbish'], 5, ['one']] });
    expect(movesFor(app, 'one')).toEqual({});
    kept.set('virtioTrace.moves', 'rubbish');
    expect(movesFor(app, 'one')).toEqual({});
  });

  it('go on in the next trace of the same run', async () => {
    await replays.trace({ scenario: stock });
    replays.panel?.host?.toggleBookmark();
    replays.panel?.host?.follow(false);
    await replays.trace({ scenario: stock });
    expect(replays.panel?.host?.following).toBe(false);
    replays.panel?.host?.move('first');
    expect(JSON.stringify(kept.get('virtioTrace.moves'))).toContain(HASH);
  });
});

describe('the backend as a terminal', () => {
  it('shows what is written so far, and runs again with what is typed', async () => {
    const terminals = new TerminalRuns(app, replays);
    await replays.trace({ scenario: stock, terminal: true });
    const written: string[] = [];
    world.pty?.onDidWrite((text) => written.push(text));
    world.pty?.open(undefined);
    expect(written.join('')).toContain('The guest writes here');
    world.pty?.handleInput?.('ls');
    expect(asked).toHaveLength(1);
    world.pty?.handleInput?.('\r');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    const [, { wish }] = asked as [TraceRequest, TraceRequest];
    expect(wish.terminal).toBe(true);
    expect(wish.scenario.actions.slice(-3)).toEqual([
      { do: 'rest' },
      { do: 'read', vcpu: 0, path: '/dev/hvc0', size: 4096 },
      { do: 'input', to: 'stdio', data: 'hex:6c730d' },
    ]);
    await vi.waitFor(() => expect(written.join('')).toContain('The guest receives it'));
    terminals.dispose();
  });

  it('takes back what a later moment had written, and shows nothing twice', async () => {
    const terminals = new TerminalRuns(app, replays);
    const terminal = new BackendTerminal(
      app,
      () => undefined,
      () => undefined,
    );
    const written: string[] = [];
    world.pty?.onDidWrite((text) => written.push(text));
    world.pty?.open(undefined);
    const at = (text: string): void => {
      const bytes = new TextEncoder().encode(text);
      terminal.show([{ endpoint: 'stdio', total: bytes.length, tail: bytes.subarray(-8) }]);
    };
    for (const text of ['ab', 'abc', 'abc', 'a', 'a long one that is cut', 'a long one that is cut!']) {
      at(text);
    }
    const screen = '\x1b[2J\x1b[3J\x1b[H';
    expect(written.slice(1)).toEqual(['ab', 'c', `${screen}a`, `${screen}t is cut`, '!']);
    terminals.dispose();
  });

  it('is there only for a run that was asked for with one', async () => {
    const terminals = new TerminalRuns(app, replays);
    await replays.trace({ scenario: stock });
    expect(world.pty).toBeUndefined();
    terminals.dispose();
  });
});
