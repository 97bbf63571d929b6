import type { Standing } from '../validity/standing.ts';
import type { FaultyRecord } from './ballot-box.ts';
import type { Poll } from './state.ts';

/** What is cast in a poll's scope. */
export const CAST_TYPES = ['ballot', 'paper.ballot', 'hand.count'] as const;

/**
 * POLL-25: what was cast with a right that never was one, for instance from a phone that somebody else added to a member.
 * No ending of rights made it void, and none would bring it back.
 */
export function castWithoutRight(standing: Standing, poll: Poll): readonly FaultyRecord[] {
	const { view } = standing.under([]);
	const cast = CAST_TYPES.flatMap((type) =>
		standing.ledger.citing(poll.id, type).map(({ id, scope }) => ({ id, scope })),
	);
	return cast
		.filter(({ id, scope }) => scope === poll.id && !view.has(id))
		.map(({ id }) => ({ id, voter: undefined, fault: 'author-without-right' }));
}
