import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import { WorkStruct } from '../../kernel/workqueue.ts';
import { cond_resched, local_irq_save, schedule, spin_lock, spin_unlock_irqrestore, wakeTask } from '../../locks.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { n_tty_ops } from '../n_tty/n_tty.ts';
import { N_TTY_BUF_SIZE } from '../n_tty/n_tty_data.ts';
import { flush_to_ldisc, tty_flip_buffer_push } from '../tty_buffer.ts';
import { tty_fops, tty_wakeup } from '../tty_io.ts';
import { FLIP_BUFFER_SIZE, TtyPort } from '../tty_port.ts';
import { type TtyOperations, TtyStruct } from '../tty_struct.ts';
import { file, type HvcDriver, HvcStruct, type HvOps } from './hvc_struct.ts';

const EPIPE = 32;
const EAGAIN = 11;
const EIO = 5;
/** Bytes asked from the driver at a time (N_INBUF). */
const N_INBUF = 16;
/** More than this is left to khvcd when polled in an interrupt (HVC_ATOMIC_READ_MAX). */
const HVC_ATOMIC_READ_MAX = 128;
const HVC_POLL_READ = 1;
const HVC_POLL_WRITE = 2;

/** Wakes khvcd. */
export const hvc_kick = stage(file, 'hvc_kick', (cx: GuestCx): void => {
  const { hvc } = cx.world.kernel;
  hvc.kicked.value = 1;
  if (hvc.task !== undefined && hvc.task.state === 'asleep') {
    wakeTask(cx, hvc.task, cx.hop('waitqueue_wake', 'wake_up_process'));
  }
});

/** Hands what is buffered to the driver; bytes it took. Callers hold hp->lock. */
const hvc_push = blockingStage(file, 'hvc_push', function* (cx: GuestCx, hp: HvcStruct): Steps<number> {
  const n = yield* cx.ptr('hp->ops->put_chars', hp.put_chars.value)(cx, hp.vtermno, hp.outbuf, hp.n_outbuf.value);
  if (n === 0 || n === -EAGAIN) {
    hp.do_wakeup.value = 1;
    return 0;
  }
  hp.n_outbuf.value = n < 0 ? 0 : hp.n_outbuf.value - n;
  if (hp.n_outbuf.value > 0) {
    const { ram } = cx.world.kernel;
    ram.write(gpa(hp.outbuf), ram.read(gpa(hp.outbuf + n), hp.n_outbuf.value));
  } else {
    hp.do_wakeup.value = 1;
  }
  return n;
});

/** Copies as much as fits into the output buffer; bytes taken. */
function fillOutput(cx: GuestCx, hp: HvcStruct, buffer: number, count: number): number {
  const room = Math.min(hp.outbuf_size - hp.n_outbuf.value, count);
  if (room > 0) {
    const { ram } = cx.world.kernel;
    ram.write(gpa(hp.outbuf + hp.n_outbuf.value), ram.read(gpa(buffer), room));
    hp.n_outbuf.value += room;
  }
  return room;
}

const hvc_write = blockingStage(
  file,
  'hvc_write',
  function* (cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
    const hp = tty.driver_data;
    if (hp.port.count.value <= 0) {
      return -EIO;
    }
    let written = 0;
    while (written < count) {
      const flags = local_irq_save(cx);
      yield* spin_lock(cx, hp.lock);
      written += fillOutput(cx, hp, buffer + written, count - written);
      const pushed = hp.n_outbuf.value > 0 ? yield* hvc_push(cx, hp) : 0;
      yield* spin_unlock_irqrestore(cx, hp.lock, flags);
      if (pushed === 0) {
        break;
      }
    }
    hvc_kick(cx);
    return written;
  },
);

const hvc_write_room = stage(file, 'hvc_write_room', (_cx: GuestCx, tty: TtyStruct): number => {
  const hp = tty.driver_data;
  return hp.outbuf_size - hp.n_outbuf.value;
});

const hvc_open = blockingStage(file, 'hvc_open', function* (cx: GuestCx, tty: TtyStruct): Steps<number> {
  const hp = tty.driver_data;
  hp.port.count.value++;
  if (hp.port.count.value > 1) {
    hvc_kick(cx);
    return 0;
  }
  hp.port.tty = tty;
  const result = yield* cx.ptr('hp->ops->notifier_add', hp.notifier_add.value)(cx, hp);
  hvc_kick(cx);
  return result;
});

const hvc_close = blockingStage(file, 'hvc_close', function* (cx: GuestCx, tty: TtyStruct): Steps<number> {
  const hp = tty.driver_data;
  hp.port.count.value--;
  if (hp.port.count.value === 0) {
    hp.port.tty = undefined;
    yield* cx.ptr('hp->ops->notifier_del', hp.notifier_del.value)(cx, hp);
  }
  return 0;
});

const hvc_ops: TtyOperations = { write: hvc_write, write_room: hvc_write_room, open: hvc_open, close: hvc_close };

