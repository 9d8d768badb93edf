import { utf8 } from '../base/bytes.ts';

/** Control characters that move the cursor by themselves and do nothing else: the only ones that reach the terminal. */
const HARMLESS = new Set(['\b', '\t', '\n', '\r', '\x07']);

/**
 * What a guest wrote, for a terminal of the user's: every other control character is shown as a picture of itself, so that
 * nothing a guest writes can steer the user's terminal.
 */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, (sign) => {
    const code = sign.charCodeAt(0);
    if (HARMLESS.has(sign)) {
      return sign;
    }
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** Goes to the beginning of the line and empties it. */
export const EMPTY_LINE = '\r\x1b[K';

/** Empties the screen and what has scrolled out of it. */
export const EMPTY_SCREEN = '\x1b[2J\x1b[3J\x1b[H';

/** A sentence of our own between what the guest writes. */
export const aside = (text: string): string => `\x1b[2m${text}\x1b[0m\r\n`;

/** Longest line that is taken. */
const LONGEST = 1024;

/** What a user types into a terminal, line by line: Backspace takes back, Ctrl+C and Ctrl+U forget, Enter and Ctrl+D send. */
export class TypedLine {
  #text = '';

  /** What has been typed and not yet been sent. */
  get text(): string {
    return this.#text;
  }

  /** Takes keys; answers what is to be sent, as bytes. */
  take(keys: string): Uint8Array | undefined {
    let sent = '';
    // Cursor keys and the like are sequences that begin with ESC: a line here has no use for them.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal tells its keys.
    for (const key of keys.replace(/\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z]|.)?/g, '')) {
      sent += this.#key(key);
    }
    return sent === '' ? undefined : utf8(sent);
  }

  #key(key: string): string {
    switch (key) {
      case '\r':
      case '\x04': {
        const line = this.#text + key;
        this.#text = '';
        return line;
      }
      case '\x7f':
      case '\b':
        this.#text = [...this.#text].slice(0, -1).join('');
        return '';
      case '\x03':
      case '\x15':
        this.#text = '';
        return '';
      default:
        this.#text += (key >= ' ' || key === '\t') && this.#text.length < LONGEST ? key : '';
        return '';
    }
  }
}
