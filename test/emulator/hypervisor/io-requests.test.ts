import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { SERVICE_VM_LAYOUT } from '../../../src/emulator/boundaries.ts';
import { Bench, type GuestStep, IOCTL, ioctl, nap, notify, serve } from '../service-vm/bench.ts';

const PAGE = SERVICE_VM_LAYOUT.ioRequestPage;
const THREAD = 'pCPU running User VM vCPU 0, VMX root, thread vcpu_thread of that vCPU';

function requests(steps: readonly GuestStep[], count: number, answer = 0): { bench: Bench; seen: number[][] } {
  const bench = new Bench({ guests: [steps] });
  const seen: number[][] = [];
  bench.run(function* (dm) {
    yield* serve(dm, count, (slot) => {
      seen.push([0, 64, 72, 80, 88, 92, 96, 100, 104].map((offset) => dm.ram.read32(gpa(slot + offset))));
      if (dm.ram.read32(gpa(slot + 64)) === 0) {
        dm.ram.write32(gpa(slot + 88), answer);
      }
    });
  });
  return { bench, seen };
}

describe('PCI configuration by ports', () => {
  it('reaches acrn-dm as one configuration request, and its answer reaches the guest', () => {
    const { bench, seen } = requests(
      [
        { out: 0xcf8, size: 4, value: 0x80002110 },
        { in: 0xcfe, size: 2 },
      ],
      1,
      0xabcd1234,
    );
    // The hypervisor's handler leaves its all-ones in the request although it passes it on.
    expect(seen).toEqual([[2, 0, 0xcfe, 2, 0xffffffff, 0, 4, 1, 0x12]]);
    expect(bench.cpus[0]?.reads).toEqual([0x1234]);
    expect(bench.slotStates(0)).toEqual([3, 0, 1, 3, 0, 2, 1, 3]);
  });

  it('uses the hypervisor register up: a second data access ends there with all ones', () => {
    const { bench, seen } = requests(
      [
        { out: 0xcf8, size: 4, value: 0x80002100 },
        { in: 0xcfc, size: 4 },
        { in: 0xcfc, size: 4 },
      ],
      1,
      0x10031af4,
    );
    expect(seen).toHaveLength(1);
    expect(bench.cpus[0]?.reads).toEqual([0x10031af4, 0xffffffff]);
  });

  it('ends a read of the address port in the hypervisor, reserved bits cleared', () => {
    const { bench } = requests(
      [
        { out: 0xcf8, size: 4, value: 0xff002103 },
        { in: 0xcf8, size: 4 },
        { in: 0xcf8, size: 2 },
      ],
      0,
    );
    expect(bench.cpus[0]?.reads).toEqual([0x80002100, 0xffff]);
  });
});

describe('MMIO', () => {
  it('decodes and emulates a store before the request, a load after it', () => {
    const { bench, seen } = requests(
      [
        { store: 0x80003000, size: 2, value: 7 },
        { load: 0x80002000, size: 4 },
      ],
      2,
      0x55aa,
    );
    expect(seen.map((one) => one.slice(0, 5))).toEqual([
      [1, 1, 0x80003000, 2, 7],
      // Nobody clears the value of the request before.
      [1, 0, 0x80002000, 4, 7],
    ]);
    expect(bench.cpus[0]?.reads).toEqual([0x55aa]);
    const entered = bench.entered(THREAD);
    const store = entered.indexOf('ept_violation_vmexit_handler');
    expect(entered.slice(store, store + 7)).toEqual([
      'ept_violation_vmexit_handler',
      'decode_instruction',
      'emulate_instruction',
      'emulate_io',
      'hv_emulate_mmio',
      'get_asyncio_desc',
      'acrn_insert_request',
    ]);
    const load = entered.lastIndexOf('dm_emulate_io_complete');
    expect(entered.slice(load, load + 5)).toEqual([
      'dm_emulate_io_complete',
      'dm_emulate_mmio_complete',
      'complete_ioreq',
      'emulate_mmio_complete',
      'emulate_instruction',
    ]);
  });

  it('takes no access that only overlaps a window of the hypervisor', () => {
    const bench = new Bench({ guests: [[{ load: 0xdffffffc, size: 8 }]] });
    bench.run(function* (dm) {
      yield nap(dm);
    });
    expect(bench.notes()).toEqual(expect.arrayContaining(['hv-mmio-spans-handlers', 'hv-gp-injected']));
    expect(bench.cpus[0]?.exceptions).toEqual([13]);
  });
});

