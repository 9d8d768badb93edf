import { type Said, said } from '../events/event-texts.ts';

/** What a function is there for, in English and in Chinese. */
export type Told = readonly [en: string, zhCn: string];

/** Texts about the functions of one C file, by stage id. */
export function tells(file: string, functions: Readonly<Record<string, Told>>): Readonly<Record<string, Said>> {
  return Object.fromEntries(Object.entries(functions).map(([name, [en, zh]]) => [`${file}#${name}`, said(en, zh)]));
}
