import type { RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { Standing } from '../validity/standing.ts';
import { keeperOf, openBallotBox } from './ballot-box.ts';
import { MEASURES, type Counts } from './counts.ts';
import { electorateOf, presentMembers, type Electorate } from './electorate.ts';
import { PAPER_CHOICES } from './records.ts';
import { RunningTally } from './running-tally.ts';
import type { Closing, Poll } from './state.ts';
import { tally, type CountedBallot } from './tally.ts';

/** POLL-10: both ways of counting say the same of these ballots, by every measure. */
export function countsAgree(electorate: Electorate, ballots: readonly CountedBallot[]): boolean {
	const { counts } = tally(electorate, ballots, []);
	const running = new RunningTally(electorate);
	for (const ballot of ballots) running.add(ballot);
	return MEASURES.every((measure) =>
		PAPER_CHOICES.every((name) => running.counts(measure)[name] === counts[measure][name]),
	);
}

/** POLL-5: the five parts of declared counts add up to those who could be counted, by every measure. */
export function addsUp({ presentOnly }: Pick<Poll, 'presentOnly'>, counts: Counts): boolean {
	return MEASURES.every((measure) => {
		const { eligible, present, approve, reject, abstain, spoiled, notVoted } = counts[measure];
		return approve + reject + abstain + spoiled + notVoted === (presentOnly ? present : eligible);
	});
}

/**
 * What this device can say about the numbers of a closing before showing them: `incomplete` while listed ballots are
 * still on the way, `broken` when the two counts disagree or the declared numbers do not add up.
 */
export function checkNumbers(standing: Standing, poll: Poll, closing: Closing): 'sound' | 'incomplete' | 'broken' {
	const keeper = keeperOf(standing, closing.revs);
	const listed = decodeIdList<RecordId>(keeper.blobs(closing.list));
	const electorate = electorateOf(poll, presentMembers(keeper, closing));
	const { ballots } = openBallotBox(keeper, poll, electorate, new Set(listed));
	if (!addsUp(poll, closing.declared) || !countsAgree(electorate, ballots)) return 'broken';
	return listed?.every((id) => standing.ledger.has(id)) ? 'sound' : 'incomplete';
}
