import { groupBy } from '../kernel/group.ts';
import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Poll } from './state.ts';
import type { CountedBallot } from './tally.ts';

/** A proxy that holds in a poll. */
export interface Proxy {
	readonly id: RecordId;
	readonly giver: MemberId;
	readonly holder: MemberId;
}
type Within = Pick<Poll, 'id' | 'topic'>;

/** Whether a ballot that says it is cast by proxy rests on one. */
export function proxyHolds(
	ledger: LedgerReader,
	poll: Within,
	ballot: LedgerRecord<'ballot'>,
	ended: ReadonlySet<RecordId>,
): boolean {
	const given = ledger.find(ballot.body.proxy, 'proxy.give');
	const proxy = given && proxyOf(ledger, poll, given, ended);
	return proxy?.holder === authorMember(ledger, ballot) && proxy?.giver === ballot.body.for;
}

/** Every proxy that holds in a poll, in display order. */
export function proxiesIn(ledger: LedgerReader, poll: Within): readonly Proxy[] {
	const ended = new Set(ledger.ofType('proxy.end').map(({ id }) => id));
	return ledger.ofType('proxy.give').flatMap((given) => proxyOf(ledger, poll, given, ended) ?? []);
}

/**
 * POLL-17: a proxy holds in the poll or on the topic it names, or everywhere; nobody gives it to himself, and it is not
 * passed on, since only the voter can give it. `ended`: the `proxy.end` records that are taken into account.
 */
function proxyOf(
	ledger: LedgerReader,
	within: Within,
	given: LedgerRecord<'proxy.give'>,
	ended: ReadonlySet<RecordId>,
): Proxy | undefined {
	const { to, poll = within.id, topic = within.topic } = given.body;
	const giver = authorMember(ledger, given);
	if (giver === undefined || giver === to || poll !== within.id || topic !== within.topic) return undefined;
	return isEnded(ledger, given, ended) ? undefined : { id: given.id, giver, holder: to };
}

/** Only who gave it ends it. */
function isEnded(ledger: LedgerReader, given: LedgerRecord<'proxy.give'>, ended: ReadonlySet<RecordId>): boolean {
	return ledger
		.citing(given.id, 'proxy.end')
		.some((end) => ended.has(end.id) && authorMember(ledger, end) === authorMember(ledger, given));
}

/** POLL-17: who votes for more givers than the rule allows, whatever each of them owns, has cast none of these ballots. */
export function holdersOverLimit(ballots: readonly CountedBallot[], limit: number): ReadonlySet<MemberId> {
	const byProxy = ballots.filter(({ holder }) => holder !== undefined);
	const held = groupBy(byProxy, ({ holder }) => holder as MemberId);
	const over = [...held].filter(([, own]) => new Set(own.map(({ voter }) => voter)).size > limit);
	return new Set(over.map(([holder]) => holder));
}
