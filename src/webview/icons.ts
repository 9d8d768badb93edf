import found from '@vscode/codicons/src/icons/check.svg';
import back from '@vscode/codicons/src/icons/chevron-left.svg';
import forward from '@vscode/codicons/src/icons/chevron-right.svg';
import pause from '@vscode/codicons/src/icons/debug-pause.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import play from '@vscode/codicons/src/icons/play.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

const ICONS = { back, forward, found, pause, play, warning, info } as const;

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
