import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { NotPermitted } from '../roster/rules.ts';
import { closedRefusal, isOnRoll, type NotOpen } from './rules.ts';
import type { Closing, Poll } from './state.ts';

export type SealRefusal = NotOpen | NotPermitted | 'not-a-station';

/** POLL-21: the witness of a station seals what is held there; until a certified closing even after the closing. */
export function maySeal(poll: Poll, member: MemberId | undefined): Result<Poll, NotOpen | 'not-a-station'> {
	const refusal = poll.status === 'closed' ? undefined : closedRefusal(poll);
	if (refusal) return err(refusal);
	return member !== undefined && poll.stations.includes(member) ? ok(poll) : err('not-a-station');
}

/** POLL-21: another member than the one who sealed. */
export function mayCountersignSeal(
	poll: Poll,
	station: MemberId,
	member: MemberId | undefined,
): Result<Poll, NotOpen | NotPermitted> {
	const refusal = poll.status === 'closed' ? undefined : closedRefusal(poll);
	if (refusal) return err(refusal);
	return member !== undefined && member !== station ? ok(poll) : err('not-permitted');
}

/** Against a closing that is not corrected: whoever is on the roll, once. */
export function mayObject(poll: Poll, closing: Closing, member: MemberId | undefined): boolean {
	const objected = closing.objections.some((objection) => objection.member === member);
	return isOnRoll(poll, member) && !objected;
}
