import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { ProblemError, problem } from '../../src/base/problem.ts';
import { App } from '../../src/extension/app.ts';
import { Replays } from '../../src/extension/replays.ts';
import type { Traced, TraceRequest } from '../../src/extension/trace-service.ts';
import { stock } from '../../src/scenarios/named.ts';
import { outputOf } from '../../src/trace/output.ts';
import { smallMap, smallTrace } from '../replay/small-run.ts';
import { type Desk, fakePanel, newDesk } from './fake-vscode.ts';

const held = vi.hoisted((): { desk: Desk | undefined } => ({ desk: undefined }));
let desk: Desk = newDesk();

vi.mock('vscode', async () => {
  const { fakeVscode, newDesk: another } = await import('./fake-vscode.ts');
  return fakeVscode(() => held.desk ?? another());
});

function freshDesk(): void {
  desk = newDesk();
  held.desk = desk;
}

const trace = smallTrace();
const traced: Traced = {
  run: {
    scenario: stock,
    trace,
    end: 'quiet',
    outcomes: [],
    hangs: false,
    hash: '0123456789abcdef',
    output: outputOf(trace),
  },
  map: smallMap(trace),
  trees: {},
};
const wish = { scenario: stock } as const;
const kept = new Map<string, unknown>();
const workspaceState = {
  get: (key: string) => kept.get(key),
  update: (key: string, value: unknown) => Promise.resolve(kept.set(key, value)),
};
const context = { extensionUri: { fsPath: 'home' }, workspaceState } as unknown as vscode.ExtensionContext;

const replaysWith = (answer: () => Promise<Traced>): Replays => new Replays(new App(context), { trace: answer });

beforeEach(() => {
  freshDesk();
  kept.clear();
});

describe('a trace in the editor', () => {
  it('opens the code first, then the panel beside it', async () => {
    const replays = replaysWith(() => Promise.resolve(traced));
    await replays.trace(wish);
    const shown = desk.log.filter((line) => /^(?:code|panel)/.test(line));
    expect(shown).toEqual(['code read_write.c in 1', 'panel virtioTrace.replay in -2']);
    expect(desk.log).toContain('setContext virtioTrace.replaying true');
    expect(desk.log.filter((line) => line.startsWith('post'))).toEqual([
      'post session',
      'post navigation',
      'post moment',
      'post playing',
    ]);
  });

  it('says that the sample is used, and offers to choose folders', async () => {
    await replaysWith(() => Promise.resolve(traced)).trace(wish);
    expect(desk.messages).toEqual([
      'information: No ACRN or Linux source tree is open: the built-in sample is shown instead.',
    ]);
    freshDesk();
    desk.settings.set('acrnPath', 'a').set('linuxPath', 'b');
    await replaysWith(() => Promise.resolve(traced)).trace(wish);
    expect(desk.messages).toEqual([]);
  });

  it('uses the same panel for the next trace', async () => {
    const replays = replaysWith(() => Promise.resolve(traced));
    await replays.trace(wish);
    await replays.trace(wish);
    expect(desk.log.filter((line) => line.startsWith('panel'))).toHaveLength(1);
    expect(desk.log).toContain('reveal');
  });

  it('forgets a panel that the user has closed', async () => {
    const replays = replaysWith(() => Promise.resolve(traced));
    await replays.trace(wish);
    desk.dispose?.();
    expect(replays.panel).toBeUndefined();
    expect(desk.log).toContain('setContext virtioTrace.replaying false');
  });

  it('refuses a second trace while one is going', async () => {
    let finish: (value: Traced) => void = () => undefined;
    const replays = replaysWith(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const first = replays.trace(wish);
    await vi.waitFor(() => expect(replays.running).toBe(true));
    await replays.trace(wish);
    expect(desk.messages).toEqual([
      'warning: A trace is already running. Wait for it to finish, or cancel it in its progress message.',
    ]);
    finish(traced);
    await first;
    expect(replays.running).toBe(false);
    expect(replays.panel?.host).toBeDefined();
  });

  it.each([
    [new ProblemError(problem('cancelled', {})), /^information: Cancelled\./],
    [new ProblemError(problem('no-such-folder', { path: 'x' })), /^error: There is no folder x\. Check the path/],
    [new Error('boom'), /^error: Virtio Trace stopped: boom\./],
  ])('shows a failure and can trace again (%s)', async (failure, said) => {
    const replays = replaysWith(() => Promise.reject(failure));
    await replays.trace(wish);
    expect(desk.messages[0]).toMatch(said);
    expect(replays.running).toBe(false);
    expect(replays.panel).toBeUndefined();
  });

  it('goes on when a message of the panel is refused', async () => {
    const replays = replaysWith(() => Promise.resolve(traced));
    await replays.trace(wish);
    desk.receive?.({ t: 'go', step: 'x' });
    desk.receive?.({ t: 'move', by: 'next' });
    expect(replays.panel?.host?.step).toBe(5);
  });
});

describe('a window that was reloaded', () => {
  const restore = async (state: unknown): Promise<Replays> => {
    const replays = replaysWith(() => Promise.resolve(traced));
    await replays.restore(fakePanel(desk, 'replay') as vscode.WebviewPanel, state);
    return replays;
  };

  it('runs again and stands where it stood', async () => {
    const keep = 'stock';
    const replays = await restore({ format: 1, keep, step: 9, shown: 'run' });
    expect(replays.panel?.host?.step).toBe(9);
    expect(desk.log).toContain('post session');
    expect(desk.messages).toEqual([]);
  });

  it('reads the folders of the last trace, whatever the settings say by then', async () => {
    desk.settings.set('acrnPath', 'a').set('linuxPath', 'b');
    await replaysWith(() => Promise.resolve(traced)).trace(wish);
    freshDesk();
    const asked: unknown[] = [];
    const service = {
      trace: (request: TraceRequest) => {
        asked.push(request.folders);
        return Promise.resolve(traced);
      },
    };
    const keep = 'stock';
    const panel = fakePanel(desk, 'replay') as vscode.WebviewPanel;
    await new Replays(new App(context), service).restore(panel, { format: 1, keep, step: 9, shown: 'run' });
    expect(asked).toEqual([{ acrn: 'a', linux: 'b' }]);
  });

  it.each([undefined, { format: 1, keep: 'rubbish', step: 1, shown: 'run' }, { format: 7 }])(
    'says so where its state is wrong (%#)',
    async (state) => {
      const replays = await restore(state);
      desk.receive?.({ t: 'ready', version: 1 });
      expect(replays.panel?.host).toBeUndefined();
      expect(desk.log.filter((line) => line === 'post notice').length).toBeGreaterThan(0);
    },
  );
});
