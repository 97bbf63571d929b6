import type { TopicId } from '#core/kernel/ids.ts';
import type { CornerState } from '#core/ledger/fold.ts';
import type { Publication } from '#core/publication/state.ts';

/** What is public now, the latest first. */
export function standingPublications(state: CornerState): readonly Publication[] {
	return [...state.publications.values()].filter(({ stands, current }) => stands && current).reverse();
}

export const publishedTopics = (state: CornerState): readonly TopicId[] =>
	standingPublications(state).map(({ topic }) => topic);
