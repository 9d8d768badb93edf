import { INSPECT_TEXT_KEYS } from './inspect-texts.ts';

import { NAVIGATE_TEXT_KEYS } from './navigate-texts.ts';
import { TIMELINE_TEXT_KEYS } from './timeline-texts.ts';

/** Every sentence that a view shows by itself; the host sends them in the user's language. */
export const VIEW_TEXT_KEYS = [
  ...NAVIGATE_TEXT_KEYS,
  ...TIMELINE_TEXT_KEYS,
  'step-forward',
  'step-back',
  'play',
  'pause',
  'phase',
  'phase-run',
  'phase-set-up',
  'stages',
  'stages-found',
  'stages-absent',
  'hops-proven',
  'hops-unproven',
  'steps',
  'picture',
  'details',
  'step-of',
  'at-time',
  'reached',
  'leaves',
  'leaves-only',
  'goes-on',
  'called-by',
  'called-after',
  'next-call',
  'proven',
  'unproven',
  'evidence',
  'role-head',
  'role-call',
  'role-binding',
  'role-number',
  'role-handler',
  'not-found',
  'show-place',
  'changes',
  'more-changes',
  'notes',
  'output',
  'no-output',
  'output-bytes',
  'code',
  'no-code',
  'sample',
  'choose-folders',
  'dropped',
  'trees',
  'keys-help',
  'loading',
  'wrong-version',
  'first-step',
  'starts-here',
  ...INSPECT_TEXT_KEYS,
] as const;

/** Name of a text of the view. */
export type ViewTextKey = (typeof VIEW_TEXT_KEYS)[number];

/** All texts of the view in one language. `{0}` and `{1}` stand for what the view fills in. */
export type ViewTexts = Readonly<Record<ViewTextKey, string>>;

/** Fills `{0}`, `{1}`, ... */
export const fill = (text: string, ...values: readonly (string | number)[]): string =>
  text.replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
