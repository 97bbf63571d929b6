import type { TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Publication, Withdrawal } from './state.ts';

/** What stands at a topic's public address. */
export type PublicFace =
	| { readonly shows: 'publication'; readonly publication: Publication }
	| { readonly shows: 'withdrawal'; readonly withdrawal: Withdrawal };

/**
 * PUB-8, PUB-9: what the public sees of a topic now; undefined if nothing was ever published. Of several that hold the
 * last in display order, so that every relay shows the same.
 */
export function publicFace(state: CornerState, topic: TopicId): PublicFace | undefined {
	const standing = publicationsOf(state, topic).filter(({ stands }) => stands);
	const publication = standing.findLast(({ current, hiddenBy }) => current && hiddenBy === undefined);
	if (publication) return { shows: 'publication', publication };
	const hiddenBy = standing.findLast(({ hiddenBy }) => hiddenBy !== undefined)?.hiddenBy;
	const withdrawal = hiddenBy === undefined ? undefined : state.withdrawals.get(hiddenBy);
	return withdrawal && { shows: 'withdrawal', withdrawal };
}

/** What is public now, the latest first. */
export function standingPublications(state: CornerState): readonly Publication[] {
	const shown = [...state.topics.keys()].flatMap((topic) => {
		const face = publicFace(state, topic);
		return face?.shows === 'publication' ? [face.publication] : [];
	});
	const order = [...state.publications.keys()];
	return shown.sort((a, b) => order.indexOf(b.id) - order.indexOf(a.id));
}

/** Topics whose outcome is not public yet, the latest first: what home pages list and agendas offer. */
export function topicsUnderWay(state: CornerState): readonly TopicId[] {
	const published = new Set(standingPublications(state).map(({ topic }) => topic));
	return [...state.topics.keys()].filter((topic) => !published.has(topic)).reverse();
}

export function publicationsOf(state: CornerState, topic: TopicId): readonly Publication[] {
	return [...state.publications.values()].filter((one) => one.topic === topic);
}
