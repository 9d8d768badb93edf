import * as v from 'valibot';
import { ENDS, FORCINGS, ROUTES } from './scenario.ts';

/** Bounds that keep a scenario from a file small enough to run. */
export const LIMITS = {
  vcpus: 16,
  actions: 1000,
  dataLength: 2_097_164,
  times: 10_000,
  /** Guest actions in all, repeated ones counted as often as they happen. */
  acts: 20_000,
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

/** A field with what an editor shows about it. */
const told = <const T extends v.GenericSchema>(schema: T, description: string) =>
  v.pipe(schema, v.description(description));

const text = v.pipe(v.string(), v.maxLength(LIMITS.textLength));
const word = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'A-Z a-z 0-9 . _ -, 1..64'));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.pathLength));
const data = v.pipe(
  told(v.string(), 'Bytes: text in UTF-8, or hex digits behind hex:'),
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
  strict({ do: v.literal('mask'), vcpu, entry: whole(0, 2047), masked: v.boolean() }),
  strict({ do: v.literal('panic'), vcpu, message: text }),
  strict({ do: v.literal('rest') }),
  strict({ do: v.literal('input'), to: word, data }),
  strict({ do: v.literal('connect'), path, as: word }),
  strict({ do: v.literal('hang-up'), to: word }),
  strict({ do: v.literal('stop-reading'), to: word }),
  strict({ do: v.literal('kill') }),
]);

const machine = strict({
  vcpus: v.exactOptional(told(whole(1, LIMITS.vcpus), 'Virtual processors of the User VM.'), 1),
  console: v.exactOptional(
    told(
      v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.pathLength)),
      'acrn-dm option text after -s N,virtio-console, such as @stdio:stdio_port.',
    ),
    '@stdio:stdio_port',
  ),
  seed: v.exactOptional(told(u32, 'Seed of the scheduler; 0 is first come, first served.'), 0),
  rtvm: v.exactOptional(told(v.boolean(), '--rtvm: requests are completed by polling.')),
  virtioPoll: v.exactOptional(
    told(whole(1, 10_000_000), '--virtio_poll: nanoseconds between two looks at the queues.'),
  ),
  virtioMsi: v.exactOptional(told(v.boolean(), '--virtio_msi: plain MSI instead of MSI-X.')),
  guestCommandLine: v.exactOptional(
    told(text, 'Kernel command line of the guest; pci=nomsi, console=hvc0, panic=-1 and reboot=warm are understood.'),
  ),
  turns: v.exactOptional(told(whole(1, LIMITS.turns), 'Turns of the scheduler that one action may take.')),
});

const faults = strict({
  dropUpcalls: v.exactOptional(told(counts, 'Upcalls whose notification never arrives, counted from 0.')),
  loseUpcalls: v.exactOptional(
    told(counts, 'Upcalls that the Service VM loses before its handler runs, counted from 0.'),
  ),
  dropGuestInterrupts: v.exactOptional(told(counts, 'Interrupts of the guest that never arrive, counted from 0.')),
  refuseHypercalls: v.exactOptional(
    v.pipe(
      v.array(strict({ index: whole(0, 255), times: u32, result: whole(-4095, -1) })),
      v.maxLength(LIMITS.actions),
    ),
  ),
  delayIoreqWork: v.exactOptional(told(whole(0, 60_000_000_000), 'Nanoseconds that each run of ioreq_work is late.')),
  fullSharedBuffer: v.exactOptional(told(counts, 'Asyncio kicks that find the shared buffer full, counted from 0.')),
});

const inLanguages = strict({ en: text, 'zh-cn': text });

/** A scenario file: what it must hold, and what stands for what it leaves out. */
export const SCENARIO_SCHEMA = strict({
  $schema: v.exactOptional(text),
  format: v.literal(1),
  name: word,
  route: v.exactOptional(
    told(v.picklist(ROUTES), 'Which route is expected; the conditions decide which one is taken.'),
    'stock',
  ),
  title: v.exactOptional(inLanguages),
  summary: v.exactOptional(inLanguages),
  machine: v.exactOptional(machine, {}),
  forced: v.exactOptional(v.pipe(v.array(v.picklist(FORCINGS)), v.maxLength(FORCINGS.length)), []),
  surroundings: v.exactOptional(
    strict({
      stdin: v.exactOptional(v.picklist(['terminal', 'pipe'])),
      unread: v.exactOptional(told(v.boolean(), 'Nobody reads the far ends of terminals: they fill up.')),
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
