import fc from 'fast-check';
import { SERVICE_VM_LAYOUT } from '../../src/emulator/boundaries.ts';
import { consoleOptions, define, PORT_0 } from '../../src/scenarios/define.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import type { Action, Forcing, GuestAction, MachineConditions } from '../../src/scenarios/scenario.ts';
import { EVENT_KINDS } from '../../src/trace/kinds.ts';
import type { Trace } from '../../src/trace/trace.ts';

/*
 * A guest kernel that writes any register and posts any descriptors, on the whole machine: whatever it does ends as events.
 */

const queue = fc.integer({ min: 0, max: 7 });
const register: fc.Arbitrary<GuestAction> = fc.record({
  do: fc.constant('register' as const),
  vcpu: fc.constant(0),
  offset: fc.integer({ min: 0, max: 63 }),
  size: fc.constantFrom(1 as const, 2 as const, 4 as const),
  value: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.constantFrom(0xffff, 0xffffffff)),
});
const post: fc.Arbitrary<GuestAction> = fc.record({
  do: fc.constant('post' as const),
  vcpu: fc.constant(0),
  queue,
  descriptors: fc.array(
    fc.record({
      data: fc.constantFrom('', 'x', 'hello', 'hex:ffffffff00000100', 'hex:0000000003000100'),
      length: fc.constantFrom(0, 1, 8, 4096, 0xffffffff),
      flags: fc.integer({ min: 0, max: 7 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  advance: fc.constantFrom(0, 1, 1, 2, 65, 0xffff),
});
const write: fc.Arbitrary<GuestAction> = fc.record({
  do: fc.constant('write' as const),
  vcpu: fc.constant(0),
  path: fc.constant(PORT_0),
  data: fc.constantFrom('a', 'hello\n'),
});
const shrink: fc.Arbitrary<GuestAction> = fc.record({
  do: fc.constant('shrink' as const),
  vcpu: fc.constant(0),
  queue,
  length: fc.integer({ min: 0, max: 16 }),
});

const mask: fc.Arbitrary<GuestAction> = fc.record({
  do: fc.constant('mask' as const),
  vcpu: fc.constant(0),
  entry: fc.integer({ min: 0, max: 40 }),
  masked: fc.boolean(),
});
const panic: fc.Arbitrary<GuestAction> = fc.constant({ do: 'panic' as const, vcpu: 0, message: 'fuzz' });

const input: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('input' as const),
  to: fc.constantFrom('stdio', 'pty0'),
  data: fc.constantFrom('x', 'typed\n'),
});
const rest: fc.Arbitrary<Action> = fc.constant({ do: 'rest' as const });

/** What is run: the machine's conditions, and what the guest and the outside do. */
export interface HostileGuest {
  readonly machine: Partial<MachineConditions>;
  readonly forced: readonly Forcing[];
  readonly actions: readonly Action[];
}

/** Hostile guests on every transport, with every backend that needs no other end, under any schedule. */
export const hostileGuests: fc.Arbitrary<HostileGuest> = fc.record({
  machine: fc.record({
    console: fc.constantFrom(
      consoleOptions('file', false),
      consoleOptions('stdio', false),
      consoleOptions('pty', false),
    ),
    seed: fc.constantFrom(0, 0, 1, 2, 3, 4, 5),
    vcpus: fc.constantFrom(1, 1, 2),
    guestCommandLine: fc.constantFrom(
      '',
      'pci=nomsi',
      'console=hvc0 panic=-1 reboot=warm,pci',
      'pci=nomsi panic=-1 reboot=warm',
      'panic=-1',
    ),
  }),
  forced: fc.constantFrom<Forcing[]>([], [], [], ['base.iothread'], ['modern-mmio'], ['modern-pio']),
  actions: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.oneof<fc.Arbitrary<Action>[]>(register, post, write, shrink) },
      { weight: 1, arbitrary: fc.oneof(mask, panic) },
      { weight: 1, arbitrary: input },
      { weight: 1, arbitrary: rest },
    ),
    { minLength: 1, maxLength: 6 },
  ),
});

/** Turns of the scheduler after which a run is ended: far more than any of these takes unless it loops. */
const TURNS = 60_000;

/** Plays one case; throws where a property does not hold. */
export function playHostileGuest({ machine, forced, actions }: HostileGuest): void {
  const scenario = define('hostile', {
    title: ['hostile', 'hostile'],
    summary: ['hostile', 'hostile'],
    machine: { ...machine, turns: TURNS },
    forced,
    actions,
  });
  const run = runScenario(scenario);
  if (!run.ok) {
    throw new Error(run.error.code);
  }
  slotsAreReal(run.value.trace);
}

/** Offset of `processed` in a slot of 256 bytes (hypervisor/include/public/acrn_common.h, `struct acrn_io_request`). */
const PROCESSED = 0x88;
const SLOT = 256;
const SLOTS = 16;
/**
 * ACRN_IOREQ_STATE_*: from each state to those that may follow. The HSM completes what it handles itself straight from
 * PENDING (drivers/virt/acrn/ioreq.c, `handle_cf8cfc`), and zeroed memory has PENDING's number before it is set FREE.
 */
const NEXT: Readonly<Record<number, readonly number[]>> = { 3: [0], 0: [1, 2, 3], 2: [1], 1: [3] };
const MEMORY = EVENT_KINDS.indexOf('memory');
const AREA = 0x100000000;

/** Request slots go FREE, PENDING, (PROCESSING,) COMPLETE, FREE, and never another way (ACRN's own protocol of the I/O request page). */
function slotsAreReal(trace: Trace): void {
  const area = trace.memories.findIndex(({ name }) => name === 'Service VM RAM');
  const page = SERVICE_VM_LAYOUT.ioRequestPage;
  for (const event of trace.events()) {
    const at = event.value - page;
    const isState = at >= 0 && at < SLOT * SLOTS && at % SLOT === PROCESSED && event.old % AREA === 4;
    if (EVENT_KINDS.indexOf(event.kind) !== MEMORY || Math.floor(event.old / AREA) !== area || !isState) {
      continue;
    }
    const heap = trace.locate(event.seq)?.chunk.heap;
    const [old, next] = [heap?.[event.key] ?? 0, heap?.[event.key + 4] ?? 0];
    if (old !== next && NEXT[old]?.includes(next) !== true) {
      throw new Error(`slot ${Math.floor(at / SLOT)} goes from state ${old} to ${next}`);
    }
  }
}
