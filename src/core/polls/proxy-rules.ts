import type { MemberId } from '../kernel/ids.ts';
import { err, type Result } from '../kernel/result.ts';
import { isOnRoll, mayCastBallot, type BallotRefusal } from './rules.ts';
import type { Poll } from './state.ts';

export type ProxyRefusal = BallotRefusal | 'no-proxies' | 'proxy-to-self' | 'proxies-used-up';

/** POLL-17: who votes in a poll that allows it lets another member vote. */
export function mayGiveProxy(poll: Poll, giver: MemberId | undefined, to?: MemberId): Result<Poll, ProxyRefusal> {
	if (poll.rule.proxies === 0) return err('no-proxies');
	return to !== undefined && to === giver ? err('proxy-to-self') : mayCastBallot(poll, giver);
}

/** OWN-7: one proxy is for all that its giver owns. `used`: the members for whom the holder has voted already. */
export function mayVoteByProxy(poll: Poll, giver: MemberId, used: readonly MemberId[]): Result<Poll, ProxyRefusal> {
	if (!isOnRoll(poll, giver)) return err('voter-not-on-roll');
	if (new Set([...used, giver]).size > poll.rule.proxies) return err('proxies-used-up');
	return mayCastBallot(poll, giver);
}
