import type { DeviceKey, MemberId, PollId, RecordId } from '../kernel/ids.ts';
import { decodeIdList, type BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import { decodeRoll, type RollUnit } from './roll.ts';
import { decide } from './decision.ts';
import type { Closing, Poll, PollStatus } from './state.ts';

/** Structure only: a poll's ballots are never read here, so a device without them has the same state (LEDGER 0.3). */
export function foldPolls(ledger: Ledger, blobs: BlobSource): ReadonlyMap<PollId, Poll> {
	return new Map(ledger.ofType('poll.open').map((opened) => [opened.id, foldPoll(ledger, blobs, opened)]));
}

function foldPoll(ledger: Ledger, blobs: BlobSource, opened: LedgerRecord<'poll.open'>): Poll {
	const { topic, text, question, options, rule, n, tellers, q, presentOnly, closesAt } = opened.body;
	const roll = decodeRoll(blobs(opened.body.roll));
	const closings = foldClosings(ledger, opened);
	const standing = standingOf(closings);
	return {
		...{ id: opened.id, topic, text, question, options, rule, roll, n, tellers, q, closesAt, at: opened.at },
		presentOnly: presentOnly ?? false,
		devices: decodeIdList<DeviceKey>(blobs(opened.body.devices)),
		openedBy: authorMember(ledger, opened),
		closings,
		status: statusOf(blobs(opened.body.roll) !== undefined, roll, n, closings, standing),
		standing: standing.length === 1 ? standing[0] : undefined,
	};
}

function foldClosings(ledger: Ledger, poll: LedgerRecord<'poll.open'>): readonly Closing[] {
	return ledger
		.ofType('poll.close')
		.filter(({ body }) => body.poll === poll.id)
		.map((close) => foldClosing(ledger, poll, close));
}

function foldClosing(ledger: Ledger, poll: LedgerRecord<'poll.open'>, close: LedgerRecord<'poll.close'>): Closing {
	const { list, declared, attendance, supersedes } = close.body;
	const closer = authorMember(ledger, close);
	const certifiers = certifiersOf(ledger, poll, close.id, closer);
	const decision = decide(poll.body.rule, declared);
	const certified = certifiers.length >= poll.body.q;
	return { id: close.id, closer, list, declared, attendance, supersedes, certifiers, certified, decision };
}

/** POLL-6: distinct members among the poll's tellers, never the closer; two devices of one teller are one. */
function certifiersOf(
	ledger: Ledger,
	poll: LedgerRecord<'poll.open'>,
	close: RecordId,
	closer: MemberId | undefined,
): readonly MemberId[] {
	const signers = ledger
		.ofType('cosign')
		.filter(({ body }) => body.target === close && body.kind === 'certify')
		.map((cosign) => authorMember(ledger, cosign));
	return poll.body.tellers.filter((teller) => teller !== closer && signers.includes(teller));
}

/** POLL-7: certified closings that no certified closing supersedes. More than one is a contest and no outcome. */
function standingOf(closings: readonly Closing[]): readonly Closing[] {
	const certified = closings.filter((closing) => closing.certified);
	const superseded = new Set(certified.flatMap((closing) => supersededBy(closings, closing)));
	return certified.filter(({ id }) => !superseded.has(id));
}

/** LEDGER 4.5: superseding is transitive, also through a closing that nobody certified. */
export function supersededBy(closings: readonly Closing[], { supersedes }: Closing): readonly RecordId[] {
	if (supersedes === undefined) return [];
	const next = closings.find(({ id }) => id === supersedes);
	return next ? [supersedes, ...supersededBy(closings, next)] : [supersedes];
}

function statusOf(
	rollHeld: boolean,
	roll: readonly RollUnit[] | undefined,
	n: number,
	closings: readonly Closing[],
	standing: readonly Closing[],
): PollStatus {
	if (!rollHeld) return 'roll-missing';
	if (roll?.length !== n || !roll.every(isMemberUnit)) return 'roll-invalid';
	if (standing.length > 1) return 'contested';
	if (standing.length === 1) return 'certified';
	return closings.length > 0 ? 'closed' : 'open';
}

/** POLL-2: where members vote, each is a unit of their own. */
function isMemberUnit({ unit, members }: RollUnit): boolean {
	return members.length === 1 && members[0] === unit;
}
