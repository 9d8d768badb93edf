import * as v from 'valibot';
import { ENDS, FORCINGS, ROUTES } from './scenario.ts';

/** Bounds that keep a scenario from a file small enough to run. */
export const LIMITS = {
  vcpus: 16,
  actions: 1000,
  dataLength: 2_097_164,
  times: 10_000,
  pathLength: 4096,
  textLength: 2000,
  turns: 10_000_000,
} as const;

/** A whole number; what is allowed is told in one piece, whichever part of it is broken. */
function whole(least: number, most: number) {
  const allowed = `${least}..${most}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
}

/** An object without other keys than these; an unknown one is answered with the known ones. */
const strict = <const T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, Object.keys(entries).join(' | '));

const text = v.pipe(v.string(), v.maxLength(LIMITS.textLength));
const word = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'A-Z a-z 0-9 . _ -, 1..64'));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.pathLength));
const data = v.pipe(
  v.string(),
  v.maxLength(LIMITS.dataLength),
  v.regex(/^(?:hex:(?:[0-9A-Fa-f]{2})*|(?!hex:)[\s\S]*)$/, 'text | hex:00ff...'),
);
const vcpu = v.exactOptional(whole(0, LIMITS.vcpus - 1), 0);
const u16 = whole(0, 0xffff);
const u32 = whole(0, 0xffff_ffff);
const address = whole(0, Number.MAX_SAFE_INTEGER);
const queue = whole(0, 33);
const counts = v.pipe(v.array(u32), v.maxLength(LIMITS.actions));

const descriptor = strict({
  data: v.exactOptional(data),
  length: v.exactOptional(u32),
  address: v.exactOptional(address),
  flags: v.exactOptional(u16),
  next: v.exactOptional(u16),
});

const action = v.variant('do', [
  strict({ do: v.literal('write'), vcpu, path, data, times: v.exactOptional(whole(1, LIMITS.times)) }),
  strict({ do: v.literal('read'), vcpu, path, size: whole(1, 1_048_576) }),
  strict({ do: v.picklist(['open', 'close']), vcpu, path }),
  strict({ do: v.literal('splice'), vcpu, path, pages: v.pipe(v.array(data), v.minLength(1), v.maxLength(32)) }),
  strict({
    do: v.literal('register'),
    vcpu,
    offset: whole(0, 63),
    size: v.picklist([1, 2, 4]),
    value: u32,
  }),
  strict({
    do: v.literal('post'),
    vcpu,
    queue,
    descriptors: v.pipe(v.array(descriptor), v.maxLength(64)),
    head: v.exactOptional(u16),
    advance: v.exactOptional(u16),
  }),
  strict({ do: v.literal('shrink'), vcpu, queue, length: u32 }),
  strict({ do: v.literal('rest') }),
  strict({ do: v.literal('input'), to: word, data }),
  strict({ do: v.literal('connect'), path, as: word }),
  strict({ do: v.literal('hang-up'), to: word }),
  strict({ do: v.literal('kill') }),
]);

const machine = strict({
  vcpus: v.exactOptional(whole(1, LIMITS.vcpus), 1),
  console: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.pathLength)), '@stdio:stdio_port'),
  seed: v.exactOptional(u32, 0),
  rtvm: v.exactOptional(v.boolean()),
  virtioPoll: v.exactOptional(whole(1, 10_000_000)),
  virtioMsi: v.exactOptional(v.boolean()),
  guestCommandLine: v.exactOptional(text),
  turns: v.exactOptional(whole(1, LIMITS.turns)),
});

const faults = strict({
  dropUpcalls: v.exactOptional(counts),
  loseUpcalls: v.exactOptional(counts),
  dropGuestInterrupts: v.exactOptional(counts),
  refuseHypercalls: v.exactOptional(
    v.pipe(
      v.array(strict({ index: whole(0, 255), times: u32, result: whole(-4095, -1) })),
      v.maxLength(LIMITS.actions),
    ),
  ),
  delayIoreqWork: v.exactOptional(whole(0, 60_000_000_000)),
  fullSharedBuffer: v.exactOptional(counts),
});

const inLanguages = strict({ en: text, 'zh-cn': text });

/** A scenario file: what it must hold, and what stands for what it leaves out. */
export const SCENARIO_SCHEMA = strict({
  $schema: v.exactOptional(text),
  format: v.literal(1),
  name: word,
  route: v.exactOptional(v.picklist(ROUTES), 'stock'),
  title: v.exactOptional(inLanguages),
  summary: v.exactOptional(inLanguages),
  machine: v.exactOptional(machine, {}),
  forced: v.exactOptional(v.pipe(v.array(v.picklist(FORCINGS)), v.maxLength(FORCINGS.length)), []),
  surroundings: v.exactOptional(
    strict({
      stdin: v.exactOptional(v.picklist(['terminal', 'pipe'])),
      unread: v.exactOptional(v.boolean()),
    }),
  ),
  faults: v.exactOptional(faults),
  actions: v.pipe(v.array(action), v.maxLength(LIMITS.actions)),
  expected: v.exactOptional(
    strict({
      end: v.picklist(ENDS),
      hazards: v.exactOptional(v.array(word)),
      hangs: v.exactOptional(v.boolean()),
    }),
  ),
});

/** A scenario as a file may hold it. */
export type ScenarioFile = v.InferInput<typeof SCENARIO_SCHEMA>;

/** What the validator gives: every default filled in, but for title and summary. */
export type ParsedFile = v.InferOutput<typeof SCENARIO_SCHEMA>;
