import { groupBy } from '../kernel/group.ts';
import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Poll } from './state.ts';
import type { CountedBallot } from './tally.ts';

/**
 * POLL-17: a proxy holds in the poll or on the topic it names, or everywhere; nobody gives it to himself, and it is not
 * passed on, since only the voter can give it. `ended`: the `proxy.end` records that are taken into account.
 */
export function proxyHolds(
	ledger: LedgerReader,
	poll: Pick<Poll, 'id' | 'topic'>,
	ballot: LedgerRecord<'ballot'>,
	ended: ReadonlySet<RecordId>,
): boolean {
	const given = ledger.find(ballot.body.proxy, 'proxy.give');
	if (!given || given.body.to !== authorMember(ledger, ballot)) return false;
	const [giver, { to, poll: inPoll = poll.id, topic = poll.topic }] = [authorMember(ledger, given), given.body];
	if (giver !== ballot.body.for || giver === to) return false;
	return inPoll === poll.id && topic === poll.topic && !isEnded(ledger, given, ended);
}

/** Only who gave it ends it. */
function isEnded(ledger: LedgerReader, given: LedgerRecord<'proxy.give'>, ended: ReadonlySet<RecordId>): boolean {
	return ledger
		.citing(given.id, 'proxy.end')
		.some((end) => ended.has(end.id) && authorMember(ledger, end) === authorMember(ledger, given));
}

/** POLL-17: who votes for more units than the rule allows has cast none of these ballots. */
export function holdersOverLimit(ballots: readonly CountedBallot[], limit: number): ReadonlySet<MemberId> {
	const byProxy = ballots.filter(({ holder }) => holder !== undefined);
	const held = groupBy(byProxy, ({ holder }) => holder as MemberId);
	const over = [...held].filter(([, own]) => new Set(own.map(({ unit }) => unit)).size > limit);
	return new Set(over.map(([holder]) => holder));
}
