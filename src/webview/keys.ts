import type { NavigateTextKey } from '../protocol/navigate-texts.ts';
import type { Actions } from './actions.ts';

/** One line of the help, and the keys that it stands for. */
export interface KeyLine {
  /** The keys as a person reads them. */
  readonly shown: readonly string[];
  readonly does: NavigateTextKey;
  /** Only a host with an editor can do it. */
  readonly inEditor?: true;
  /** What each key does, by `keyName`. */
  readonly keys: Readonly<Record<string, (actions: Actions) => void>>;
}

/** Every key of the panel. */
export const KEY_LINES: readonly KeyLine[] = [
  {
    shown: ['←', '→'],
    does: 'key-step',
    keys: {
      ArrowLeft: ({ move }) => move('back'),
      ArrowUp: ({ move }) => move('back'),
      ArrowRight: ({ move }) => move('next'),
      ArrowDown: ({ move }) => move('next'),
    },
  },
  {
    shown: ['Home', 'End'],
    does: 'key-ends',
    keys: { Home: ({ move }) => move('first'), End: ({ move }) => move('last') },
  },
  {
    shown: ['Page Up', 'Page Down'],
    does: 'key-boundary',
    keys: { PageUp: ({ move }) => move('previous-boundary'), PageDown: ({ move }) => move('next-boundary') },
  },
  {
    shown: ['Shift+←', 'Shift+→'],
    does: 'key-hop',
    keys: { 'Shift+ArrowLeft': ({ move }) => move('previous-hop'), 'Shift+ArrowRight': ({ move }) => move('next-hop') },
  },
  {
    shown: ['Shift+H', 'H'],
    does: 'key-hazard',
    keys: { H: ({ move }) => move('previous-hazard'), h: ({ move }) => move('next-hazard') },
  },
  {
    shown: ['[', ']'],
    does: 'key-target',
    keys: { '[': ({ move }) => move('previous-target'), ']': ({ move }) => move('next-target') },
  },
  { shown: ['Space'], does: 'key-play', keys: { ' ': ({ play }) => play() } },
  { shown: ['U'], does: 'key-unit', keys: { u: ({ nextUnit }) => nextUnit() } },
  { shown: [',', '.'], does: 'key-speed', keys: { ',': ({ faster }) => faster(-1), '.': ({ faster }) => faster(1) } },
  { shown: ['W'], does: 'key-woke', keys: { w: ({ move }) => move('who-woke') } },
  { shown: ['C'], does: 'key-caused', keys: { c: ({ move }) => move('what-caused') } },
  { shown: ['F', '/'], does: 'key-find', keys: { f: ({ find }) => find(), '/': ({ find }) => find() } },
  { shown: ['B'], does: 'key-bookmark', keys: { b: ({ bookmark }) => bookmark() } },
  { shown: ['Shift+B'], does: 'key-bookmarks', keys: { B: ({ bookmarks }) => bookmarks() } },
  {
    shown: ['Shift+M', 'M'],
    does: 'key-to-bookmark',
    keys: { M: ({ move }) => move('previous-bookmark'), m: ({ move }) => move('next-bookmark') },
  },
  { shown: ['E'], does: 'key-evidence', keys: { e: ({ evidence }) => evidence() } },
  { shown: ['O'], does: 'key-follow', inEditor: true, keys: { o: ({ follow }) => follow() } },
  { shown: ['L'], does: 'key-link', inEditor: true, keys: { l: ({ link }) => link() } },
  { shown: ['T'], does: 'key-twin', keys: { t: ({ twin }) => twin() } },
  { shown: ['?'], does: 'key-help', keys: { '?': ({ help }) => help() } },
];

const ALL = new Map(KEY_LINES.flatMap(({ keys }) => Object.entries(keys)));

/** Controls that use the keys themselves. */
const OWN_KEYS = /^(VSCODE-(RADIO|RADIO-GROUP|TEXT-FIELD|DROPDOWN|OPTION)|INPUT|TEXTAREA)$/;

/** Name of a key in `KeyLine.keys`. */
export const keyName = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string =>
  shiftKey && key.length > 1 ? `Shift+${key}` : key;

/** Keys that begin a chord of the editor's while Control, Alt or Command is held: its own Ctrl+K, and ours. */
const CHORDS: ReadonlySet<string> = new Set(['k', ';']);

/** Milliseconds for which the editor waits for the second key of a chord. */
const CHORD_LASTS = 5000;

/** A key with the modifiers that were held. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** Tells which keys are meant for the panel: the second key of one of the editor's chords is not. */
export class ChordWatch {
  #until = 0;

  /** Takes a key at a time in milliseconds; true where it is part of a chord, or with a modifier no key of ours. */
  isEditors({ key, ctrlKey, altKey, metaKey }: Pressed, now: number): boolean {
    if (ctrlKey || altKey || metaKey) {
      this.#until = CHORDS.has(key.toLowerCase()) ? now + CHORD_LASTS : 0;
      return true;
    }
    const isSecond = now < this.#until;
    if (key !== 'Shift') {
      this.#until = 0;
    }
    return isSecond;
  }
}

/** Does what a key means; false where it means nothing here. */
export function press(event: KeyboardEvent, actions: Actions): boolean {
  const target = event.target instanceof Element ? event.target.tagName : '';
  const act = ALL.get(keyName(event));
  const isTaken = event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || OWN_KEYS.test(target);
  if (act === undefined || isTaken || (event.key === ' ' && target === 'VSCODE-BUTTON')) {
    return false;
  }
  event.preventDefault();
  act(actions);
  return true;
}
