import type { Move } from '../../protocol/messages.ts';
import type { MoveTexts } from '../../texts/navigate.ts';
import type { Navigator } from './navigator.ts';

/** What to say of a move that leads nowhere. */
export function nowhere(by: Move, { target }: Navigator, texts: MoveTexts): string {
  switch (by) {
    case 'next-target':
      return target === undefined ? texts.noTarget : texts.noMore(target.name);
    case 'previous-target':
      return target === undefined ? texts.noTarget : texts.noBefore(target.name);
    case 'next-bookmark':
    case 'previous-bookmark':
      return texts.noBookmark;
    case 'who-woke':
      return texts.nobodyWoke;
    case 'what-caused':
      return texts.nothingCaused;
    case 'next-hazard':
    case 'previous-hazard':
      return texts.noHazard;
    default:
      return texts.noHop;
  }
}
