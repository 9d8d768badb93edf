import { blockingStage, linuxFile, stage } from '../../stage.ts';
import { schedule_work, type WorkStruct } from '../kernel/workqueue.ts';
import type { GuestCx, Steps } from '../task.ts';
import { TtyPort } from './tty_port.ts';

const file = linuxFile('guest-kernel', 'drivers/tty/tty_buffer.c');

/** Work that hands arrived bytes to the line discipline. */
export const flush_to_ldisc = blockingStage(
  file,
  'flush_to_ldisc',
  function* (cx: GuestCx, work: WorkStruct): Steps<void> {
    const port = work.owner;
    if (port instanceof TtyPort && port.tty !== undefined && port.used.value > port.read.value) {
      const bytes = port.take();
      yield* cx.ptr('ld->ops->receive_buf2', port.tty.ldisc.receive_buf2)(cx, port.tty, bytes);
    }
  },
);

/** Has the arrived bytes handed on. */
export const tty_flip_buffer_push = stage(file, 'tty_flip_buffer_push', (cx: GuestCx, port: TtyPort): void => {
  if (port.work !== undefined) {
    schedule_work(cx, port.work, 'queue_work');
  }
});
