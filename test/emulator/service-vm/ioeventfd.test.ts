import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { SERVICE_VM_LAYOUT } from '../../../src/emulator/boundaries.ts';
import {
  Bench,
  type Dm,
  type GuestStep,
  IOCTL,
  ioctl,
  ioeventfd,
  nap,
  notify,
  serve,
  struct,
  VM_LOOP,
} from './bench.ts';

const PIO = 1;
const DATAMATCH = 2;
const DEASSIGN = 4;
const ASYNCIO = 8;
const KTHREAD = 'Service VM, kthread "VM1-ioeventfd-1" (ioreq_task)';
const IOTHREAD = 'Service VM, acrn-dm pthread "iothr-0-test"';

/** The guest starts after the device model has set everything up. */
const later = (...steps: GuestStep[]): GuestStep[] => ['spin', 'spin', ...steps];

/** A thread that waits for the eventfd and counts what it finds there. */
function iothread(bench: Bench, dm: Dm, fd: number): number[] {
  const counts: number[] = [];
  bench.dmThread(IOTHREAD, function* (cx) {
    const epfd = dm.sys.epollCreate(cx);
    expect(dm.sys.epollAdd(cx, epfd, fd)).toBe(0);
    for (;;) {
      expect(yield* dm.sys.epollWait(cx, epfd)).toEqual([{ fd, events: 1 }]);
      const bytes = dm.sys.read(cx, fd, 8);
      counts.push(typeof bytes === 'number' ? bytes : (bytes[0] ?? -1));
    }
  });
  return counts;
}

