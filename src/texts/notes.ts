import type { InEveryLanguage } from './language.ts';
import { NOTES_EN } from './notes/en.ts';
import { NOTES_ZH_CN } from './notes/zh-cn.ts';

/** Number of a claim of the study notes. */
export type NoteId = keyof typeof NOTES_EN;

/** A claim and what the source says, for each verdict that it can have. */
export type NoteTexts = {
  readonly [Id in NoteId]: {
    readonly claim: string;
    readonly says: Readonly<Record<keyof (typeof NOTES_EN)[Id]['says'], string>>;
  };
};

/** The claims in every language. */
export const NOTE_TEXTS: InEveryLanguage<NoteTexts> = { en: NOTES_EN, 'zh-cn': NOTES_ZH_CN };

/** Sentences around the claims. */
export interface NoteWords {
  readonly verdicts: Readonly<Record<'true' | 'conditional' | 'renamed' | 'wrong' | 'missing' | 'unknown', string>>;
  readonly unknown: (files: string) => string;
  readonly counts: (claims: number, counts: string) => string;
  /** A verdict and what the source says. */
  readonly line: (verdict: string, says: string) => string;
}

/** Verdicts as a reader sees them, and the sentence for what the trees do not tell. */
export const NOTE_WORDS: InEveryLanguage<NoteWords> = {
  en: {
    verdicts: {
      true: 'true',
      conditional: 'true under a condition',
      renamed: 'right, under another name or in another place',
      wrong: 'wrong',
      missing: 'left out by the notes',
      unknown: 'unknown',
    },
    unknown: (files) => `These trees do not tell. What would: ${files}. Check that the checkout is complete.`,
    counts: (claims, counts) => `${claims} claims: ${counts}.`,
    line: (verdict, says) => `${verdict}: ${says}`,
  },
  'zh-cn': {
    verdicts: {
      true: '正确',
      conditional: '在某个条件下正确',
      renamed: '意思正确，但名称或位置不同',
      wrong: '错误',
      missing: '笔记遗漏',
      unknown: '无法判断',
    },
    unknown: (files) => `这些源码树无法判断。需要：${files}。请检查检出是否完整。`,
    counts: (claims, counts) => `${claims} 项论断：${counts}。`,
    line: (verdict, says) => `${verdict}：${says}`,
  },
};

/** The claim and what the source says of it under a verdict; a verdict that the claim cannot have says nothing. */
export function noteText(
  id: NoteId,
  verdict: string,
  lacking: readonly string[],
  language: 'en' | 'zh-cn',
): { readonly claim: string; readonly says: string } {
  const { claim, says } = NOTE_TEXTS[language][id];
  const byVerdict: Readonly<Record<string, string>> = says;
  const text = verdict === 'unknown' ? NOTE_WORDS[language].unknown(lacking.join(', ')) : byVerdict[verdict];
  return { claim, says: text ?? '' };
}
