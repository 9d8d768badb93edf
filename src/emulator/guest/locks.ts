import type { Cell, CellFactory } from '../cell.ts';
import { SPIN } from '../scheduler.ts';
import { takeInterrupts } from './arch/irq_entry.ts';
import { type GuestCx, GuestWaitQueue, NO_STEPS, SCHEDULE, type Steps, type Task } from './task.ts';

/*
 * Locks of the kernel. Only locks under which the guest can leave (a VM exit, a sleep) are here: under the others nothing
 * else ever runs, so that they cannot be contended and interrupts cannot arrive before they are released.
 */

/** `spinlock_t`: the owner's processor + 1, 0 while free. */
export class SpinLock {
  readonly owner: Cell;

  constructor(cells: CellFactory, path: string) {
    this.owner = cells.number(path);
  }
}

/** `local_irq_save`: returns the flag as it was. */
export function local_irq_save(cx: GuestCx): number {
  const flag = cx.world.cpu.interruptFlag;
  const before = flag.value;
  flag.value = 0;
  return before;
}

/** Steps of something that mostly has none. */
export type MaybeSteps = Steps<void> | typeof NO_STEPS;

/** `local_irq_restore`; where it lets interrupts in again, the pending ones are taken here. */
export function local_irq_restore(cx: GuestCx, flags: number): MaybeSteps {
  const { cpu } = cx.world;
  cpu.interruptFlag.value = flags;
  return flags !== 0 && cpu.interruptPending ? takeInterrupts(cx) : NO_STEPS;
}

/** `spin_lock`: spins while another processor holds the lock. */
export function spin_lock(cx: GuestCx, lock: SpinLock): MaybeSteps {
  if (lock.owner.value !== 0) {
    return contended(cx, lock);
  }
  lock.owner.value = cx.world.cpu.id + 1;
  return NO_STEPS;
}

function* contended(cx: GuestCx, lock: SpinLock): Steps<void> {
  yield* cpu_relax_until(cx, 'spin_lock', () => lock.owner.value === 0);
  lock.owner.value = cx.world.cpu.id + 1;
}

/** `spin_unlock`. */
export function spin_unlock(lock: SpinLock): void {
  lock.owner.value = 0;
}

/** `spin_unlock_irqrestore` after `local_irq_save` and `spin_lock`. */
export function spin_unlock_irqrestore(cx: GuestCx, lock: SpinLock, flags: number): MaybeSteps {
  lock.owner.value = 0;
  return local_irq_restore(cx, flags);
}

/**
 * Spins until `ready` holds: a `while (...) cpu_relax()` loop. Each turn hands over to the other contexts of the machine;
 * pending interrupts are taken between turns where the flag lets them in. Recorded once, with the number of turns.
 */
export function* cpu_relax_until(cx: GuestCx, expr: string, ready: () => boolean): Steps<void> {
  const cpu = cx.world.cpu;
  let turns = 0;
  while (!ready()) {
    turns++;
    yield SPIN;
    if (cpu.interruptFlag.value !== 0 && cpu.interruptPending) {
      yield* takeInterrupts(cx);
    }
  }
  if (turns > 0) {
    cx.recorder.spin(expr, turns);
  }
}

/** `struct mutex`: the owner sleeps nowhere, the others sleep in order of arrival. */
export class Mutex {
  readonly locked: Cell;
  readonly waiters = new GuestWaitQueue();

  constructor(cells: CellFactory, path: string) {
    this.locked = cells.number(path);
  }
}

/** `mutex_trylock`. */
export function mutex_trylock(lock: Mutex): boolean {
  if (lock.locked.value !== 0) {
    return false;
  }
  lock.locked.value = 1;
  return true;
}

/** `mutex_lock`: sleeps while another task holds it. */
export function mutex_lock(cx: GuestCx, lock: Mutex): MaybeSteps {
  return mutex_trylock(lock) ? NO_STEPS : sleepForMutex(cx, lock);
}

function* sleepForMutex(cx: GuestCx, lock: Mutex): Steps<void> {
  do {
    yield* sleepOn(cx, lock.waiters, 'mutex_lock');
  } while (!mutex_trylock(lock));
}

/** `mutex_unlock`: wakes the first that waits. */
export function mutex_unlock(cx: GuestCx, lock: Mutex): void {
  lock.locked.value = 0;
  const next = lock.waiters.waiting.shift();
  if (next !== undefined) {
    wakeTask(cx, next, cx.hop('waitqueue_wake', 'mutex_unlock'));
  }
}

/** Puts the running task to sleep on `queue` until somebody wakes it; `expr` is the call that sleeps. */
export function* sleepOn(cx: GuestCx, queue: GuestWaitQueue, expr: string): Steps<void> {
  queue.waiting.push(cx.world.task);
  yield* schedule(cx, expr);
}

/** `schedule()` with the task already on a wait queue or about to be woken by somebody who knows it. */
export function* schedule(cx: GuestCx, expr: string): Steps<void> {
  cx.world.task.state = 'asleep';
  if (cx.strand.depth > 0) {
    cx.recorder.arriveAtTop(cx.strand, cx.hop('waitqueue_wait', expr));
    cx.recorder.block(expr);
  }
  yield SCHEDULE;
}

/** `cond_resched()` at a point where no lock is held: others that can run go first. */
export function cond_resched(cx: GuestCx): MaybeSteps | readonly (typeof SCHEDULE)[] {
  return cx.world.cpu.runQueue.length > 0 ? GIVE_WAY : NO_STEPS;
}

const GIVE_WAY: readonly (typeof SCHEDULE)[] = [SCHEDULE];

/**
 * `try_to_wake_up`. A task whose processor is halted is pulled to the waking processor, so that waking needs no
 * inter-processor interrupt.
 */
export function wakeTask(cx: GuestCx, task: Task, hop: number): void {
  const home = task.cpu;
  const target = home.activity.value === 0 ? home : cx.world.cpu;
  target.makeRunnable(task, hop);
}

/** `wake_up_interruptible` and its family: wakes all that sleep on `queue`. */
export function wakeUp(cx: GuestCx, queue: GuestWaitQueue, expr: string): void {
  const hop = cx.hop('waitqueue_wake', expr);
  for (const task of queue.waiting.splice(0)) {
    wakeTask(cx, task, hop);
  }
}

/** `wait_event_freezable`: sleeps until `condition`, which may itself take locks, holds. */
export function* waitEvent(
  cx: GuestCx,
  queue: GuestWaitQueue,
  expr: string,
  condition: () => Steps<boolean>,
): Steps<void> {
  if (yield* condition()) {
    return;
  }
  const task = cx.world.task;
  for (;;) {
    queue.waiting.push(task);
    if (yield* condition()) {
      const at = queue.waiting.indexOf(task);
      if (at >= 0) {
        queue.waiting.splice(at, 1);
      }
      return;
    }
    if (queue.waiting.includes(task)) {
      yield* schedule(cx, expr);
    }
  }
}
