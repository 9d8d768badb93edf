import { element } from './dom.ts';
import { iconButton } from './toolkit.ts';

/**
 * A dialog over the panel. It holds the keyboard focus while it is open, closes by Escape, by its button and by a click
 * beside it, and gives the focus back.
 */
export class Overlay {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  readonly #focusFirst: () => void;
  #before: Element | null = null;

  /** `focusFirst` puts the focus where the user begins. */
  constructor(name: string, title: string, close: string, focusFirst: () => void) {
    this.#focusFirst = focusFirst;
    this.body = element('div', { class: 'overlay-body' });
    const dialog = element(
      'div',
      { class: `overlay-dialog is-${name}`, attributes: { role: 'dialog', 'aria-modal': 'true', 'aria-label': title } },
      [
        element('div', { class: 'overlay-head' }, [
          element('h2', { text: title }),
          iconButton('close', close, () => this.close()),
        ]),
        this.body,
      ],
    );
    this.element = element(
      'div',
      {
        class: 'overlay',
        attributes: { hidden: '' },
        on: {
          keydown: (event) => this.#key(event),
          pointerdown: (event) => {
            if (event.target === this.element) {
              this.close();
            }
          },
        },
      },
      [dialog],
    );
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Opens it, or puts the focus into it where it is open. */
  open(): void {
    if (!this.isOpen) {
      this.#before = document.activeElement;
      this.element.hidden = false;
    }
    this.#focusFirst();
  }

  /** Closes it and gives the focus back. */
  close(): void {
    if (this.isOpen) {
      this.element.hidden = true;
      if (this.#before instanceof HTMLElement && this.#before !== document.body) {
        this.#before.focus({ preventScroll: true });
      }
    }
  }

  #key(event: Event): void {
    if (!(event instanceof KeyboardEvent)) {
      return;
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Tab') {
      this.#keepInside(event);
    }
    // The panel's own keys rest while a dialog is open.
    event.stopPropagation();
  }

  #keepInside(event: KeyboardEvent): void {
    const stops = [
      ...this.element.querySelectorAll<HTMLElement>('vscode-button, vscode-text-field, vscode-link, [tabindex="0"]'),
    ];
    const shown = stops.filter((stop) => stop.offsetParent !== null);
    const [first, last] = [shown[0], shown.at(-1)];
    const active = document.activeElement;
    const wanted = event.shiftKey && active === first ? last : !event.shiftKey && active === last ? first : undefined;
    if (wanted !== undefined) {
      event.preventDefault();
      wanted.focus();
    }
  }
}