describe('an ioeventfd (route B)', () => {
  function run(steps: GuestStep[], flags = PIO | DATAMATCH): { bench: Bench; counts: number[] } {
    const bench = new Bench({ guests: [later(...steps)] });
    let counts: number[] = [];
    bench.run(function* (dm) {
      const fd = dm.sys.eventfd(dm.cx);
      expect(yield* ioctl(dm, IOCTL.IOEVENTFD, ioeventfd(fd, flags, 0x2010, 2, 3))).toBe(0);
      counts = iothread(bench, dm, fd);
      yield* serve(dm, 1, () => undefined);
    });
    return { bench, counts };
  }

  it('wakes the iothread and releases the vCPU without acrn-dm', () => {
    const { bench, counts } = run([{ out: 0x2010, size: 2, value: 3 }]);
    expect(counts).toEqual([1]);
    expect(bench.slotStates(0)).toEqual([3, 0, 2, 1, 3]);
    expect(bench.ram.read32(gpa(SERVICE_VM_LAYOUT.ioRequestPage + 132))).toBe(1);
    expect(bench.entered(KTHREAD)).toEqual([
      'ioreq_task',
      'acrn_ioreq_client_wait',
      'has_pending_request',
      'has_pending_request',
      'has_pending_request',
      'acrn_ioeventfd_handler',
      'hsm_ioeventfd_match',
      'eventfd_signal',
      'eventfd_signal_mask',
      'ep_poll_callback',
      'acrn_ioreq_complete_request',
      'ioreq_complete_request',
      'hcall_notify_req_finish',
      'has_pending_request',
      'acrn_ioreq_client_wait',
      'has_pending_request',
    ]);
    expect(bench.hops(17)).toEqual(['eventfd_signal_mask wake_up_locked_poll ep_poll_callback']);
  });

  it('takes every access to its range, and completes what does not match without effect', () => {
    const { bench, counts } = run([
      { out: 0x2010, size: 2, value: 4 },
      { in: 0x2010, size: 2 },
      { out: 0x2010, size: 1, value: 3 },
      { out: 0x2010, size: 4, value: 3 },
    ]);
    expect(counts).toEqual([1]);
    expect(bench.cpus[0]?.reads).toEqual([0]);
    expect(bench.notes().filter((note) => note === 'sv-ioeventfd-no-match')).toHaveLength(1);
    // The last one is wider than the range: acrn-dm gets it.
    expect(bench.ram.read32(gpa(SERVICE_VM_LAYOUT.ioRequestPage + 132))).toBe(0);
  });

  it('counts what the iothread has not read yet', () => {
    const bench = new Bench({ guests: [later(...[1, 2, 3].map((value) => ({ store: 0x8000_3004, size: 2, value })))] });
    const left: (Uint8Array | number)[] = [];
    bench.run(function* (dm) {
      const fd = dm.sys.eventfd(dm.cx);
      yield* ioctl(dm, IOCTL.IOEVENTFD, ioeventfd(fd, 0, 0x8000_3004, 2, 0));
      yield nap(dm);
      yield nap(dm);
      yield nap(dm);
      left.push(dm.sys.read(dm.cx, fd, 8), dm.sys.read(dm.cx, fd, 8), dm.sys.read(dm.cx, fd, 4));
    });
    expect(left).toEqual([new Uint8Array([3, 0, 0, 0, 0, 0, 0, 0]), -11, -22]);
  });

  it('is refused as ioeventfd.c refuses it', () => {
    const bench = new Bench({ guests: [[]] });
    const results: number[] = [];
    bench.run(function* (dm) {
      const fd = dm.sys.eventfd(dm.cx);
      const other = dm.sys.eventfd(dm.cx);
      const call = (bytes: Uint8Array) => ioctl(dm, IOCTL.IOEVENTFD, bytes);
      results.push(
        yield* call(ioeventfd(fd, PIO | DATAMATCH, 0x2010, 3, 0)),
        yield* call(ioeventfd(99, PIO | DATAMATCH, 0x2010, 2, 0)),
        yield* call(ioeventfd(0, PIO | DATAMATCH, 0x2010, 2, 0)),
        yield* call(ioeventfd(fd, PIO | DATAMATCH, 0x2010, 2, 0)),
        yield* call(ioeventfd(fd, PIO | DATAMATCH, 0x2010, 2, 0)),
        yield* call(ioeventfd(fd, PIO | DATAMATCH, 0x2010, 2, 1)),
        yield* call(ioeventfd(fd, PIO, 0x2010, 2, 1)),
        yield* call(ioeventfd(other, PIO | DATAMATCH, 0x2010, 2, 0)),
        yield* call(struct(32, [0, 4, fd], [16, 4, 2], [20, 4, 1])),
        yield* call(new Uint8Array(31)),
        yield* ioctl(dm, IOCTL.IOEVENTFD, 0x1234),
        yield* call(ioeventfd(fd, DEASSIGN, 0, 0, 0)),
        yield* call(ioeventfd(99, DEASSIGN, 0, 0, 0)),
        yield* call(ioeventfd(fd, PIO | DATAMATCH, 0x2010, 2, 0)),
      );
    });
    expect(results).toEqual([-22, -9, -22, 0, -17, 0, -17, 0, -22, -14, -14, 0, -9, 0]);
  });
});

