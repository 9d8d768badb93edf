import type { InEveryLanguage } from './language.ts';

const en = {
  side: 'This moment',
  'tab-step': 'Step',
} as const;

/** What the tabs of the replay panel's right side say. `{0}` and `{1}` are filled in by the panel. */
export const inspectTexts: InEveryLanguage<Readonly<Record<keyof typeof en, string>>> = {
  en,
  'zh-cn': {
    side: '此刻',
    'tab-step': '步骤',
  },
};
