import type { InEveryLanguage } from './language.ts';

/** The source trees in use, by the role they play. */
export const TREE_NAMES: InEveryLanguage<Readonly<Record<'acrn' | 'guestLinux' | 'serviceLinux', string>>> = {
  en: { acrn: 'ACRN', guestLinux: 'Linux (guest)', serviceLinux: 'Linux (Service VM)' },
  'zh-cn': { acrn: 'ACRN', guestLinux: 'Linux（客户机）', serviceLinux: 'Linux（Service VM）' },
};
