import { type FoundTarget, TARGET_KINDS, type Target, type ToNavigateView } from '../protocol/navigate.ts';
import { fill } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import type { ViewModel } from './model.ts';
import { Overlay } from './overlay.ts';
import { dropdown, textField } from './toolkit.ts';

/** What the finder asks of the host. */
export interface FinderActions {
  readonly find: (text: string, what: Target['what'] | 'any') => void;
  readonly seek: (target: Target, direction: 'next' | 'previous') => void;
}

/** Finds stages, hops, hazards and fields of a run by name, and goes from occurrence to occurrence. */
export class Finder {
  readonly overlay: Overlay;
  readonly #model: ViewModel;
  readonly #actions: FinderActions;
  readonly #field: ReturnType<typeof textField>;
  readonly #list: HTMLElement;
  readonly #more: HTMLElement;
  readonly #spoken = element('div', { class: 'spoken', attributes: { 'aria-live': 'polite' } });
  #what: Target['what'] | 'any' = 'any';
  #entries: readonly FoundTarget[] = [];
  #at = 0;

  constructor(model: ViewModel, actions: FinderActions) {
    const { texts } = model;
    this.#model = model;
    this.#actions = actions;
    this.#field = textField(texts.find, texts['find-placeholder'], () => this.#ask());
    this.#field.element.addEventListener('keydown', (event) => this.#key(event));
    const kinds = dropdown(
      texts.find,
      (['any', ...TARGET_KINDS] as const).map((kind) => [kind, texts[`find-${kind}`]] as const),
      (value) => {
        this.#what = TARGET_KINDS.find((kind) => kind === value) ?? 'any';
        this.#ask();
      },
    );
    kinds.select('any');
    this.#list = element('div', {
      class: 'found-list',
      attributes: { role: 'listbox', 'aria-label': texts.find, id: 'found-list' },
      on: { click: (event) => this.#clicked(event) },
    });
    this.#more = element('p', { class: 'aside', attributes: { role: 'status' } });
    this.overlay = new Overlay('finder', texts.find, texts.close, () => this.#field.element.focus());
    this.overlay.body.append(
      element('div', { class: 'finder-line' }, [this.#field.element, kinds.element]),
      this.#list,
      this.#spoken,
      this.#more,
      element('p', { class: 'aside', text: texts['find-hint'] }),
    );
  }

  /** Opens it with what there is to find. */
  open(): void {
    this.overlay.open();
    this.#ask();
  }

  /** What the host has found; only the newest question's answer is handed over. */
  show({ entries, more }: Extract<ToNavigateView, { t: 'found' }>): void {
    const { texts } = this.#model;
    this.#entries = entries;
    this.#at = 0;
    this.#list.replaceChildren(...entries.map((entry, at) => this.#row(entry, at)));
    this.#more.textContent = entries.length === 0 ? texts['find-none'] : more > 0 ? fill(texts['find-more'], more) : '';
    this.#mark();
  }

  #ask(): void {
    this.#actions.find(this.#field.value(), this.#what);
  }

  #row(entry: FoundTarget, at: number): HTMLElement {
    const { texts } = this.#model;
    return element('div', { class: 'found', attributes: { role: 'option', id: `found-${at}` } }, [
      icon(entry.what),
      element('span', { class: 'found-name', text: entry.name }),
      element('span', { class: 'found-detail', text: entry.detail }),
      element('span', { class: 'found-count', text: fill(texts['found-count'], entry.count) }),
    ]);
  }

  #mark(): void {
    for (const [at, row] of [...this.#list.children].entries()) {
      row.setAttribute('aria-selected', String(at === this.#at));
      if (at === this.#at) {
        row.scrollIntoView({ block: 'nearest' });
      }
    }
    // The field's own control lies in a shadow tree, from which it cannot point to a row: the row is said.
    const entry = this.#entries[this.#at];
    this.#spoken.textContent = entry === undefined ? '' : `${entry.name}, ${entry.detail}`;
  }

  #key(event: KeyboardEvent): void {
    // While an input method composes a word, its keys are its own.
    if (event.isComposing) {
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && this.#entries.length > 0) {
      event.preventDefault();
      this.#at = (this.#at + step + this.#entries.length) % this.#entries.length;
      this.#mark();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#go(event.shiftKey ? 'previous' : 'next');
    }
  }

  #clicked(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    if (row !== null) {
      this.#at = Number(row.id.slice('found-'.length));
      this.#mark();
      this.#go('next');
    }
  }

  #go(direction: 'next' | 'previous'): void {
    const entry = this.#entries[this.#at];
    if (entry !== undefined) {
      this.#actions.seek({ what: entry.what, id: entry.id }, direction);
      this.overlay.close();
    }
  }
}
