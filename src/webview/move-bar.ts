import { SPEEDS, UNITS, USUAL_SPEED } from '../protocol/navigate.ts';
import type { ViewTextKey } from '../protocol/view-texts.ts';
import { fill } from '../protocol/view-texts.ts';
import type { Actions } from './actions.ts';
import { element } from './dom.ts';
import type { IconName } from './icons.ts';
import type { ViewModel } from './model.ts';
import { dropdown, iconButton, relabel } from './toolkit.ts';

/** The controls that move through a run, and where it stands. */
export class MoveBar {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #play: HTMLElement;
  readonly #follow: HTMLElement;
  readonly #bookmark: HTMLElement;
  readonly #link: HTMLElement;
  readonly #twin: HTMLElement;
  readonly #target: HTMLElement;
  readonly #previousTarget: HTMLElement;
  readonly #nextTarget: HTMLElement;
  readonly #position: HTMLElement;
  readonly #unit: ReturnType<typeof dropdown>;
  readonly #speed: ReturnType<typeof dropdown>;

  constructor(model: ViewModel, actions: Actions) {
    const { texts } = model;
    const button = (icon: IconName, text: ViewTextKey, press: () => void): HTMLElement =>
      iconButton(icon, texts[text], press);
    this.#model = model;
    this.#play = button('play', 'play', actions.play);
    this.#follow = button('following', 'follow-pause', actions.follow);
    this.#bookmark = button('bookmark', 'bookmark', actions.bookmark);
    this.#link = button('link', 'copy-link', actions.link);
    this.#twin = button('twin', 'twin-show', actions.twin);
    this.#previousTarget = button('before', 'previous-of', () => actions.move('previous-target'));
    this.#nextTarget = button('after', 'next-of', () => actions.move('next-target'));
    this.#target = element('span', { class: 'group target', attributes: { hidden: '' } }, [
      this.#previousTarget,
      element('code', { class: 'target-name' }),
      this.#nextTarget,
    ]);
    this.#position = element('span', { class: 'position', attributes: { 'aria-live': 'off' } });
    this.#unit = dropdown(
      texts.unit,
      UNITS.map((unit) => [unit, texts[`unit-${unit}`]] as const),
      (value) => actions.unit(UNITS.find((unit) => unit === value) ?? 'stages'),
    );
    this.#speed = dropdown(
      texts.speed,
      SPEEDS.map((speed, index) => [String(index), fill(texts['speed-times'], speed)] as const),
      (value) => actions.speed(Number(value)),
    );
    this.#unit.element.classList.add('unit');
    this.#speed.element.classList.add('speed');
    this.element = element('div', { class: 'move-bar', attributes: { role: 'toolbar', 'aria-label': texts.moves } }, [
      group(
        button('boundaryBack', 'previous-boundary', () => actions.move('previous-boundary')),
        button('back', 'step-back', () => actions.move('back')),
        this.#play,
        button('forward', 'step-forward', () => actions.move('next')),
        button('boundary', 'next-boundary', () => actions.move('next-boundary')),
      ),
      group(this.#unit.element, this.#speed.element),
      this.#position,
      group(
        button('woke', 'who-woke', () => actions.move('who-woke')),
        button('caused', 'what-caused', () => actions.move('what-caused')),
        button('hazard', 'next-hazard', () => actions.move('next-hazard')),
      ),
      group(button('find', 'find', actions.find)),
      this.#target,
      group(this.#bookmark, button('bookmarks', 'bookmarks', actions.bookmarks)),
      group(this.#follow, this.#link, this.#twin, button('help', 'help', actions.help)),
    ]);
  }

  /** Shows the position, whether it plays, and how the user moves. */
  follow(): void {
    const { moment, range, count, texts, playing, navigation } = this.#model;
    const at = moment === undefined ? 0 : moment.step - range.from + 1;
    const event =
      navigation?.unit === 'events' && moment !== undefined ? ` · ${fill(texts['event-of'], moment.at)}` : '';
    this.#position.textContent = `${fill(texts['step-of'], at, count)}${event}`;
    rename(this.#play, playing ? 'pause' : 'play', playing ? texts.pause : texts.play);
    this.#unit.select(navigation?.unit ?? 'stages');
    this.#speed.select(String(navigation?.speed ?? USUAL_SPEED));
    this.#showFollowing();
    this.#showBookmark();
    this.#showTarget();
  }

  /** Tells whether the tables stand in the picture's place. */
  showTwin(on: boolean): void {
    rename(this.#twin, 'twin', this.#model.texts[on ? 'twin-hide' : 'twin-show']);
    this.#twin.setAttribute('aria-pressed', String(on));
    this.#twin.classList.toggle('is-on', on);
  }

  #showFollowing(): void {
    const { navigation, texts } = this.#model;
    const on = navigation?.following ?? true;
    this.#follow.hidden = navigation?.canFollow === false;
    this.#link.hidden = navigation?.canLink !== true;
    rename(this.#follow, on ? 'following' : 'notFollowing', texts[on ? 'follow-pause' : 'follow-go-on']);
    this.#follow.setAttribute('aria-pressed', String(on));
    this.#follow.classList.toggle('is-off', !on);
  }

  #showBookmark(): void {
    const { moment, navigation, texts } = this.#model;
    const on = navigation?.bookmarks.some(({ event }) => event === moment?.at) ?? false;
    rename(this.#bookmark, 'bookmark', texts[on ? 'bookmark-remove' : 'bookmark']);
    this.#bookmark.setAttribute('aria-pressed', String(on));
    this.#bookmark.classList.toggle('is-on', on);
  }

  #showTarget(): void {
    const { navigation, texts } = this.#model;
    const name = navigation?.target?.name ?? '';
    this.#target.hidden = name === '';
    const shown = this.#target.querySelector('.target-name');
    if (shown !== null && shown.textContent !== name) {
      shown.textContent = name;
      rename(this.#previousTarget, 'before', fill(texts['previous-of'], name));
      rename(this.#nextTarget, 'after', fill(texts['next-of'], name));
    }
  }
}

const group = (...children: readonly Node[]): HTMLElement => element('span', { class: 'group' }, children);

/** Gives a button its icon and name where they are others. */
function rename(button: HTMLElement, icon: IconName, label: string): void {
  if (button.getAttribute('aria-label') !== label) {
    relabel(button, icon, label);
  }
}
