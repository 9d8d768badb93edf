import type { HopHead } from '../protocol/messages.ts';
import type { ViewTextKey, ViewTexts } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import { KEY_LINES } from './keys.ts';
import { Overlay } from './overlay.ts';
import { TIMELINE_KEY_LINES } from './timeline/keys.ts';
import { legend } from './timeline/legend.ts';

/** One line of the help. */
interface HelpLine {
  readonly shown: readonly string[];
  readonly does: ViewTextKey;
}

/** All keys of the panel, over it. */
export function helpOverlay(texts: ViewTexts, hops: readonly HopHead[], inEditor: boolean): Overlay {
  const moving = table(
    texts,
    texts.moves,
    KEY_LINES.filter((line) => inEditor || line.inEditor !== true),
  );
  const overlay = new Overlay('help', texts['help-title'], texts['help-close'], () => moving.focus());
  const tables = element('div', { class: 'help-tables' }, [
    moving,
    table(texts, texts.timeline, TIMELINE_KEY_LINES),
    legend(texts, hops),
  ]);
  overlay.body.append(tables);
  if (inEditor) {
    overlay.body.append(element('p', { class: 'aside', text: texts['help-in-editor'] }));
  }
  return overlay;
}

function table(texts: ViewTexts, caption: string, lines: readonly HelpLine[]): HTMLElement {
  const head = (text: string): HTMLElement => element('th', { text, attributes: { scope: 'col' } });
  const rows = lines.map(({ shown, does }) =>
    element('tr', {}, [
      element(
        'td',
        {},
        shown.map((key) => element('kbd', { text: key })),
      ),
      element('td', { text: texts[does] }),
    ]),
  );
  return element('table', { class: 'keys', attributes: { tabindex: '0' } }, [
    element('caption', { text: caption }),
    element('thead', {}, [element('tr', {}, [head(texts['help-keys']), head(texts['help-action'])])]),
    element('tbody', {}, rows),
  ]);
}
