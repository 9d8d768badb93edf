/** Languages that every text exists in. */
export const LANGUAGES = ['en', 'zh-cn'] as const;

/** A language of the product. */
export type Language = (typeof LANGUAGES)[number];

/** One text in every language: a missing one does not compile. */
export type InEveryLanguage<T> = Readonly<Record<Language, T>>;

/** The language for a locale such as `zh-CN`, `zh-Hans` or `en-GB`: Chinese for any `zh`, else English. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en');
