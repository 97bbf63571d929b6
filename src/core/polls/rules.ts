import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import { meetingsOn } from '../meetings/selectors.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import type { Roster } from '../roster/state.ts';
import type { Closing, Poll } from './state.ts';

export type NotOpen = 'poll-closed' | 'poll-certified' | 'poll-cancelled' | 'roll-missing' | 'roll-invalid';
export type BallotRefusal = NotOpen | 'voter-not-on-roll';
export type ClosingRefusal = NotOpen | NotPermitted;
export type CertifyRefusal = 'not-a-teller' | 'closer-cannot-certify' | 'already-certified';

/** POLL-3..4. Explains before signing; a relay stores late ballots all the same, as evidence. No clock decides. */
export function mayCastBallot(poll: Poll, member: MemberId | undefined): Result<Poll, BallotRefusal> {
	const refusal = closedRefusal(poll);
	if (refusal) return err(refusal);
	return isOnRoll(poll, member) ? ok(poll) : err('voter-not-on-roll');
}

export function isOnRoll(poll: Poll, member: MemberId | undefined): boolean {
	return poll.roll?.some(({ members }) => member !== undefined && members.includes(member)) ?? false;
}

export function isTeller(poll: Poll, member: MemberId | undefined): boolean {
	return member !== undefined && poll.tellers.includes(member);
}

/** Entering papers, or hands raised in the room: a teller of the poll, while it is open. */
export function mayCountHands(poll: Poll, member: MemberId | undefined): Result<Poll, ClosingRefusal> {
	const refusal = closedRefusal(poll);
	if (refusal) return err(refusal);
	return isTeller(poll, member) ? ok(poll) : err('not-permitted');
}

/** MEET-2: the convener, and the chair of a meeting that has the poll's topic on its agenda. */
export function mayClosePoll(
	state: CornerState,
	poll: Poll,
	member: MemberId | undefined,
): Result<Permission, ClosingRefusal> {
	const refusal = closedRefusal(poll);
	return refusal ? err(refusal) : closingRight(state, poll, member);
}

const closingRight = (state: CornerState, { topic }: Poll, member: MemberId | undefined) =>
	permission(state.roster, member, 'poll.close', meetingsOn(state, topic));

/**
 * POLL-13: until the tellers have certified, whoever may close may close again with what has come in since; the new
 * closing names the one it corrects, and the tellers begin anew.
 */
export function mayCorrectClosing(
	state: CornerState,
	poll: Poll,
	member: MemberId | undefined,
): Result<Permission, ClosingRefusal | 'poll-open'> {
	if (poll.status === 'open') return err('poll-open');
	if (poll.status !== 'closed') return err(closedRefusal(poll) ?? 'poll-open');
	return closingRight(state, poll, member);
}

/** POLL-6: a teller of the poll, never the closer, and each once. */
export function mayCertify(
	poll: Poll,
	closing: Closing,
	member: MemberId | undefined,
): Result<Closing, CertifyRefusal> {
	if (member === undefined || !isTeller(poll, member)) return err('not-a-teller');
	if (closing.closer === member) return err('closer-cannot-certify');
	return closing.certifiers.includes(member) ? err('already-certified') : ok(closing);
}

/** POLL-22: while no closing is certified. */
export function mayCancelPoll(
	roster: Roster,
	poll: Poll,
	member: MemberId | undefined,
): Result<Permission, NotOpen | NotPermitted> {
	if (poll.status === 'certified' || poll.status === 'contested') return err('poll-certified');
	if (poll.status === 'cancelled') return err('poll-cancelled');
	return permission(roster, member, 'poll.cancel');
}

/** Why a poll takes no more ballots. */
export function closedRefusal(poll: Poll): NotOpen | undefined {
	switch (poll.status) {
		case 'open':
			return undefined;
		case 'closed':
			return 'poll-closed';
		case 'certified':
		case 'contested':
			return 'poll-certified';
		case 'cancelled':
			return 'poll-cancelled';
		default:
			return poll.status;
	}
}
