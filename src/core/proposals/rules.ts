import type { MemberId } from '../kernel/ids.ts';
import { err, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { pollsOf } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';

/** TEXT-2: a text is frozen anew only while no vote on the standing one is under way. */
export function mayFreezeText(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<Permission, NotPermitted | 'poll-under-way'> {
	const underWay = pollsOf(state, topic.id).some(({ status }) => status === 'open' || status === 'closed');
	return underWay ? err('poll-under-way') : permission(state.roster, member, 'text.freeze');
}
