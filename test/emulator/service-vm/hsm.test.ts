import { describe, expect, it } from 'vitest';
import { Sleep } from '../../../src/emulator/scheduler.ts';
import { attach, Bench, creation, type Dm, IOCTL, ioctl, nap, notify, serve, struct } from './bench.ts';

function results(body: (dm: Dm) => Generator<never, void, unknown> | Generator): Bench {
  const bench = new Bench({ guests: [[]] });
  bench.run(body as (dm: Dm) => Generator<Sleep, void, unknown>);
  return bench;
}

describe('/dev/acrn_hsm', () => {
  it('does not exist before the module is loaded', () => {
    const bench = new Bench({ guests: [[]] });
    const seen: number[] = [];
    bench.dmThread('early', function* (cx) {
      seen.push(bench.kernel.open(cx, '/dev/acrn_hsm'));
      yield new Sleep(1);
    });
    bench.scheduler.run(10);
    expect(seen).toEqual([-2]);
  });

  it('answers requests as acrn_dev_ioctl does', () => {
    const seen: number[] = [];
    results(function* (dm) {
      const fresh = dm.sys.open(dm.cx, '/dev/acrn_hsm');
      const on = (request: number, argument: Uint8Array | number = 0) =>
        dm.sys.ioctl(dm.cx, fresh, request, argument, -1);
      const reserved = creation(1, 0);
      reserved[2] = 1;
      seen.push(
        yield* on(IOCTL.START_VM),
        yield* on(IOCTL.CREATE_VM, new Uint8Array(47)),
        yield* on(IOCTL.CREATE_VM, reserved),
        yield* on(IOCTL.CREATE_VM, creation(1, 0)),
      );
      seen.push(
        yield* ioctl(dm, 0xa236),
        yield* ioctl(dm, IOCTL.CREATE_IOREQ_CLIENT),
        yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, struct(8, [2, 2, 1])),
        yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, notify(1)),
        yield* ioctl(dm, IOCTL.DESTROY_IOREQ_CLIENT),
        yield* ioctl(dm, IOCTL.ATTACH_IOREQ_CLIENT),
        yield* ioctl(dm, IOCTL.NOTIFY_REQUEST_FINISH, notify(0)),
        yield* ioctl(dm, IOCTL.CREATE_IOREQ_CLIENT),
        yield* ioctl(dm, IOCTL.START_VM),
        yield* ioctl(dm, IOCTL.DESTROY_VM),
        yield* ioctl(dm, IOCTL.SET_VCPU_REGS, struct(296, [2, 1, 1])),
        yield* ioctl(dm, IOCTL.SET_VCPU_REGS, struct(296)),
        yield* ioctl(dm, IOCTL.SET_IRQLINE, 24),
        yield* ioctl(dm, IOCTL.SET_IRQLINE, 5),
      );
      yield* dm.sys.ioctl(dm.cx, 0, IOCTL.START_VM, 0, -1);
      seen.push(
        yield* dm.sys.ioctl(dm.cx, 0, IOCTL.START_VM, 0, -1),
        yield* dm.sys.ioctl(dm.cx, 50, IOCTL.START_VM, 0, -1),
      );
    });
    expect(seen).toEqual([-22, -14, -22, -22, -25, -17, -22, -22, 0, -19, 0, 0, -1, -1, -22, -1, -1, 0, -25, -9]);
  });

  it('maps memory segments', () => {
    const segment = (type: number, gpa: number, len: number): Uint8Array =>
      struct(32, [0, 4, type], [4, 4, 7], [8, 8, gpa], [16, 8, 0x1_0000_0000], [24, 8, len]);
    const seen: number[] = [];
    const bench = results(function* (dm) {
      seen.push(
        yield* ioctl(dm, IOCTL.SET_MEMSEG, segment(0, 0, 0x4000000)),
        yield* ioctl(dm, IOCTL.SET_MEMSEG, segment(0, 0, 0x10)),
        yield* ioctl(dm, IOCTL.SET_MEMSEG, segment(1, 0x8000_0000, 0x1000)),
        yield* ioctl(dm, IOCTL.SET_MEMSEG, segment(2, 0, 0x1000)),
        yield* ioctl(dm, IOCTL.UNSET_MEMSEG, segment(1, 0x8000_0000, 0x1000)),
        yield* ioctl(dm, IOCTL.UNSET_MEMSEG, segment(0, 0, 0x1000)),
        yield* ioctl(dm, IOCTL.SET_MEMSEG, 0),
      );
    });
    expect(seen).toEqual([0, -22, 0, -22, 0, -22, -14]);
    const value = (path: string): number | undefined => {
      const field = bench.trace.fields.findIndex((one) => one.path === path);
      let last: number | undefined;
      for (const event of bench.trace.events()) {
        if (event.kind === 'state' && event.key === field) {
          last = event.value;
        }
      }
      return last;
    };
    expect(value('vm1.arch_vm.ept_bytes')).toBe(0x4000000);
    expect(value('vm1.arch_vm.ept_regions')).toBe(1);
  });

  it('ends the waiting thread with -ENODEV when its client is destroyed', () => {
    const bench = new Bench({ guests: [[]] });
    const seen: number[] = [];
    bench.run(function* (dm) {
      bench.dmThread('destroyer', function* (cx) {
        yield* dm.sys.ioctl(cx, dm.hsm, IOCTL.DESTROY_IOREQ_CLIENT, 0, -1);
      });
      seen.push(yield* attach(dm));
    });
    expect(seen).toEqual([-19]);
  });

  it('destroys the paused VM with its last descriptor, its kernel thread ends', () => {
    const bench = new Bench({ guests: [['spin']] });
    bench.run(function* (dm) {
      yield nap(dm);
      yield* ioctl(dm, IOCTL.PAUSE_VM);
      expect(dm.sys.close(dm.cx, dm.hsm)).toBe(0);
      expect(dm.sys.close(dm.cx, dm.hsm)).toBe(-9);
    });
    expect(bench.notes()).toContain('sv-vm-destroyed');
    const kthread = bench.trace.contexts.findIndex((one) => one.name.includes('(ioreq_task)'));
    const exits = [...bench.trace.events()].filter((event) => event.kind === 'exit' && event.context === kthread);
    expect(bench.trace.stages[exits.at(-1)?.stage ?? -1]?.function).toBe('ioreq_task');
  });

  it('keeps a running VM when acrn-dm goes: the hypervisor refuses', () => {
    const bench = new Bench({ guests: [['spin']] });
    bench.run(function* (dm) {
      dm.sys.close(dm.cx, dm.hsm);
      yield nap(dm);
    });
    expect(bench.notes()).toContain('sv-vm-destroy-failed');
  });
});

