import type { RecordId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import { pollsOf } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';

/**
 * BUNDLE-12, LEDGER 2: what ends something cites what it considered: the steps the topic took, of which each names the
 * one before, and who objected to how it was counted.
 */
export function consideredOn(state: CornerState, topic: Topic): readonly RecordId[] {
	const closings = pollsOf(state, topic.id).flatMap((poll) => poll.closings);
	const objections = closings.flatMap((closing) => closing.objections);
	return [...topic.stages, ...objections].map(({ id }) => id);
}
