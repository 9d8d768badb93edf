import { ERRNO } from '../boundaries.ts';
import type { Cell, CellFactory } from '../cell.ts';
import { acrnFile, type Stage, stage } from '../stage.ts';
import { bind } from './callback.ts';
import { close } from './libc.ts';
import { pr_err } from './log.ts';
import { type Mevent, mevent_add, mevent_delete_close } from './mevent.ts';
import type { DmCx } from './process.ts';
import type { VirtioBase } from './virtio/structs.ts';

const file = acrnFile('device-model', 'devicemodel/core/timer.c');
const CLOCK_REALTIME = 0;
const CLOCK_MONOTONIC = 1;

/** What a timer runs. */
export type TimerCallback = Stage & ((cx: DmCx, param: VirtioBase) => void);

/** `struct acrn_timer` */
export class AcrnTimer {
  readonly clockid: Cell;
  readonly fd: Cell;
  mevp: Mevent | undefined = undefined;
  callback: TimerCallback | undefined = undefined;
  callback_param: VirtioBase | undefined = undefined;

  constructor(cells: CellFactory, path: string) {
    this.clockid = cells.number(`${path}.clockid`);
    this.fd = cells.number(`${path}.fd`);
  }
}

const timer_handler = stage(file, 'timer_handler', (cx: DmCx, timer: AcrnTimer): void => {
  const got = cx.world.sys.read(cx, timer.fd.value, 8);
  if (typeof got === 'number') {
    if (got !== -ERRNO.EAGAIN) {
      pr_err(cx, 'timer-read-error');
    }
    return;
  }
  if (got.length === 0 || timer.callback === undefined || timer.callback_param === undefined) {
    return;
  }
  cx.ptr('(*cb)', timer.callback)(cx, timer.callback_param);
});

/** core/timer.c: a timerfd and its mevent. 0, or -1. */
export const acrn_timer_init = stage(
  file,
  'acrn_timer_init',
  (cx: DmCx, timer: AcrnTimer, callback: TimerCallback, param: VirtioBase): number => {
    timer.fd.value = -1;
    if (timer.clockid.value === CLOCK_REALTIME || timer.clockid.value === CLOCK_MONOTONIC) {
      timer.fd.value = cx.world.files.timerfd();
    } else {
      pr_err(cx, 'timer-clock-not-supported');
    }
    if (timer.fd.value <= 0) {
      pr_err(cx, 'timer-create-failed');
      return -1;
    }
    timer.mevp = mevent_add(cx, timer.fd.value, bind(timer_handler, timer), undefined);
    if (timer.mevp === undefined) {
      close(cx, timer.fd.value);
      pr_err(cx, 'timer-mevent-failed');
      return -1;
    }
    timer.callback = callback;
    timer.callback_param = param;
    return 0;
  },
);

/** core/timer.c: stops the timer and forgets its descriptor. */
export const acrn_timer_deinit = stage(file, 'acrn_timer_deinit', (cx: DmCx, timer: AcrnTimer): void => {
  if (timer.mevp !== undefined) {
    mevent_delete_close(cx, timer.mevp);
    timer.mevp = undefined;
  }
  timer.fd.value = -1;
  timer.callback = undefined;
  timer.callback_param = undefined;
});

/** core/timer.c: expires once after `nanoseconds`. 0, or a negative errno. */
export const acrn_timer_settime = stage(
  file,
  'acrn_timer_settime',
  (cx: DmCx, timer: AcrnTimer, nanoseconds: number): number =>
    cx.world.files.timerfdSettime(timer.fd.value, nanoseconds),
);
