import type { Move } from '../protocol/messages.ts';
import type { ReplayHost } from '../replay/host.ts';
import type { App } from './app.ts';
import type { Handler, Handlers } from './commands.ts';
import type { DeepLinks } from './deep-link.ts';
import { findStage } from './find-stage.ts';
import { guarded, inform } from './problems.ts';
import type { Replays } from './replays.ts';

/** The commands that move through a replay, and what each moves by. */
const MOVES = {
  'virtioTrace.stepForward': 'next',
  'virtioTrace.stepBack': 'back',
  'virtioTrace.nextBoundary': 'next-boundary',
  'virtioTrace.previousBoundary': 'previous-boundary',
  'virtioTrace.nextHop': 'next-hop',
  'virtioTrace.previousHop': 'previous-hop',
  'virtioTrace.nextHazard': 'next-hazard',
  'virtioTrace.previousHazard': 'previous-hazard',
  'virtioTrace.nextFound': 'next-target',
  'virtioTrace.previousFound': 'previous-target',
  'virtioTrace.nextBookmark': 'next-bookmark',
  'virtioTrace.previousBookmark': 'previous-bookmark',
  'virtioTrace.whoWoke': 'who-woke',
  'virtioTrace.whatCaused': 'what-caused',
} as const satisfies Readonly<Record<string, Move>>;

type Stepping =
  | keyof typeof MOVES
  | 'virtioTrace.playPause'
  | 'virtioTrace.toggleFollow'
  | 'virtioTrace.findStage'
  | 'virtioTrace.bookmark'
  | 'virtioTrace.copyLink'
  | 'virtioTrace.openLink';

/** Everything that can be done with the replay that is shown. */
export function steppingCommands(app: App, replays: Replays, links: DeepLinks): Handlers<Stepping> {
  const withHost =
    (act: (host: ReplayHost) => void | Promise<void>): Handler =>
    () =>
      guarded(app, async () => {
        const host = replays.panel?.host;
        if (host === undefined) {
          inform(app, app.texts.noReplay);
        } else {
          await act(host);
        }
      });
  const move = (by: Move): Handler =>
    withHost((host) => {
      host.play(false);
      host.move(by);
    });
  const moves = Object.fromEntries(Object.entries(MOVES).map(([id, by]) => [id, move(by)])) as Handlers<
    keyof typeof MOVES
  >;
  return {
    ...moves,
    'virtioTrace.playPause': withHost((host) => host.play(!host.playing)),
    'virtioTrace.toggleFollow': withHost((host) => host.follow(!host.following)),
    'virtioTrace.findStage': withHost((host) => findStage(app, host)),
    'virtioTrace.bookmark': withHost((host) => host.toggleBookmark()),
    'virtioTrace.copyLink': withHost(() => links.copy()),
    'virtioTrace.openLink': () => guarded(app, () => links.ask()),
  };
}
