import type { RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { Standing } from '../validity/standing.ts';
import { electorateOf, openBallotBox } from './ballot-box.ts';
import { presentMembers } from './audit.ts';
import { CHOICES, type SevenCounts } from './records.ts';
import { RunningTally } from './running-tally.ts';
import type { Closing, Poll } from './state.ts';
import { tally, type CountedBallot, type Electorate } from './tally.ts';

/** POLL-10: both ways of counting say the same of these device ballots. */
export function countsAgree(electorate: Electorate, ballots: readonly CountedBallot[]): boolean {
	const { counts } = tally(electorate, ballots, []);
	const running = new RunningTally();
	for (const ballot of ballots) running.add(ballot);
	return [...CHOICES, 'spoiled' as const].every((name) => running.counts[name] === counts[name]);
}

/** POLL-5: the five parts of declared counts add up to those who could be counted. */
export function addsUp({ presentOnly }: Pick<Poll, 'presentOnly'>, counts: SevenCounts): boolean {
	const { eligible, present, approve, reject, abstain, spoiled, notVoted } = counts;
	return approve + reject + abstain + spoiled + notVoted === (presentOnly ? present : eligible);
}

/**
 * What this device can say about the numbers of a closing before showing them: `incomplete` while listed ballots are
 * still on the way, `broken` when the two counts disagree or the declared numbers do not add up.
 */
export function checkNumbers(standing: Standing, poll: Poll, closing: Closing): 'sound' | 'incomplete' | 'broken' {
	const { view: ledger, blobs } = standing.under(closing.revs);
	const listed = decodeIdList<RecordId>(blobs(closing.list));
	const electorate = electorateOf(poll, presentMembers(ledger, blobs, closing));
	const wanted = new Set(listed);
	const ballots = openBallotBox(ledger, blobs, poll, electorate).ballots.filter(({ id }) => wanted.has(id));
	if (!addsUp(poll, closing.declared) || !countsAgree(electorate, ballots)) return 'broken';
	return listed?.every((id) => standing.ledger.has(id)) ? 'sound' : 'incomplete';
}
