import type { Moment } from '../protocol/messages.ts';
import { element } from './dom.ts';
import { type TabParts, tabStrip } from './toolkit.ts';

/** A tab of the right side. */
export interface SideTab extends TabParts {
  /** The tab has just been chosen, or another moment is current while it is. */
  readonly show: () => void;
}

/** The right side of the panel: tabs on one moment. Only the chosen one draws. */
export class Side {
  readonly element: HTMLElement;
  readonly #tabs: readonly SideTab[];
  readonly #strip: ReturnType<typeof tabStrip>;
  #chosen: string;
  #lane = 0;

  constructor(label: string, tabs: readonly SideTab[]) {
    this.#tabs = tabs;
    this.#chosen = tabs[0]?.id ?? '';
    this.#strip = tabStrip(label, tabs, (id) => this.#choose(id));
    this.element = element('section', { class: 'side', attributes: { 'aria-label': label } }, [this.#strip.element]);
  }

  /** Another moment is current; `lane` is its program's. */
  arrive(_moment: Moment, lane: number): void {
    this.#lane = lane;
    this.#dress();
    this.#shown()?.show();
  }

  /** Brings a tab to the front. */
  select(id: string): void {
    this.#strip.select(id);
  }

  #choose(id: string): void {
    this.#chosen = id;
    this.#dress();
    this.#shown()?.show();
  }

  /** Where the panel is narrow, every tab but the first takes room from the picture and the list above it. */
  #dress(): void {
    const inspects = this.#chosen !== this.#tabs[0]?.id;
    this.element.className = `side lane-${this.#lane}${inspects ? ' is-inspecting' : ''}`;
  }

  #shown(): SideTab | undefined {
    return this.#tabs.find(({ id }) => id === this.#chosen);
  }
}
