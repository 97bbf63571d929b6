import type { MemberId } from '../kernel/ids.ts';
import { err, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import { meetingsOn } from '../meetings/selectors.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { membersWith } from '../roster/selectors.ts';
import type { Roster } from '../roster/state.ts';
import { pollsOf } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';

export type OpenPollRefusal = NotPermitted | 'text-not-frozen' | 'poll-under-way' | 'too-few-tellers';

/** Tellers who may certify what this closer closes. */
export function tellersBeside(roster: Roster, closer: MemberId): readonly MemberId[] {
	return membersWith(roster, 'teller').filter((teller) => teller !== closer);
}

/** POLL-1: one poll at a time on one frozen text, with two tellers besides the opener, who will be the closer. */
export function mayOpenPoll(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<Permission, OpenPollRefusal> {
	const allowed = permission(state.roster, member, 'poll.open', meetingsOn(state, topic.id));
	if (!allowed.ok || member === undefined) return err('not-permitted');
	if (topic.texts.length !== 1) return err('text-not-frozen');
	const underWay = pollsOf(state, topic.id).some(({ status }) => status === 'open' || status === 'closed');
	if (underWay) return err('poll-under-way');
	return tellersBeside(state.roster, member).length < 2 ? err('too-few-tellers') : allowed;
}
