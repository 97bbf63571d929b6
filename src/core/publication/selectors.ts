import type { TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Publication } from './state.ts';

/** What is public now, the latest first. */
export function standingPublications(state: CornerState): readonly Publication[] {
	return [...state.publications.values()].filter(({ stands, current }) => stands && current).reverse();
}

/** Topics whose outcome is not public yet, the latest first: what home pages list and agendas offer. */
export function topicsUnderWay(state: CornerState): readonly TopicId[] {
	const published = new Set(standingPublications(state).map(({ topic }) => topic));
	return [...state.topics.keys()].filter((topic) => !published.has(topic)).reverse();
}
