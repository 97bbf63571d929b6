import { groupBy } from '../kernel/group.ts';
import type { DeviceKey, MemberId, RecordId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Standing } from '../validity/standing.ts';
import type { Electorate } from './electorate.ts';
import { judgeHands, withoutOverlaps } from './hand-counts.ts';
import { judgeBallot, judgePaper } from './judging.ts';
import { holdersOverLimit } from './proxies.ts';
import type { Poll } from './state.ts';
import type { CountedBallot, CountedHands } from './tally.ts';

/** Why a record in a poll's scope has no weight there. */
export type BallotFault =
	| 'voter-not-on-roll'
	| 'voter-absent'
	| 'unit-not-named'
	| 'picks-invalid'
	| 'key-serves-two'
	| 'proxy-invalid'
	| 'proxies-over-limit'
	| 'not-cosigned'
	| 'blob-missing'
	| 'hand-count-invalid'
	| 'voters-overlap'
	| 'author-without-right';

export interface FaultyRecord {
	readonly id: RecordId;
	readonly voter: MemberId | undefined;
	readonly fault: BallotFault;
}

/** A poll's scope, sorted into what may be counted and what may not, with the reason. */
export interface BallotBox {
	readonly ballots: readonly CountedBallot[];
	readonly hands: readonly CountedHands[];
	readonly faulty: readonly FaultyRecord[];
	/** Hand counts that another one of the box replaces. */
	readonly replaced: readonly RecordId[];
}

/** Under what a box is opened: the records with weight, and the endings of proxies that are taken into account. */
export interface BoxKeeper {
	readonly ledger: LedgerReader;
	readonly blobs: BlobSource;
	readonly endedProxies: ReadonlySet<RecordId>;
}

/** POLL-14: under exactly the revocations that a closing names; under all that are held unless it is given. */
export function keeperOf(standing: Standing, revs?: readonly RecordId[]): BoxKeeper {
	const { view: ledger, blobs } = revs ? standing.under(revs) : standing;
	const ended = standing.ledger.ofType('proxy.end').map(({ id }) => id);
	return { ledger, blobs, endedProxies: new Set(revs ? ended.filter((id) => revs.includes(id)) : ended) };
}

/**
 * POLL-9: everything held of the scope, judged against the electorate. With `listed`, only what a closing lists: what
 * it does not list can neither replace nor contradict what it does (LEDGER 4.4).
 */
export function openBallotBox(
	keeper: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	listed?: ReadonlySet<RecordId>,
): BallotBox {
	const { ledger } = keeper;
	const inBox = ({ id, scope }: LedgerRecord) => scope === poll.id && (listed?.has(id) ?? true);
	const cast = ledger.citing(poll.id, 'ballot').filter(inBox);
	const serveTwo = keysServingTwo(ledger, cast);
	const hands = ledger
		.citing(poll.id, 'hand.count')
		.filter(inBox)
		.map((count) => judgeHands(keeper, poll, electorate, count));
	const replaced = replacedAmong(ledger, hands);
	const single = [
		...cast.map((ballot) => judgeBallot(keeper, poll, electorate, serveTwo, ballot)),
		...ledger
			.citing(poll.id, 'paper.ballot')
			.filter(inBox)
			.map((paper) => judgePaper(keeper, poll, electorate, paper)),
	];
	const current = hands.filter(({ id }) => !replaced.includes(id));
	const judged = [...withinLimit(poll, single), ...withoutOverlaps(electorate, current)];
	return {
		ballots: judged.flatMap((item) => ('choice' in item ? [item] : [])),
		hands: judged.flatMap((item) => ('counts' in item ? [item] : [])),
		faulty: judged.flatMap((item) => ('fault' in item ? [item] : [])),
		replaced,
	};
}

/**
 * LEDGER 2: a key that votes for two voters voids all its ballots, proxies aside. That an officer has added it to a
 * second member voids nothing: only its holder can make it vote.
 */
function keysServingTwo(ledger: LedgerReader, cast: readonly LedgerRecord<'ballot'>[]): ReadonlySet<DeviceKey> {
	const votersOf = (own: readonly LedgerRecord<'ballot'>[]) =>
		new Set(own.map((ballot) => authorMember(ledger, ballot)));
	const byKey = [...groupBy(cast, ({ by }) => by)];
	return new Set(byKey.filter(([, own]) => votersOf(own).size > 1).map(([key]) => key));
}

/** Only a count that stands replaces another. */
function replacedAmong(ledger: LedgerReader, judged: readonly (CountedHands | FaultyRecord)[]): readonly RecordId[] {
	const standing = judged.filter((item) => 'counts' in item).map(({ id }) => id);
	const named = new Set(standing.flatMap((id) => ledger.find(id, 'hand.count')?.body.replaces ?? []));
	return standing.filter((id) => named.has(id));
}

function withinLimit(
	poll: Poll,
	judged: readonly (CountedBallot | FaultyRecord)[],
): readonly (CountedBallot | FaultyRecord)[] {
	const counted = judged.flatMap((item) => ('choice' in item ? [item] : []));
	const over = holdersOverLimit(counted, poll.rule.proxies);
	return judged.map((item) =>
		'choice' in item && item.holder !== undefined && over.has(item.holder)
			? { id: item.id, voter: item.voter, fault: 'proxies-over-limit' }
			: item,
	);
}
