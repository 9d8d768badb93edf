/** Texts of the right side's tabs and of what stands in them. */
export const INSPECT_TEXT_KEYS = ['side', 'tab-step'] as const;
