/** The only clock of the browser side. Nothing in core asks it; records carry its answer for display. */
export const now = (): number => Date.now();
