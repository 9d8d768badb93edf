import type { Out } from './document.ts';
import type { Player } from './player.ts';
import type { MadeThread } from './recorder-kernel.ts';

/** Time that a recorder waits before it takes silence for the end: a poll timer fires again in it. */
const SETTLE = 10_000_000;

/** Lets a thread wake up as long as it has events, at most `max` times. */
function wakeUps(player: Player, max: number, next: () => (() => void) | undefined): Out {
  const settled = (): (() => void) | undefined => {
    const ready = next();
    if (ready !== undefined) {
      return ready;
    }
    player.kernel.clock.advance(SETTLE);
    return next();
  };
  let iterations = 0;
  let wake = settled();
  while (wake !== undefined && iterations < max) {
    iterations++;
    wake();
    wake = settled();
  }
  return { iterations, busy: wake !== undefined };
}

/** The dispatcher's thread, `run_mevent`. */
export function runMevent(player: Player, max: number): Out {
  const { kernel, mevent, dispatcher, recorder, dm } = player;
  return wakeUps(player, max, () => {
    if (!kernel.files.epollIsReady(dm.mevent.epoll_fd.value)) {
      return undefined;
    }
    return () => {
      recorder.switchTo(mevent.strand);
      kernel.runsIn(mevent.context.id);
      dispatcher.next();
    };
  });
}

/** All iothreads, `run_iothread`. */
export function runIothreads(player: Player, max: number): Out {
  const { kernel } = player;
  const ready = (thread: MadeThread): boolean => [...thread.epfds].some((epfd) => kernel.files.epollIsReady(epfd));
  return wakeUps(player, max, () => {
    const thread = kernel.threads.find(ready);
    return thread === undefined
      ? undefined
      : () => {
          thread.body.next();
        };
  });
}
