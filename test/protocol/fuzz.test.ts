import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../src/protocol/inspect.ts';
import {
  type FromView,
  LIMITS,
  MOVES,
  PROTOCOL_VERSION,
  type Shown,
  type ToView,
} from '../../src/protocol/messages.ts';
import { NAVIGATE_LIMITS, SPEEDS, TARGET_KINDS, UNITS } from '../../src/protocol/navigate.ts';
import { TIMELINE_LIMITS, TIMELINE_SCALES } from '../../src/protocol/timeline.ts';
import { parseFromView } from '../../src/protocol/validate.ts';
import { ReplayHost } from '../../src/replay/host.ts';
import { Session } from '../../src/replay/session.ts';
import { stock } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import { smallMap, smallSession } from '../replay/small-run.ts';

type Tag = FromView['t'];
type Message<T extends Tag> = Extract<FromView, { readonly t: T }>;
type Fields<T extends Tag> = { [K in keyof Omit<Message<T>, 't'>]: fc.Arbitrary<Message<T>[K]> };

// The same cases each time: a failure here is one everywhere.
fc.configureGlobal({ seed: 20 });

const number = fc.oneof(fc.nat(40), fc.nat(), fc.constant(0xffffffff));
const shown = fc.constantFrom<Shown>('run', 'set-up');
const text = fc.string({ maxLength: 40 });

/** Right values for every field of every message: a new message without a line here does not compile. */
const FIELDS: { readonly [T in Tag]: Fields<T> } = {
  ready: { version: fc.constant(PROTOCOL_VERSION) },
  'want-steps': { request: number, from: number, count: fc.integer({ min: 1, max: LIMITS.steps }) },
  go: { step: number },
  move: { by: fc.constantFrom(...MOVES) },
  play: { on: fc.boolean() },
  show: { shown },
  open: { step: number, evidence: fc.integer({ min: -1, max: 1000 }) },
  'choose-folders': {},
  unit: { unit: fc.constantFrom(...UNITS) },
  speed: { speed: fc.nat(SPEEDS.length - 1) },
  follow: { on: fc.boolean() },
  'go-event': { event: number },
  seek: { direction: fc.constantFrom('next', 'previous'), what: fc.constantFrom(...TARGET_KINDS), id: number },
  find: { request: number, text, what: fc.constantFrom(...TARGET_KINDS, 'any') },
  'want-summary': { request: number, from: number, to: number },
  bookmark: { event: number, on: fc.boolean(), name: text },
  'copy-link': {},
  'want-timeline': {
    request: number,
    shown,
    scale: fc.constantFrom(...TIMELINE_SCALES),
    from: number,
    to: number,
    columns: fc.integer({ min: 1, max: TIMELINE_LIMITS.columns }),
    lanes: fc.array(fc.nat(254), { maxLength: 10 }),
  },
  'want-state': {
    request: number,
    from: number,
    at: number,
    topic: fc.constantFrom(...TOPICS),
    item: fc.nat(20),
    detail: fc.integer({ min: -1, max: 20 }),
  },
  'want-why': { request: number, from: number, at: number, stage: fc.nat(0xffff) },
  'run-scenario': { name: text },
  'open-stage': { stage: fc.nat(0xffff) },
};

const messageOf = (tag: Tag): fc.Arbitrary<FromView> =>
  fc.record({
    t: fc.constant(tag),
    ...(FIELDS[tag] as Record<string, fc.Arbitrary<unknown>>),
  }) as fc.Arbitrary<FromView>;

const TAGS = Object.keys(FIELDS) as Tag[];
const anyMessage = fc.constantFrom(...TAGS).chain(messageOf);

/** Values that no field takes. */
const junk = fc.constantFrom<readonly unknown[]>(
  undefined as never,
  null as never,
  -2 as never,
  (2 ** 60) as never,
  -0.5 as never,
  Number.NaN as never,
  'x'.repeat(10_000) as never,
  { toString: 1 } as never,
  ['run', 'run'] as never,
  10n as never,
);

/** A message with one field wrong, missing or too many. */
const wrong = anyMessage.chain((message) => {
  const names = Object.keys(message).filter((name) => name !== 't');
  const spoilt = junk.chain((value) =>
    names.length === 0
      ? fc.constant({ ...message, extra: value })
      : fc.constantFrom(...names).map((name) => ({ ...message, [name]: value })),
  );
  const missing = fc.constantFrom(...(names.length === 0 ? ['t'] : names)).map((name) => {
    const { [name]: _gone, ...rest } = { ...message } as Record<string, unknown>;
    return rest;
  });
  const more = fc.string({ minLength: 1 }).map((name) => ({ ...message, [`extra ${name}`]: 1 }));
  return fc.oneof(spoilt, missing, more);
});

const REASON = /^[a-z-]+(: (wrong [a-z]+|a field too many))?$|^not an object$|^unknown tag$/;

