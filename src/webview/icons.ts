import before from '@vscode/codicons/src/icons/arrow-small-left.svg';
import after from '@vscode/codicons/src/icons/arrow-small-right.svg';
import hop from '@vscode/codicons/src/icons/arrow-swap.svg';
import bookmark from '@vscode/codicons/src/icons/bookmark.svg';
import woke from '@vscode/codicons/src/icons/call-incoming.svg';
import caused from '@vscode/codicons/src/icons/call-outgoing.svg';
import found from '@vscode/codicons/src/icons/check.svg';
import back from '@vscode/codicons/src/icons/chevron-left.svg';
import forward from '@vscode/codicons/src/icons/chevron-right.svg';
import clock from '@vscode/codicons/src/icons/clockface.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import boundary from '@vscode/codicons/src/icons/debug-continue.svg';
import pause from '@vscode/codicons/src/icons/debug-pause.svg';
import boundaryBack from '@vscode/codicons/src/icons/debug-reverse-continue.svg';
import following from '@vscode/codicons/src/icons/eye.svg';
import notFollowing from '@vscode/codicons/src/icons/eye-closed.svg';
import hazard from '@vscode/codicons/src/icons/flame.svg';
import fold from '@vscode/codicons/src/icons/fold.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import link from '@vscode/codicons/src/icons/link.svg';
import bookmarks from '@vscode/codicons/src/icons/list-flat.svg';
import play from '@vscode/codicons/src/icons/play.svg';
import help from '@vscode/codicons/src/icons/question.svg';
import fit from '@vscode/codicons/src/icons/screen-full.svg';
import find from '@vscode/codicons/src/icons/search.svg';
import field from '@vscode/codicons/src/icons/symbol-field.svg';
import stage from '@vscode/codicons/src/icons/symbol-method.svg';
import scale from '@vscode/codicons/src/icons/symbol-ruler.svg';
import twin from '@vscode/codicons/src/icons/table.svg';
import target from '@vscode/codicons/src/icons/target.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import unfold from '@vscode/codicons/src/icons/unfold.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import zoomIn from '@vscode/codicons/src/icons/zoom-in.svg';
import zoomOut from '@vscode/codicons/src/icons/zoom-out.svg';

const ICONS = {
  fold,
  unfold,
  clock,
  scale,
  target,
  fit,
  zoomOut,
  zoomIn,
  after,
  back,
  before,
  bookmark,
  bookmarks,
  boundary,
  boundaryBack,
  caused,
  close,
  field,
  find,
  following,
  forward,
  found,
  hazard,
  help,
  hop,
  info,
  link,
  notFollowing,
  pause,
  play,
  stage,
  trash,
  twin,
  warning,
  woke,
} as const;

/** An icon that the panel uses. */
export type IconName = keyof typeof ICONS;

/** A new copy of an icon, in the colour of the text around it. It says nothing by itself: name what it stands on. */
export function icon(name: IconName): Element {
  const url = ICONS[name];
  const text = decodeURIComponent(url.slice(url.indexOf(',') + 1));
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const made = document.importNode(parsed, true);
  made.setAttribute('class', 'icon');
  made.setAttribute('aria-hidden', 'true');
  return made;
}
