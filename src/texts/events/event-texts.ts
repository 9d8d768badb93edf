import type { InEveryLanguage } from '../language.ts';

/** Arguments of a log line or hazard, by name. */
export type EventArgs = Readonly<Record<string, string | number>>;

/** A sentence in every language. `{name}` stands for an argument, `{name:x}` for one in hexadecimal. */
export type Said = InEveryLanguage<string>;

/** A sentence in every language. */
export const said = (en: string, zhCn: string): Said => ({ en, 'zh-cn': zhCn });

/** What goes wrong at a hazard. */
export type HazardKind =
  | 'memory' // memory outside of what was handed over is read or written, or memory that was given back
  | 'death' // the process, kernel or thread ends
  | 'lost-data'
  | 'lost-interrupt'
  | 'spurious'
  | 'stuck' // something waits or turns for ever
  | 'leak'
  | 'refused'
  | 'ignored-error';

/** Where the real code misbehaves: what happens in the real process, and what a correct driver or operator avoids. */
export interface HazardText {
  readonly kind: HazardKind;
  readonly happens: Said;
  readonly avoid: Said;
}

/** A hazard's texts. */
export const hazard = (kind: HazardKind, happens: Said, avoid: Said): HazardText => ({ kind, happens, avoid });

/** Puts the arguments in: an argument that is not there leaves a question mark. */
export function filled(sentence: string, args: EventArgs): string {
  return sentence.replace(/\{(\w+)(:x)?\}/g, (_, name: string, hex: string | undefined) => {
    const value = args[name];
    return value === undefined ? '?' : hex !== undefined && typeof value === 'number' ? hexOf(value) : String(value);
  });
}

const hexOf = (value: number): string => `${value < 0 ? '-' : ''}0x${Math.abs(value).toString(16)}`;
