import type { InEveryLanguage } from './language.ts';

/** Sentences about callers and callees. */
export interface QueryTexts {
  readonly oneWord: (command: string) => string;
  readonly found: (count: number) => string;
  readonly unresolved: (count: number) => string;
  readonly notIndexed: (count: number, names: string) => string;
  readonly restsOn: (files: number, parts: string) => string;
}

/** Sentences about callers and callees, in every language. */
export const QUERY_TEXTS: InEveryLanguage<QueryTexts> = {
  en: {
    oneWord: (command) => `${command} takes one function name or FILE:LINE.`,
    found: (count) => `${count} found.`,
    unresolved: (count) => `${count} not resolved: calls that may belong here, but nothing proves it.`,
    notIndexed: (count, names) => `${count} not indexed: no indexed file defines ${names}.`,
    restsOn: (files, parts) => `Rests on ${files} indexed files (${parts}).`,
  },
  'zh-cn': {
    oneWord: (command) => `${command} 需要一个函数名或 FILE:LINE。`,
    found: (count) => `找到 ${count} 处。`,
    unresolved: (count) => `未能确定 ${count} 处：可能与此有关的调用，但没有证据。`,
    notIndexed: (count, names) => `未索引 ${count} 个：已索引的文件中没有定义 ${names}。`,
    restsOn: (files, parts) => `依据 ${files} 个已索引的文件（${parts}）。`,
  },
};