/** Reads what the driver has into the flip buffer, `limit` bytes or so; what is left to poll for. */
function* readInput(cx: GuestCx, hp: HvcStruct, maySleep: boolean): Steps<readonly [number, number]> {
  const { kernel } = cx.world;
  let total = 0;
  while (maySleep || total < HVC_ATOMIC_READ_MAX) {
    const room = hp.port.room(N_INBUF);
    if (room === 0) {
      return [total, HVC_POLL_READ];
    }
    const n = yield* cx.ptr('hp->ops->get_chars', hp.get_chars.value)(cx, hp.vtermno, kernel.rodata.inbuf, room);
    if (n <= 0) {
      return [total, n === -EAGAIN || n === -EPIPE ? HVC_POLL_READ : 0];
    }
    hp.port.insert(kernel.ram.read(gpa(kernel.rodata.inbuf), n));
    total += n;
  }
  return [total, HVC_POLL_READ];
}

const __hvc_poll = blockingStage(
  file,
  '__hvc_poll',
  function* (cx: GuestCx, hp: HvcStruct, maySleep: boolean): Steps<number> {
    let pollMask = 0;
    let total = 0;
    const flags = local_irq_save(cx);
    yield* spin_lock(cx, hp.lock);
    if (hp.n_outbuf.value > 0) {
      yield* hvc_push(cx, hp);
    }
    if (hp.n_outbuf.value > 0) {
      pollMask |= HVC_POLL_WRITE;
    }
    const { tty } = hp.port;
    if (tty !== undefined) {
      if (hp.irq_requested.value === 0) {
        pollMask |= HVC_POLL_READ;
      }
      const [read, more] = yield* readInput(cx, hp, maySleep);
      total = read;
      pollMask |= more;
      if (hp.do_wakeup.value !== 0) {
        hp.do_wakeup.value = 0;
        tty_wakeup(cx, tty);
      }
    }
    yield* spin_unlock_irqrestore(cx, hp.lock, flags);
    if (total > 0) {
      tty_flip_buffer_push(cx, hp.port);
    }
    return pollMask;
  },
);

/** Polls a terminal from an interrupt; what is left to poll for. */
export const hvc_poll = blockingStage(file, 'hvc_poll', function* (cx: GuestCx, hp: HvcStruct): Steps<number> {
  return yield* __hvc_poll(cx, hp, false);
});

/** The thread that flushes output and polls for input that interrupts left. */
const khvcd = blockingStage(file, 'khvcd', function* (cx: GuestCx): Steps<void> {
  const { hvc } = cx.world.kernel;
  for (;;) {
    hvc.kicked.value = 0;
    let pollMask = 0;
    for (const hp of hvc.structs) {
      pollMask |= yield* __hvc_poll(cx, hp, true);
    }
    if (hvc.kicked.value !== 0 || (pollMask & HVC_POLL_READ) !== 0) {
      yield* cond_resched(cx);
    } else {
      if (pollMask !== 0) {
        cx.world.kernel.timers.sleepers.waiting.push(cx.world.task);
      }
      yield* schedule(cx, pollMask === 0 ? 'schedule' : 'schedule_timeout_interruptible');
    }
  }
});

const hvc_init = stage(file, 'hvc_init', (cx: GuestCx): void => {
  const { kernel } = cx.world;
  kernel.hvc.task = kernel.spawn(
    'khvcd',
    'User VM, kthread "khvcd"',
    cx.world.cpu,
    khvcd,
    cx.hop('kthread_entry', 'kthread_run'),
  );
});

/** Makes a terminal of a console: its output buffer, its tty, its node /dev/hvcN. Undefined where memory is used up. */
export const hvc_alloc = stage(
  file,
  'hvc_alloc',
  (cx: GuestCx, vtermno: number, ops: HvOps, outbufSize: number): HvcStruct | undefined => {
    const { kernel } = cx.world;
    if (kernel.hvc.task === undefined) {
      hvc_init(cx);
    }
    const outbuf = kernel.mm.kzalloc(outbufSize);
    const flip = kernel.mm.allocPages(FLIP_BUFFER_SIZE);
    const input = kernel.mm.allocPages(2 * N_TTY_BUF_SIZE);
    if (outbuf === 0 || flip === 0 || input === 0) {
      return undefined;
    }
    const index = kernel.hvc.structs.length;
    const port = new TtyPort(kernel.cells, `hvc${index}`, kernel.ram, flip);
    const hp = new HvcStruct(kernel.cells, vtermno, index, ops, outbuf, outbufSize, port);
    port.work = new WorkStruct(kernel.cells, `hvc${index}.port.buf.work`, flush_to_ldisc, port, 'flush_to_ldisc');
    kernel.hvc.structs.push(hp);
    kernel.addNode(cx, `/dev/hvc${index}`, {
      f_op: tty_fops,
      node: new TtyStruct(kernel.cells, hp, hvc_ops, n_tty_ops, input),
    });
    return hp;
  },
);

/** What hvc_console.c keeps, before the first terminal. */
export const newHvcDriver = (kicked: HvcDriver['kicked']): HvcDriver => ({ structs: [], kicked, task: undefined });
