import type { ViewTexts } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import { KEY_LINES } from './keys.ts';
import { Overlay } from './overlay.ts';

/** All keys of the panel, over it. */
export function helpOverlay(texts: ViewTexts, inEditor: boolean): Overlay {
  const table = element('table', { class: 'keys', attributes: { tabindex: '0' } }, [
    element('thead', {}, [
      element('tr', {}, [
        element('th', { text: texts['help-keys'], attributes: { scope: 'col' } }),
        element('th', { text: texts['help-action'], attributes: { scope: 'col' } }),
      ]),
    ]),
    element(
      'tbody',
      {},
      KEY_LINES.map(({ shown, does }) =>
        element('tr', {}, [
          element(
            'td',
            {},
            shown.map((key) => element('kbd', { text: key })),
          ),
          element('td', { text: texts[does] }),
        ]),
      ),
    ),
  ]);
  const overlay = new Overlay('help', texts['help-title'], texts['help-close'], () => table.focus());
  overlay.body.append(table);
  if (inEditor) {
    overlay.body.append(element('p', { class: 'aside', text: texts['help-in-editor'] }));
  }
  return overlay;
}
