import { element } from '../dom.ts';
import type { Band, Folding, Lane } from './rows.ts';

/** What the names at the left can ask for. */
export type Toggle = (item: { readonly group: string } | { readonly context: number }) => void;

/** The names of programs and contexts, beside their bands: a tree that opens and closes them. */
export class Gutter {
  readonly element: HTMLElement;
  readonly #toggle: Toggle;
  #drawn = '';
  #focused = '';

  constructor(label: string, toggle: Toggle) {
    this.#toggle = toggle;
    this.element = element('div', {
      class: 'timeline-gutter',
      attributes: { role: 'tree', 'aria-label': label },
      on: { click: (event) => this.#clicked(event), keydown: (event) => this.#key(event) },
    });
  }

  /** Shows the names of these bands; nothing happens where they are the same as before. */
  draw(bands: readonly Band[], folding: Folding): void {
    const key = bands.map((band) => `${keyOf(band)} ${band.top} ${band.height} ${band.row}`).join('|');
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    const had = this.element.contains(document.activeElement);
    const items = bands.map((band) => this.#item(band, folding));
    this.element.replaceChildren(...items);
    const focusable = items.find((item) => item.dataset['key'] === this.#focused) ?? items[0];
    focusable?.setAttribute('tabindex', '0');
    if (had) {
      focusable?.focus({ preventScroll: true });
    }
  }

  #item(band: Band, folding: Folding): HTMLElement {
    const { group, kind } = band;
    const [lane] = band.lanes;
    const single = kind !== 'heading' && band.lanes.length === 1 && lane !== undefined;
    const open = single ? band.row > 0 : !folding.closed.has(group.id);
    const name = kind === 'lane' && lane !== undefined ? lane.name : group.name;
    const made = element(
      'div',
      {
        class: `timeline-name is-${kind} lane-${group.colour}${open ? ' is-open' : ''}`,
        attributes: {
          role: 'treeitem',
          tabindex: '-1',
          'aria-level': kind === 'lane' ? '2' : '1',
          'aria-expanded': String(open),
          'aria-label': single ? `${group.name}, ${lane.fullName}` : group.name,
          title: titleOf(band, lane),
          'data-key': keyOf(band),
        },
      },
      [
        element('span', { class: 'chevron', attributes: { 'aria-hidden': 'true' } }),
        ...(kind === 'lane' ? [] : [element('span', { class: 'dot' })]),
        element('span', { class: 'text', text: name }),
      ],
    );
    made.style.top = `${band.top}px`;
    made.style.height = `${kind === 'heading' ? band.height : Math.max(band.strip, 16)}px`;
    return made;
  }

  #clicked(event: Event): void {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
    if (item !== null) {
      this.#focus(item);
      this.#flip(item);
    }
  }

  #flip(item: HTMLElement): void {
    const [kind, ...rest] = (item.dataset['key'] ?? '').split(' ');
    const name = rest.join(' ');
    this.#toggle(kind === 'lane' ? { context: Number(name) } : { group: name });
  }

  #key(event: Event): void {
    const item = event.target instanceof HTMLElement ? event.target : undefined;
    if (!(event instanceof KeyboardEvent) || item === undefined || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const open = item.getAttribute('aria-expanded') === 'true';
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#focus(item.nextElementSibling),
      ArrowUp: () => this.#focus(item.previousElementSibling),
      Home: () => this.#focus(this.element.firstElementChild),
      End: () => this.#focus(this.element.lastElementChild),
      ArrowRight: () => (open ? undefined : this.#flip(item)),
      ArrowLeft: () => (open ? this.#flip(item) : undefined),
      Enter: () => this.#flip(item),
      ' ': () => this.#flip(item),
    };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      move();
    }
  }

  #focus(item: Element | null): void {
    if (item instanceof HTMLElement) {
      for (const other of this.element.children) {
        other.setAttribute('tabindex', '-1');
      }
      item.setAttribute('tabindex', '0');
      item.focus();
      this.#focused = item.dataset['key'] ?? '';
    }
  }
}

/** `group ID` or `lane CONTEXT`: what a name opens and closes. */
function keyOf({ kind, group, lanes }: Band): string {
  const [lane] = lanes;
  return kind !== 'heading' && lanes.length === 1 && lane !== undefined ? `lane ${lane.context}` : `group ${group.id}`;
}

const titleOf = ({ group, lanes }: Band, lane: Lane | undefined): string =>
  lanes.length === 1 && lane !== undefined
    ? `${group.name}\n${lane.fullName}`
    : [group.name, ...group.lanes.map((one) => `  ${one.fullName}`)].join('\n');