describe('asyncio (route D)', () => {
  const SBUF = SERVICE_VM_LAYOUT.asyncioPage;

  function emptySbuf(dm: Dm, elements: number): void {
    dm.ram.write(
      gpa(SBUF),
      struct(64, [0, 4, 0x1aa13aa3], [4, 4, 0x5aa57aa7], [8, 4, elements], [12, 4, 8], [36, 4, elements * 8]),
    );
  }

  it('does not exist in mainline Linux: the request is unknown, the flag means nothing', () => {
    const bench = new Bench({ guests: [[]] });
    bench.run(function* (dm) {
      expect(yield* ioctl(dm, IOCTL.SETUP_ASYNCIO, SBUF)).toBe(-25);
      const fd = dm.sys.eventfd(dm.cx);
      expect(yield* ioctl(dm, IOCTL.IOEVENTFD, ioeventfd(fd, PIO | DATAMATCH | ASYNCIO, 0x2010, 2, 3))).toBe(0);
    });
    expect(bench.notes()).toContain('sv-asyncio-missing');
    const inside = bench.entered(`${VM_LOOP}, inside ioctl (kernel)`);
    expect(inside.slice(-2)).toEqual(['acrn_ioeventfd_assign', 'acrn_ioreq_range_add']);
  });

  it("does not stop the vCPU with ACRN's own kernel: the kick goes through the shared buffer", () => {
    const kicks = [3, 3, 4].map((value) => ({ out: 0x2010, size: 2, value }));
    const bench = new Bench({ guests: [later(...kicks)], acrnKernel: true });
    let counts: number[] = [];
    bench.run(function* (dm) {
      emptySbuf(dm, 504);
      const fd = dm.sys.eventfd(dm.cx);
      const args = ioeventfd(fd, PIO | DATAMATCH | ASYNCIO, 0x2010, 2, 3);
      expect(yield* ioctl(dm, IOCTL.IOEVENTFD, args.slice())).toBe(-19);
      expect(yield* ioctl(dm, IOCTL.SETUP_ASYNCIO, SBUF)).toBe(0);
      expect(yield* ioctl(dm, IOCTL.IOEVENTFD, args)).toBe(0);
      counts = iothread(bench, dm, fd);
      yield* serve(dm, 1, () => undefined);
    });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect([bench.ram.read32(gpa(SBUF + 16)), bench.ram.read32(gpa(SBUF + 20))]).toEqual([16, 16]);
    expect(bench.slotStates(0)).toEqual([3, 0, 2, 1, 3]);
    const thread = bench.entered('pCPU running User VM vCPU 0, VMX root, thread vcpu_thread of that vCPU');
    const from = thread.indexOf('acrn_insert_asyncio') - 1;
    expect(thread.slice(from, from + 5)).toEqual([
      'get_asyncio_desc',
      'acrn_insert_asyncio',
      'sbuf_put',
      'arch_fire_hsm_interrupt',
      'vlapic_set_intr',
    ]);
    const worker = bench.entered('Service VM, kworker of ordered WQ "ioreq_wq" (WQ_HIGHPRI|WQ_MEM_RECLAIM)');
    const dispatch = worker.indexOf('acrn_asyncio_dispatch');
    expect(worker.slice(dispatch - 1, dispatch + 5)).toEqual([
      'ioreq_dispatcher',
      'acrn_asyncio_dispatch',
      'acrn_sbuf_get_data_ptr',
      'eventfd_signal',
      'eventfd_signal_mask',
      'ep_poll_callback',
    ]);
  });

  it('spins while the buffer is full, and goes on when there is room', () => {
    const bench = new Bench({ guests: [later({ out: 0x2010, size: 2, value: 3 })], acrnKernel: true });
    bench.run(function* (dm) {
      emptySbuf(dm, 4);
      const fd = dm.sys.eventfd(dm.cx);
      yield* ioctl(dm, IOCTL.SETUP_ASYNCIO, SBUF);
      yield* ioctl(dm, IOCTL.IOEVENTFD, ioeventfd(fd, PIO | DATAMATCH | ASYNCIO, 0x2010, 2, 3));
      dm.ram.write32(gpa(SBUF + 20), 24);
      for (let turn = 0; turn < 6; turn++) {
        yield nap(dm);
      }
      expect(bench.cpus[0]?.entries).toBe(3);
      dm.ram.write32(gpa(SBUF + 16), 24);
      yield nap(dm);
      expect(bench.cpus[0]?.entries).toBe(4);
    });
    expect([...bench.trace.events()].filter((event) => event.kind === 'spin')).toHaveLength(1);
  });

  it('ends in a panic and an oops where its fields lead outside memory; the run goes on', () => {
    const bench = new Bench({ guests: [later({ out: 0x2010, size: 2, value: 3 })], acrnKernel: true });
    bench.run(function* (dm) {
      emptySbuf(dm, 504);
      const fd = dm.sys.eventfd(dm.cx);
      yield* ioctl(dm, IOCTL.SETUP_ASYNCIO, SBUF);
      yield* ioctl(dm, IOCTL.IOEVENTFD, ioeventfd(fd, PIO | DATAMATCH | ASYNCIO, 0x2010, 2, 3));
      dm.ram.write32(gpa(SBUF + 16), 0xf000_0000);
      dm.ram.write32(gpa(SBUF + 20), 0xf000_0100);
      dm.ram.write32(gpa(SBUF + 36), 0xffff_ffff);
      yield nap(dm);
      bench.kernel.raise(0xf3, -1);
      yield nap(dm);
    });
    expect(bench.notes()).toEqual(expect.arrayContaining(['hv-panic', 'sv-oops']));
  });

  it('follows whatever address stands in the buffer', () => {
    const bench = new Bench({ guests: [later({ out: 0x3000, size: 1, value: 0 })], acrnKernel: true });
    bench.run(function* (dm) {
      emptySbuf(dm, 504);
      yield* ioctl(dm, IOCTL.SETUP_ASYNCIO, SBUF);
      dm.ram.write64(gpa(SBUF + 64), 0xdead);
      dm.ram.write32(gpa(SBUF + 20), 8);
      yield* serve(dm, 1, () => undefined);
    });
    expect(bench.notes()).toContain('sv-asyncio-wild-pointer');
  });
});

