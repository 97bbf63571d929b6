import type { RecordId, TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import { publicationsOf } from './selectors.ts';
import type { Publication, Withdrawal } from './state.ts';

/** An edition that waits for a teller. */
export function pendingPublication(state: CornerState, topic: TopicId): Publication | undefined {
	return publicationsOf(state, topic).findLast(
		({ current, stands, hiddenBy }) => current && !stands && hiddenBy === undefined,
	);
}

/** A withdrawal by somebody else than the publisher: it waits for a teller. */
export function pendingWithdrawal(state: CornerState, topic: TopicId): Withdrawal | undefined {
	return withdrawalsOf(state, topic).findLast(({ current, stands }) => current && !stands);
}

/** What the next edition follows: everything about this topic that nothing follows yet. */
export function headsOf(state: CornerState, topic: TopicId): readonly RecordId[] {
	const all = [...publicationsOf(state, topic), ...withdrawalsOf(state, topic)];
	return all.filter(({ current }) => current).map(({ id }) => id);
}

/** What a withdrawal names: all that is public, or else all that waits to be. */
export function withdrawable(state: CornerState, topic: TopicId): readonly Publication[] {
	const open = publicationsOf(state, topic).filter(({ current, hiddenBy }) => current && hiddenBy === undefined);
	const shown = open.filter(({ stands }) => stands);
	return shown.length > 0 ? shown : open;
}

function withdrawalsOf(state: CornerState, topic: TopicId): readonly Withdrawal[] {
	return [...state.withdrawals.values()].filter((one) => one.topic === topic);
}
