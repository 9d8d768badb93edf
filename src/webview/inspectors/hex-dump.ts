import { element } from '../dom.ts';
import { type HexByte, hexLines } from './hex-lines.ts';

/** Bytes as hexadecimal digits and as text, side by side; marked ones stand out. */
export function hexDump(label: string, bytes: Uint8Array, marked: (at: number) => boolean, base = 0): HTMLElement {
  const lines = hexLines(bytes, marked, base).map(({ offset, bytes: line }) =>
    element('div', { class: 'hex-line' }, [
      element('span', { class: 'offset', text: offset }),
      element(
        'span',
        { class: 'digits' },
        parts(line, ({ digits }) => digits, ' '),
      ),
      element(
        'span',
        { class: 'chars' },
        parts(line, ({ char }) => char, ''),
      ),
    ]),
  );
  return element('div', { class: 'hex', attributes: { role: 'group', 'aria-label': label } }, lines);
}

/** Runs of bytes that are marked or not, each as one piece of text. */
function parts(line: readonly HexByte[], show: (byte: HexByte) => string, between: string): readonly Node[] {
  const nodes: Node[] = [];
  for (let from = 0; from < line.length; ) {
    const marked = line[from]?.marked === true;
    let to = from;
    while (to < line.length && (line[to]?.marked === true) === marked) {
      to++;
    }
    const text = line.slice(from, to).map(show).join(between);
    const rest = to < line.length ? between : '';
    nodes.push(
      ...(marked ? [element('mark', { text }), document.createTextNode(rest)] : [document.createTextNode(text + rest)]),
    );
    from = to;
  }
  return nodes;
}