describe('an irqfd', () => {
  const irqfd = (fd: number, flags = 0): Uint8Array =>
    struct(24, [0, 4, fd], [4, 4, flags], [8, 4, 0xfee00000], [16, 4, 0x55]);

  it('turns a signal of its eventfd into an MSI', () => {
    const bench = new Bench({ guests: [['spin', 'spin', 'spin', 'spin']] });
    const results: number[] = [];
    bench.run(function* (dm) {
      yield nap(dm);
      const fd = dm.sys.eventfd(dm.cx);
      results.push(
        yield* ioctl(dm, IOCTL.IRQFD, irqfd(fd)),
        yield* ioctl(dm, IOCTL.IRQFD, irqfd(fd)),
        yield* ioctl(dm, IOCTL.IRQFD, irqfd(77)),
        yield* ioctl(dm, IOCTL.IRQFD, irqfd(0)),
        dm.sys.writev(dm.cx, fd, [struct(8, [0, 8, 1])]),
        bench.cpus[0]?.interrupts[0] ?? -1,
        yield* ioctl(dm, IOCTL.IRQFD, irqfd(fd, 1)),
        dm.sys.writev(dm.cx, fd, [struct(8, [0, 8, 1])]),
        bench.cpus[0]?.interrupts.length ?? -1,
      );
    });
    expect(results).toEqual([0, -16, -9, -22, 8, 0x55, 0, 8, 1]);
  });
});

describe('clearing requests', () => {
  it('completes what acrn-dm has not finished', () => {
    const bench = new Bench({ guests: [[{ out: 0x2010, size: 2, value: 0 }]] });
    bench.run(function* (dm) {
      yield* ioctl(dm, IOCTL.ATTACH_IOREQ_CLIENT, 1);
      expect(yield* ioctl(dm, IOCTL.CLEAR_VM_IOREQ)).toBe(0);
    });
    expect(bench.slotStates(0)).toEqual([3, 0, 2, 1, 3]);
  });

  it('waits for a kernel client that has something to do', () => {
    const bench = new Bench({
      guests: [later({ out: 0x2010, size: 2, value: 3 })],
      serviceFaults: { delayIoreqWork: 5 },
    });
    bench.run(function* (dm) {
      const fd = dm.sys.eventfd(dm.cx);
      yield* ioctl(dm, IOCTL.IOEVENTFD, ioeventfd(fd, PIO, 0x2010, 2, 0));
      yield nap(dm);
      expect(yield* ioctl(dm, IOCTL.CLEAR_VM_IOREQ)).toBe(0);
      expect(yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, notify(7))).toBe(-22);
    });
    expect(bench.slotStates(0)[0]).toBe(3);
  });
});