describe('slots', () => {
  it('are one for each vCPU', () => {
    const bench = new Bench({ guests: [0, 1, 2].map((id) => [{ out: 0x2010, size: 2, value: 16 + id }]) });
    const seen: number[] = [];
    bench.run(function* (dm) {
      yield* serve(dm, 3, (slot) => {
        seen.push((slot - PAGE) / 256, dm.ram.read32(gpa(slot + 88)));
      });
    });
    expect(seen).toEqual([0, 16, 1, 17, 2, 18]);
    expect([0, 1, 2].map((id) => bench.slotStates(id))).toEqual([
      [3, 0, 2, 1, 3],
      [3, 0, 2, 1, 3],
      [3, 0, 2, 1, 3],
    ]);
  });

  it('refuse a request unless FREE: the guest gets a general protection fault', () => {
    const bench = new Bench({ guests: [['spin', { out: 0x2010, size: 2, value: 0 }]] });
    bench.run(function* (dm) {
      dm.ram.write32(gpa(PAGE + 136), 2);
      yield nap(dm);
    });
    expect(bench.notes()).toEqual(
      expect.arrayContaining([
        'hv-ioreq-slot-busy',
        'hv-emulate-io-failed',
        'hv-exit-handler-failed',
        'hv-gp-injected',
      ]),
    );
    expect(bench.cpus[0]?.exceptions).toEqual([13]);
    expect(bench.slotStates(0)).toEqual([3, 2]);
  });

  const pause: GuestStep[] = ['spin', 'spin', 'spin', 'spin'];
  const kicks = (first: GuestStep[]): GuestStep[] => [
    ...first,
    ...pause,
    { out: 0x2010, size: 2, value: 1 },
    { out: 0x2010, size: 2, value: 2 },
  ];

  it('stay COMPLETE after a second finish of the same request: every later one is refused', () => {
    const bench = new Bench({ guests: [kicks([{ out: 0x2010, size: 2, value: 0 }])] });
    bench.run(function* (dm) {
      yield* serve(dm, 1, () => undefined);
      yield nap(dm);
      yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, notify(0));
    });
    expect(bench.slotStates(0)).toEqual([3, 0, 2, 1, 3, 1]);
    expect(bench.cpus[0]?.exceptions).toEqual([13, 13]);
  });

  it('keep a request that a stray wake-up left behind: the wait ended at once, the next request finds it', () => {
    const bench = new Bench({ guests: [kicks([])] });
    bench.run(function* (dm) {
      yield nap(dm);
      bench.hypervisor.vmcall(dm.cx, 0x80000031, 1, 0, -1);
    });
    expect(bench.notes()).toEqual(expect.arrayContaining(['hv-stale-ioreq-event', 'hv-ioreq-slot-busy']));
    expect(bench.cpus[0]?.exceptions).toEqual([13]);
    expect(bench.slotStates(0)).toEqual([3, 0, 2]);
  });
});

describe('polling completion', () => {
  it('spins on the slot instead of waiting, and no hypercall says that it is done', () => {
    const bench = new Bench({ guests: [[{ out: 0x2010, size: 2, value: 1 }]], vmFlags: 4 });
    const polled: number[] = [];
    bench.run(function* (dm) {
      yield* serve(dm, 1, (slot) => polled.push(dm.ram.read32(gpa(slot + 4))));
    });
    expect(polled).toEqual([1]);
    expect(bench.slotStates(0)).toEqual([3, 0, 2, 1, 3]);
    const root = bench.entered('pCPU running the Service VM vCPU that issued VMCALL, VMX root');
    expect(root).not.toContain('hcall_notify_ioreq_finish');
    const entered = bench.entered(THREAD);
    expect(entered.slice(entered.indexOf('has_complete_ioreq'), entered.indexOf('complete_ioreq'))).toEqual([
      'has_complete_ioreq',
      'dm_emulate_io_complete',
      'dm_emulate_pio_complete',
    ]);
    expect(bench.hops(20)).toEqual(['ioreq_complete_request smp_store_release has_complete_ioreq']);
    expect([...bench.trace.events()].filter((event) => event.kind === 'spin')).toHaveLength(1);
  });
});
