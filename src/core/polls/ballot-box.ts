import { groupBy } from '../kernel/group.ts';
import { compareText, type DeviceKey, type MemberId, type RecordId } from '../kernel/ids.ts';
import { decodeIdList, type BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Poll } from './state.ts';
import type { CountedBallot, CountedHands, Electorate } from './tally.ts';

/** Why a record in a poll's scope has no weight there. */
export type BallotFault =
	| 'voter-not-on-roll'
	| 'voter-absent'
	| 'key-serves-two'
	| 'not-cosigned'
	| 'blob-missing'
	| 'hand-count-invalid'
	| 'voters-overlap';

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

export function electorateOf(poll: Poll, present: readonly MemberId[] | undefined): Electorate {
	const roll = new Set((poll.roll ?? []).flatMap(({ members }) => members));
	if (!poll.presentOnly) return { roll, present: undefined };
	return { roll, present: new Set((present ?? []).filter((member) => roll.has(member))) };
}

/**
 * POLL-9: everything held of the scope, judged against the electorate. With `listed`, only what a closing lists: what
 * it does not list can neither replace nor contradict what it does (LEDGER 4.4).
 */
export function openBallotBox(
	ledger: LedgerReader,
	blobs: BlobSource,
	poll: Poll,
	electorate: Electorate,
	listed?: ReadonlySet<RecordId>,
): BallotBox {
	const inBox = ({ id, scope }: LedgerRecord) => scope === poll.id && (listed?.has(id) ?? true);
	const counts = ledger.citing(poll.id, 'hand.count').filter(inBox);
	const cast = ledger.citing(poll.id, 'ballot');
	const byKey = groupBy(cast, ({ by }) => by);
	const serveTwo = new Set([...byKey].filter(([, own]) => votersOf(ledger, own).size > 1).map(([key]) => key));
	const ballots = cast.filter(inBox);
	const hands = counts.map((count) => judgeHands(ledger, blobs, poll, electorate, count));
	const replaced = replacedAmong(ledger, hands);
	const current = hands.filter(({ id }) => !replaced.includes(id));
	const judged = [
		...ballots.map((ballot) => judgeBallot(ledger, electorate, serveTwo, ballot)),
		...withoutOverlaps(current),
	];
	return {
		ballots: judged.flatMap((item) => ('choice' in item ? [item] : [])),
		hands: judged.flatMap((item) => ('counts' in item ? [item] : [])),
		faulty: judged.flatMap((item) => ('fault' in item ? [item] : [])),
		replaced,
	};
}

type JudgedHands = CountedHands | FaultyRecord;

/** Only a count that stands replaces another. */
function replacedAmong(ledger: LedgerReader, judged: readonly JudgedHands[]): readonly RecordId[] {
	const standing = judged.filter((item) => 'counts' in item).map(({ id }) => id);
	const named = new Set(standing.flatMap((id) => ledger.find(id, 'hand.count')?.body.replaces ?? []));
	return standing.filter((id) => named.has(id));
}

function judgeBallot(
	ledger: LedgerReader,
	electorate: Electorate,
	serveTwo: ReadonlySet<DeviceKey>,
	ballot: LedgerRecord<'ballot'>,
): CountedBallot | FaultyRecord {
	const { id, body } = ballot;
	const voter = authorMember(ledger, ballot);
	const faulty = (fault: BallotFault): FaultyRecord => ({ id, voter, fault });
	if (voter === undefined || !electorate.roll.has(voter)) return faulty('voter-not-on-roll');
	if (electorate.present?.has(voter) === false) return faulty('voter-absent');
	if (serveTwo.has(ballot.by)) return faulty('key-serves-two');
	return { id, voter, choice: body.choice, replaces: body.replaces };
}

function judgeHands(
	ledger: LedgerReader,
	blobs: BlobSource,
	poll: Poll,
	electorate: Electorate,
	count: LedgerRecord<'hand.count'>,
): JudgedHands {
	const { id, body } = count;
	const faulty = (fault: BallotFault): FaultyRecord => ({ id, voter: undefined, fault });
	const bytes = blobs(body.voters);
	const voters = decodeIdList<MemberId>(bytes);
	if (!bytes) return faulty('blob-missing');
	const { approve, reject, abstain, spoiled } = body.counts;
	if (voters?.length !== approve + reject + abstain + spoiled) return faulty('hand-count-invalid');
	if (!voters.every((voter) => electorate.roll.has(voter))) return faulty('voter-not-on-roll');
	if (!voters.every((voter) => electorate.present?.has(voter) ?? true)) return faulty('voter-absent');
	if (!isCosigned(ledger, poll, count)) return faulty('not-cosigned');
	return { id, voters, counts: body.counts };
}

/** A hand count stands once another teller of the poll has countersigned it. */
function isCosigned(ledger: LedgerReader, poll: Poll, count: LedgerRecord<'hand.count'>): boolean {
	const author = authorMember(ledger, count);
	return ledger
		.citing(count.id, 'cosign')
		.filter(({ body }) => body.kind === 'count')
		.map((cosign) => authorMember(ledger, cosign))
		.some((member) => member !== undefined && member !== author && poll.tellers.includes(member));
}

/**
 * Hand counts that nobody replaced must not share a voter: two that do are both void, since a sum of hands does not
 * tell whose hand was whose.
 */
function withoutOverlaps(judged: readonly JudgedHands[]): readonly JudgedHands[] {
	const current = judged.filter((item) => 'counts' in item).sort((a, b) => compareText(a.id, b.id));
	const shares = (hands: CountedHands) =>
		current.some((other) => other.id !== hands.id && other.voters.some((voter) => hands.voters.includes(voter)));
	const overlapping = current
		.filter(shares)
		.map(({ id }): FaultyRecord => ({ id, voter: undefined, fault: 'voters-overlap' }));
	return [...judged.filter((item) => 'fault' in item), ...overlapping, ...current.filter((hands) => !shares(hands))];
}

/**
 * LEDGER 2: a key that votes for two voters voids all its ballots. That an officer has added it to a second member
 * voids nothing: only its holder can make it vote.
 */
function votersOf(ledger: LedgerReader, own: readonly LedgerRecord<'ballot'>[]): ReadonlySet<MemberId | undefined> {
	return new Set(own.map((ballot) => authorMember(ledger, ballot)));
}
