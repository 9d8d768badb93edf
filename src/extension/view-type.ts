/** The panel's type: what a restored window asks for. It never changes. */
export const VIEW_TYPE = 'virtioTrace.replay';
