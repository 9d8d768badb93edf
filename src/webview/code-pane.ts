import type { CodeExcerpt } from '../protocol/messages.ts';
import type { ViewTexts } from '../protocol/view-texts.ts';
import { element } from './dom.ts';

/** Lines shown above and below the current one. */
const AROUND = 9;

/** Lines of a function around the current place, for hosts that have no editor. */
export function codePane(texts: ViewTexts, code: CodeExcerpt | undefined): HTMLElement {
  const heading = element('h3', { text: texts.code });
  if (code === undefined) {
    return element('div', { class: 'code' }, [heading, element('p', { class: 'aside', text: texts['no-code'] })]);
  }
  const at = code.line - code.firstLine;
  const from = Math.max(0, at - AROUND);
  const lines = code.lines.slice(from, at + AROUND + 1).map((text, index) => {
    const number = code.firstLine + from + index;
    return element('div', { class: number === code.line ? 'line is-current' : 'line' }, [
      element('span', { class: 'number', text: String(number), attributes: { 'aria-hidden': 'true' } }),
      element('span', { class: 'text', text: text === '' ? ' ' : text }),
    ]);
  });
  const licence = code.licence === '' ? [] : [element('div', { class: 'licence', text: code.licence })];
  return element('div', { class: 'code' }, [heading, element('pre', {}, lines), ...licence]);
}