describe('files', () => {
  it('get the lowest free number', () => {
    const seen: number[] = [];
    results(function* (dm) {
      const [a, b] = [dm.sys.eventfd(dm.cx), dm.sys.eventfd(dm.cx)];
      dm.sys.close(dm.cx, a);
      seen.push(a, b, dm.sys.epollCreate(dm.cx), dm.sys.open(dm.cx, '/nowhere'));
      yield nap(dm);
    });
    expect(seen).toEqual([4, 5, 4, -2]);
  });

  it('pass bytes to the outside, which shows as output', () => {
    const bench = results(function* (dm) {
      expect(dm.sys.writev(dm.cx, 1, [new Uint8Array([104, 105]), new Uint8Array([10])])).toBe(3);
      expect(dm.sys.writev(dm.cx, 1, [])).toBe(0);
      expect(dm.sys.writev(dm.cx, 40, [])).toBe(-9);
      expect(dm.sys.isatty(0)).toBe(false);
      yield nap(dm);
    });
    expect(bench.stdin.written).toEqual([104, 105, 10]);
    expect([...bench.trace.events()].filter((event) => event.kind === 'output').map((event) => event.old)).toEqual([
      2, 1,
    ]);
  });

  it('tell epoll when something comes from outside, as long as it is there', () => {
    const bench = new Bench({ guests: [[]] });
    const seen: unknown[] = [];
    bench.run(function* (dm) {
      const epfd = dm.sys.epollCreate(dm.cx);
      seen.push(dm.sys.epollAdd(dm.cx, epfd, 0), dm.sys.epollAdd(dm.cx, epfd, 0), dm.sys.epollAdd(dm.cx, epfd, 99));
      seen.push(yield* dm.sys.epollWait(dm.cx, epfd), yield* dm.sys.epollWait(dm.cx, epfd));
      seen.push(dm.sys.read(dm.cx, 0, 10));
      bench.stdin.ready = 0;
      seen.push(dm.sys.epollDelete(dm.cx, epfd, 0), dm.sys.epollDelete(dm.cx, epfd, 0));
    });
    bench.stdin.send(new Uint8Array([1]));
    bench.scheduler.run(100);
    const event = [{ fd: 0, events: 1 }];
    expect(seen).toEqual([0, -17, -9, event, event, new Uint8Array([1]), 0, -2]);
  });

  it('a pipe and a timer wake epoll too', () => {
    const bench = new Bench({ guests: [[]] });
    const seen: unknown[] = [];
    bench.run(function* (dm) {
      const epfd = dm.sys.epollCreate(dm.cx);
      const ends = dm.sys.files.pipe();
      const [reader, writer] = typeof ends === 'number' ? [-1, -1] : ends;
      const timer = dm.sys.files.timerfd();
      dm.sys.epollAdd(dm.cx, epfd, reader);
      dm.sys.epollAdd(dm.cx, epfd, timer);
      seen.push(dm.sys.files.timerfdSettime(timer, 1000), dm.sys.files.timerfdSettime(reader, 1));
      const start = dm.cx.recorder.now;
      expect(yield* dm.sys.epollWait(dm.cx, epfd)).toEqual([{ fd: timer, events: 1 }]);
      expect(dm.cx.recorder.now - start).toBeGreaterThanOrEqual(1000);
      seen.push(dm.sys.read(dm.cx, timer, 8), dm.sys.read(dm.cx, timer, 8));
      seen.push(dm.sys.writev(dm.cx, writer, [new Uint8Array([7, 8])]));
      expect(yield* dm.sys.epollWait(dm.cx, epfd)).toEqual([{ fd: reader, events: 1 }]);
      seen.push(dm.sys.read(dm.cx, reader, 1), dm.sys.read(dm.cx, reader, 9), dm.sys.read(dm.cx, reader, 9));
      dm.sys.files.timerfdSettime(timer, 10_000_000);
      dm.sys.files.timerfdSettime(timer, 500);
      yield* dm.sys.epollWait(dm.cx, epfd);
      seen.push(dm.cx.recorder.now - start < 1_000_000);
    });
    const one = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(seen).toEqual([0, -22, one, -11, 2, new Uint8Array([7]), new Uint8Array([8]), -11, true]);
    expect(bench.hops(19)).toContain('- timerfd_settime timerfd_tmrproc');
  });
});

describe('the workqueue', () => {
  it('runs once for upcalls that come before it starts', () => {
    const guests = [0, 1].map((id) => [{ out: 0x2010, size: 2, value: id }]);
    const bench = new Bench({ guests, serviceFaults: { delayIoreqWork: 1000 } });
    bench.run((dm) => serve(dm, 2, () => undefined));
    const worker = bench.entered('Service VM, kworker of ordered WQ "ioreq_wq" (WQ_HIGHPRI|WQ_MEM_RECLAIM)');
    expect(worker.filter((name) => name === 'ioreq_dispatcher')).toHaveLength(1);
    expect(worker.filter((name) => name === 'handle_cf8cfc')).toHaveLength(2);
  });
});
