import type { Closing, Poll } from './state.ts';

/** The closing to speak of: the one that stands, or else the latest that no other corrects. */
export function shownClosing({ standing, closings }: Poll): Closing | undefined {
	const corrected = new Set(closings.map(({ supersedes }) => supersedes));
	return standing ?? closings.findLast(({ id }) => !corrected.has(id));
}
