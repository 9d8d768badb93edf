import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import {
  attach,
  Bench,
  type Dm,
  type GuestStep,
  IOCTL,
  ioctl,
  nap,
  notify,
  serve,
  struct,
} from '../service-vm/bench.ts';

const IOAPIC = 0xfec00000;
const ROOT = 'pCPU running the Service VM vCPU that issued VMCALL, VMX root';

/** Writes a register of the I/O APIC as a guest does. */
const ioapic = (register: number, value: number): GuestStep[] => [
  { store: IOAPIC, size: 4, value: register },
  { store: IOAPIC + 0x10, size: 4, value },
];

/** Pin 20: vector 0x41, level-triggered, active low, for local APIC 0. */
const PIN20: GuestStep[] = [...ioapic(0x10 + 41, 0), ...ioapic(0x10 + 40, 0x41 | (1 << 13) | (1 << 15))];

const line = (dm: Dm, operation: number) => ioctl(dm, IOCTL.SET_IRQLINE, 20 + operation * 0x1_0000_0000);
const HIGH = 0;
const LOW = 1;

describe('an interrupt line', () => {
  it('goes through the I/O APIC as I3 says, once until it is acknowledged', () => {
    const steps: GuestStep[] = ['spin', ...PIN20, ...Array<GuestStep>(12).fill('spin'), { eoi: 0x41 }, 'spin', 'spin'];
    const bench = new Bench({ guests: [steps] });
    const taken: number[] = [];
    bench.run(function* (dm) {
      yield* line(dm, HIGH);
      for (let turn = 0; turn < 3; turn++) {
        yield nap(dm);
      }
      taken.push(bench.cpus[0]?.interrupts.length ?? -1);
      yield* line(dm, LOW);
      taken.push(bench.cpus[0]?.interrupts.length ?? -1);
      yield* line(dm, HIGH);
      yield* line(dm, LOW);
      taken.push(bench.cpus[0]?.interrupts.length ?? -1);
      for (let turn = 0; turn < 8; turn++) {
        yield nap(dm);
      }
      taken.push(bench.cpus[0]?.interrupts.length ?? -1);
    });
    expect(taken).toEqual([0, 1, 1, 2]);
    expect(bench.cpus[0]?.interrupts).toEqual([0x41, 0x41]);
    const root = bench.entered(ROOT);
    const from = root.indexOf('vlapic_receive_intr') - 7;
    expect(root.slice(from, from + 9)).toEqual([
      'vmcall_vmexit_handler',
      'dispatch_hypercall',
      'hcall_set_irqline',
      'vioapic_set_irqline_lock',
      'vioapic_set_irqline_nolock',
      'vioapic_set_pinstate',
      'vioapic_generate_intr',
      'vlapic_receive_intr',
      'vlapic_set_intr',
    ]);
  });

  it('does nothing while its pin is masked', () => {
    const bench = new Bench({ guests: [['spin']] });
    bench.run(function* (dm) {
      yield* line(dm, HIGH);
      yield* line(dm, LOW);
    });
    expect(bench.cpus[0]?.interrupts).toEqual([]);
  });

  it('reads back what was written, read-only bits aside', () => {
    const steps: GuestStep[] = [
      ...ioapic(0x10, 0xffffffff),
      { load: IOAPIC + 0x10, size: 4 },
      { store: IOAPIC, size: 4, value: 1 },
      { load: IOAPIC + 0x10, size: 4 },
      { load: IOAPIC, size: 4 },
    ];
    const bench = new Bench({ guests: [steps] });
    bench.run(function* (dm) {
      yield nap(dm);
    });
    expect(bench.cpus[0]?.reads).toEqual([0xffffafff, 0x170011, 1]);
  });
});

describe('a guest that runs', () => {
  const MSI = struct(16, [0, 4, 0xfee00000], [8, 4, 0x31]);

  it('takes a posted interrupt at once, without a VM exit', () => {
    const bench = new Bench({ guests: [['spin', 'spin', 'spin', 'spin']] });
    const at: number[] = [];
    bench.run(function* (dm) {
      yield nap(dm);
      yield* ioctl(dm, IOCTL.INJECT_MSI, MSI.slice());
      at.push(...(bench.cpus[0]?.interrupts ?? []));
      yield nap(dm);
      yield nap(dm);
    });
    expect(at).toEqual([0x31]);
    const thread = bench.entered('pCPU running User VM vCPU 0, VMX root, thread vcpu_thread of that vCPU');
    expect(thread.filter((name) => name === 'apicv_advanced_inject_intr')).toEqual(['apicv_advanced_inject_intr']);
  });

  it('takes one interrupt where two of the same vector came before its next entry', () => {
    const bench = new Bench({ guests: [[{ out: 0x2010, size: 2, value: 0 }]] });
    bench.run(function* (dm) {
      yield* attach(dm);
      yield* ioctl(dm, IOCTL.INJECT_MSI, MSI.slice());
      yield* ioctl(dm, IOCTL.INJECT_MSI, MSI.slice());
      yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, notify(0));
    });
    expect(bench.cpus[0]?.interrupts).toEqual([0x31]);
  });

  it('is woken from HLT by an MSI, and by its timer', () => {
    const bench = new Bench({ guests: [['hlt', 'hlt']] });
    bench.run(function* (dm) {
      yield nap(dm);
      yield nap(dm);
      yield* ioctl(dm, IOCTL.INJECT_MSI, MSI.slice());
    });
    expect(bench.cpus[0]?.interrupts).toEqual([0x31]);
    expect(bench.cpus[0]?.entries).toBe(2);
    bench.hypervisor.timerExpired(0);
    bench.scheduler.run(100);
    expect(bench.cpus[0]?.interrupts).toEqual([0x31, 0xec]);
    expect(bench.cpus[0]?.entries).toBe(3);
  });

  it('leaves for its timer while it spins', () => {
    const bench = new Bench({ guests: [Array<GuestStep>(50).fill('spin')] });
    bench.run(function* (dm) {
      yield nap(dm);
      yield nap(dm);
      bench.hypervisor.timerExpired(0);
    });
    expect(bench.cpus[0]?.interrupts).toEqual([0xec]);
    const thread = bench.entered('pCPU running User VM vCPU 0, VMX root, thread vcpu_thread of that vCPU');
    expect(thread).toContain('external_interrupt_vmexit_handler');
  });
});