describe('every message of a view', () => {
  it.each(TAGS)('%s is taken as it is', (tag) => {
    fc.assert(
      fc.property(messageOf(tag), (message) => {
        expect(parseFromView(structuredClone(message))).toEqual({ ok: true, value: message });
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with a short reason where a field is wrong, missing or too many', () => {
    fc.assert(
      fc.property(wrong, (message) => {
        const parsed = parseFromView(message);
        expect(parsed.ok).toBe(false);
        expect(parsed.ok ? '' : parsed.error).toMatch(REASON);
      }),
      { numRuns: 3000 },
    );
  });

  it('is never taken in part, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3, withBigInt: true, withTypedArray: true }), (value) => {
        const parsed = parseFromView(value);
        expect(parsed.ok ? parsed.value : value).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused where it is oversized', () => {
    for (const message of [
      { t: 'want-steps', request: 1, from: 0, count: LIMITS.steps + 1 },
      { t: 'find', request: 1, text: 'x'.repeat(NAVIGATE_LIMITS.text + 1), what: 'any' },
      { t: 'bookmark', event: 1, on: true, name: 'x'.repeat(NAVIGATE_LIMITS.name + 1) },
      { t: 'x'.repeat(5_000_000) },
    ]) {
      const parsed = parseFromView(message);
      expect(parsed.ok ? '' : parsed.error).toMatch(REASON);
    }
  });
});

/** Bytes that a message holds, about as structured clone counts them. */
function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) {
    return value.byteLength;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce((sum, [key, inner]) => sum + key.length + sizeOf(inner), 8);
  }
  return typeof value === 'string' ? 2 * value.length : 8;
}

const MOST = 4_000_000;

interface Table {
  readonly host: ReplayHost;
  readonly posted: ToView[];
  readonly refused: string[];
  readonly timers: (() => void)[];
}

function tableOf(session: Session): Table {
  const posted: ToView[] = [];
  const refused: string[] = [];
  const timers: (() => void)[] = [];
  const host = new ReplayHost(
    session,
    {
      post: (message) => posted.push(message),
      arrived: () => undefined,
      open: () => undefined,
      chooseFolders: () => undefined,
      copyLink: () => undefined,
      refused: (reason) => refused.push(reason),
      after: (_milliseconds, action) => {
        timers.push(action);
        return { dispose: () => timers.splice(0) };
      },
    },
    '',
  );
  return { host, posted, refused, timers };
}

describe('the host of a replay', () => {
  const session = smallSession();

  it('stands whatever comes in whatever order, and logs each message that it refuses', () => {
    const tick = fc.constant('tick' as const);
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 5, arbitrary: anyMessage }, wrong, tick), { maxLength: 40 }),
        (messages) => {
          const { host, refused, posted, timers } = tableOf(session);
          let isReady = false;
          for (const message of messages) {
            if (message === 'tick') {
              timers.shift()?.();
              continue;
            }
            const [before, asked] = [refused.length, parseFromView(message)];
            host.receive(message);
            if (!asked.ok || !(isReady || asked.value.t === 'ready')) {
              expect(refused.length).toBe(before + 1);
            }
            isReady ||= asked.ok && asked.value.t === 'ready';
            expect(host.step).toBeGreaterThanOrEqual(0);
            expect(host.step).toBeLessThan(session.steps.length);
            expect(session.parts.trace.event(host.event)).toBeDefined();
          }
          for (const message of posted) {
            expect(sizeOf(structuredClone(message))).toBeLessThan(MOST);
          }
          expect(refused.every((reason) => reason.length < 100)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('posts nothing above 4 MB, however long the run and however much is asked for', () => {
    const run = runScenario({
      ...stock,
      actions: [{ do: 'write', vcpu: 0, path: '/dev/hvc0', data: 'x\n', times: 150 }],
    });
    if (!run.ok) {
      throw new Error(run.error.code);
    }
    const { trace } = run.value;
    const long = new Session({
      trace,
      map: smallMap(trace),
      title: '',
      language: 'en',
      sample: false,
      canChooseFolders: false,
    });
    const { host, posted } = tableOf(long);
    const last = trace.length - 1;
    host.receive({ t: 'ready', version: PROTOCOL_VERSION });
    host.receive({ t: 'want-steps', request: 1, from: 0, count: LIMITS.steps });
    host.receive({ t: 'find', request: 2, text: '', what: 'any' });
    host.receive({ t: 'want-summary', request: 3, from: 0, to: long.steps.length });
    for (const scale of TIMELINE_SCALES) {
      const columns = TIMELINE_LIMITS.columns;
      host.receive({ t: 'want-timeline', request: 4, shown: 'run', scale, from: 0, to: 2 ** 40, columns, lanes: [] });
    }
    for (const topic of TOPICS) {
      host.receive({ t: 'want-state', request: 5, from: 0, at: last, topic, item: 0, detail: -1 });
    }
    for (let event = 0; event <= last; event += 4001) {
      host.receive({ t: 'go-event', event });
    }
    expect(trace.length).toBeGreaterThan(100_000);
    expect(new Set(posted.map(({ t }) => t)).size).toBeGreaterThanOrEqual(8);
    expect(posted.filter((message) => sizeOf(message) > MOST).map(({ t }) => t)).toEqual([]);
    const moments = posted.filter(({ t }) => t === 'moment');
    expect(Math.max(...moments.map(sizeOf))).toBeLessThan(100_000);
  });
});
