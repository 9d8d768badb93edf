import type { Bookmark } from '../protocol/navigate.ts';
import { fill } from '../protocol/view-texts.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import type { ViewModel } from './model.ts';
import { Overlay } from './overlay.ts';
import { actionLink, iconButton, textField } from './toolkit.ts';

/** What the list of bookmarks asks of the host. */
export interface BookmarkActions {
  readonly go: (event: number) => void;
  readonly set: (bookmark: Bookmark, on: boolean) => void;
}

/** The bookmarks of a run: go there, name them, remove them. */
export class BookmarkList {
  readonly overlay: Overlay;
  readonly #model: ViewModel;
  readonly #actions: BookmarkActions;
  readonly #list: HTMLElement;

  constructor(model: ViewModel, actions: BookmarkActions) {
    const { texts } = model;
    this.#model = model;
    this.#actions = actions;
    this.#list = element('ul', {
      class: 'bookmarks',
      attributes: { tabindex: '0', 'aria-label': texts.bookmarks },
    });
    this.overlay = new Overlay('bookmarks', texts.bookmarks, texts.close, () => this.#focus());
    this.overlay.body.append(this.#list);
  }

  /** Opens it. */
  open(): void {
    this.#draw();
    this.overlay.open();
  }

  /** The bookmarks may be others. */
  follow(): void {
    if (this.overlay.isOpen && !this.#list.contains(document.activeElement)) {
      this.#draw();
    }
  }

  #draw(): void {
    const bookmarks = this.#model.navigation?.bookmarks ?? [];
    const rows = bookmarks.map((bookmark) => this.#row(bookmark));
    const none = element('li', { class: 'aside', text: this.#model.texts['bookmarks-none'] });
    this.#list.replaceChildren(...(rows.length === 0 ? [none] : rows));
  }

  #row(bookmark: Bookmark): HTMLElement {
    const { texts } = this.#model;
    const name = textField(texts['bookmark-name'], '', (text) => this.#actions.set({ ...bookmark, name: text }, true));
    name.fill(bookmark.name);
    return element('li', {}, [
      icon('bookmark'),
      name.element,
      actionLink(fill(texts['event-of'], bookmark.event), fill(texts['bookmark-go'], bookmark.name), () => {
        this.overlay.close();
        this.#actions.go(bookmark.event);
      }),
      iconButton('trash', texts['bookmark-remove'], () => {
        this.#actions.set(bookmark, false);
        this.#list.focus();
      }),
    ]);
  }

  #focus(): void {
    const link = this.#list.querySelector<HTMLElement>('vscode-link');
    (link ?? this.#list).focus();
  }
}