describe('pausing', () => {
  it('stops a spinning guest before its next turn, and a reset makes a new start possible', () => {
    const bench = new Bench({ guests: [Array<GuestStep>(1000).fill('spin')] });
    let entries = 0;
    bench.run(function* (dm) {
      yield nap(dm);
      yield* ioctl(dm, IOCTL.PAUSE_VM);
      entries = bench.cpus[0]?.entries ?? 0;
      yield nap(dm);
      yield nap(dm);
      expect(yield* ioctl(dm, IOCTL.RESET_VM)).toBe(0);
      expect(bench.cpus[0]?.entries).toBe(entries);
      expect(yield* ioctl(dm, IOCTL.START_VM)).toBe(0);
      yield nap(dm);
      yield* ioctl(dm, IOCTL.PAUSE_VM);
      expect(yield* ioctl(dm, IOCTL.DESTROY_VM)).toBe(0);
    });
    expect(bench.cpus[0]?.resets).toBe(1);
    expect(bench.cpus[0]?.entries).toBeGreaterThan(entries);
    const kinds = [...bench.trace.events()].map((event) => event.kind);
    expect(
      kinds.filter((kind) => kind === 'enter').length - kinds.filter((kind) => kind === 'exit').length,
    ).toBeLessThan(8);
  });

  it('does not keep a vCPU that waited for a request from going on when it is done', () => {
    const kicks = [0, 1].map((value) => ({ out: 0x2010, size: 2, value }));
    const bench = new Bench({ guests: [kicks] });
    bench.run(function* (dm) {
      yield* attach(dm);
      yield* ioctl(dm, IOCTL.PAUSE_VM);
      yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, notify(0));
    });
    expect(bench.cpus[0]?.entries).toBe(2);
    expect(bench.notes()).toContain('hv-zombie-vcpu-runs');
    expect(bench.slotStates(0).slice(0, 6)).toEqual([3, 0, 2, 1, 3, 0]);
  });
});

describe('faults of a scenario', () => {
  const kick: GuestStep[] = [{ out: 0x2010, size: 2, value: 0 }];

  it('a lost upcall leaves the request pending until the Service VM calls the hypervisor again', () => {
    const bench = new Bench({ guests: [kick], hypervisorFaults: { dropUpcalls: [0] } });
    bench.run(function* (dm) {
      yield* attach(dm);
    });
    expect(bench.slotStates(0)).toEqual([3, 0]);
    expect(bench.notes()).toContain('hv-upcall-lost');
    bench.dmThread('another', function* (cx) {
      yield* bench.kernel.ioctl(cx, 3, IOCTL.SET_IRQLINE, 0, -1);
    });
    bench.scheduler.run(1000);
    expect(bench.slotStates(0)).toEqual([3, 0, 2]);
  });

  it('an upcall that the kernel loses is gone', () => {
    const bench = new Bench({ guests: [kick], serviceFaults: { loseUpcalls: [0] } });
    bench.run(function* (dm) {
      yield* attach(dm);
    });
    expect(bench.slotStates(0)).toEqual([3, 0]);
  });

  it('a delayed worker only costs time', () => {
    const time = (delay: number): number => {
      const bench = new Bench({ guests: [kick], serviceFaults: { delayIoreqWork: delay } });
      bench.run((dm) => serve(dm, 1, () => undefined));
      expect(bench.slotStates(0)).toEqual([3, 0, 2, 1, 3]);
      return bench.recorder.now;
    };
    expect(time(1_000_000) - time(0)).toBeGreaterThan(900_000);
  });

  it('a refused notification leaves the vCPU blocked, its slot COMPLETE', () => {
    const refuse = { index: 0x31, times: 1, result: -1 };
    const bench = new Bench({ guests: [kick], hypervisorFaults: { refuseHypercalls: [refuse] } });
    bench.run((dm) => serve(dm, 1, () => undefined));
    expect(bench.slotStates(0)).toEqual([3, 0, 2, 1]);
    expect(bench.notes()).toEqual(expect.arrayContaining(['hv-hypercall-failed', 'sv-ioreq-notify-failed']));
    expect(bench.cpus[0]?.entries).toBe(1);
  });

  it('a lost guest interrupt is found at the next VM entry', () => {
    const bench = new Bench({
      guests: [['spin', 'spin', 'spin', ...kick]],
      hypervisorFaults: { dropGuestInterrupts: [0] },
    });
    const seen: number[][] = [];
    bench.run(function* (dm) {
      yield nap(dm);
      yield* ioctl(dm, IOCTL.INJECT_MSI, struct(16, [0, 4, 0xfee00000], [8, 4, 0x31]));
      seen.push([...(bench.cpus[0]?.interrupts ?? [])]);
      yield* serve(dm, 1, () => undefined);
    });
    expect(seen).toEqual([[]]);
    expect(bench.cpus[0]?.interrupts).toEqual([0x31]);
    expect(bench.ram.read32(gpa(0x01000000 + 136))).toBe(3);
  });
});
