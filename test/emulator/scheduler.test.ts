import { describe, expect, it } from 'vitest';
import { Cx } from '../../src/emulator/cx.ts';
import {
  firstRunnable,
  Scheduler,
  Sleep,
  type Suspend,
  seededChoice,
  spinUntil,
  Thread,
  WaitQueue,
  waitUntil,
  wakeUp,
} from '../../src/emulator/scheduler.ts';
import { acrnFile, blockingStage, declaredStages, stage } from '../../src/emulator/stage.ts';
import { hopKindOf } from '../../src/trace/hops.ts';
import { Recorder } from '../../src/trace/recorder.ts';

interface World {
  readonly queue: WaitQueue;
  readonly scheduler: Scheduler;
  ready: boolean;
  readonly log: string[];
}

const file = acrnFile('hypervisor', 'x.c');
const sleeper = blockingStage(file, 'sleeper', function* (cx: Cx<World>) {
  yield* waitUntil(cx, cx.world.queue, 'wait_event', () => cx.world.ready);
  cx.world.log.push('woken');
});
const waker = stage(file, 'waker', (cx: Cx<World>) => {
  cx.world.ready = true;
  cx.world.log.push('wake');
  wakeUp(cx, cx.world.scheduler, cx.world.queue, 'signal_event');
});

function machine(choice = firstRunnable) {
  const recorder = new Recorder(declaredStages());
  const scheduler = new Scheduler(recorder, choice);
  const world: World = { queue: new WaitQueue('q'), scheduler, ready: false, log: [] };
  const cxOf = (name: string): Cx<World> =>
    new Cx(world, recorder, recorder.strand(name), recorder.context('hypervisor', name));
  return { recorder, scheduler, world, cxOf };
}

describe('scheduler', () => {
  it('blocks a thread until it is woken, and the wake-up hop ends in the stage that waits', () => {
    const { recorder, scheduler, world, cxOf } = machine();
    const a = cxOf('a');
    const b = cxOf('b');
    scheduler.spawn(new Thread('a', a.strand, sleeper(a)));
    scheduler.spawn(
      new Thread(
        'b',
        b.strand,
        (function* () {
          waker(b);
          yield* [];
        })(),
      ),
    );
    expect(scheduler.run(100)).toBe('quiet');
    expect(world.log).toEqual(['wake', 'woken']);
    const hops = [...recorder.trace.events()].filter((e) => e.kind === 'hop');
    expect(hops.map(hopKindOf)).toEqual(['waitqueue_wait', 'waitqueue_wake']);
    expect(hops[1]?.value).toBe(sleeper.stage);
    const resume = [...recorder.trace.events()].find((e) => e.kind === 'resume');
    expect(resume?.cause).toBe(hops[1]?.seq);
  });

  it('says stuck when all that could run only spins, and quiet when a sleeper ends it', () => {
    const never = machine();
    const a = never.cxOf('a');
    never.scheduler.spawn(
      new Thread(
        'a',
        a.strand,
        spinUntil(a, 'cpu_relax', () => false),
      ),
    );
    expect(never.scheduler.run(1000)).toBe('stuck');

    const timed = machine();
    const b = timed.cxOf('b');
    timed.scheduler.spawn(
      new Thread(
        'b',
        b.strand,
        spinUntil(b, 'cpu_relax', () => timed.world.ready),
      ),
    );
    timed.scheduler.spawn(
      new Thread(
        'timer',
        timed.recorder.strand('timer'),
        (function* () {
          yield new Sleep(1_000_000);
          timed.world.ready = true;
        })(),
      ),
    );
    expect(timed.scheduler.run(1000)).toBe('quiet');
    expect(timed.recorder.now).toBeGreaterThanOrEqual(1_000_000);
    const spins = [...timed.recorder.trace.events()].filter((e) => e.kind === 'spin');
    expect(spins).toHaveLength(1);
    expect(spins[0]?.old).toBeGreaterThan(0);
  });

  it('takes the same way for the same seed', () => {
    const picks = (seed: number): number[] =>
      Array.from(
        { length: 20 },
        (
          (choice) => () =>
            choice(5)
        )(seededChoice(seed)),
      );
    expect(picks(7)).toEqual(picks(7));
    expect(picks(7)).not.toEqual(picks(8));
    expect(picks(0)).toEqual(new Array(20).fill(0));
  });

  it('does not take a thread that spins for the end while another one can still run', () => {
    for (let seed = 1; seed < 40; seed++) {
      const { scheduler, world, cxOf } = machine(seededChoice(seed));
      const a = cxOf('a');
      const b = cxOf('b');
      const polling = blockingStage(file, `polling ${seed}`, function* (cx: Cx<World>): Generator<
        Suspend,
        void,
        unknown
      > {
        yield* spinUntil(cx, 'cpu_relax', () => cx.world.ready);
      });
      scheduler.spawn(new Thread('a', a.strand, polling(a)));
      scheduler.spawn(
        new Thread(
          'b',
          b.strand,
          (function* () {
            waker(b);
            yield* [];
          })(),
        ),
      );
      expect(scheduler.run(1000)).toBe('quiet');
      expect(world.ready).toBe(true);
    }
  });
});
