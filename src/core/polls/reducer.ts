import type { DeviceKey, MemberId, PollId, RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Standing } from '../validity/standing.ts';
import { decodeRoll, type RollUnit } from './roll.ts';
import { decide } from './decision.ts';
import type { Closing, Poll, PollStatus } from './state.ts';

/** Structure only: a poll's ballots are never read here, so a device without them has the same state (LEDGER 0.3). */
export function foldPolls(standing: Standing): ReadonlyMap<PollId, Poll> {
	const polls = standing.ledger.ofType('poll.open').flatMap((opened) => {
		const closed = standing.ledger
			.citing(opened.id, 'poll.close')
			.flatMap((close) => foldClosing(standing, opened, close));
		const stands = standing.stands(opened) || closed.some(({ certified }) => certified);
		return stands ? [foldPoll(standing, opened, closed)] : [];
	});
	return new Map(polls.map((poll) => [poll.id, poll]));
}

function foldPoll({ ledger, blobs }: Standing, opened: LedgerRecord<'poll.open'>, closings: readonly Closing[]): Poll {
	const { topic, text, question, options, rule, n, tellers, q, presentOnly, closesAt } = opened.body;
	const roll = decodeRoll(blobs(opened.body.roll));
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

/**
 * POLL-14, LEDGER 4.6: a closing is judged under the revocations it names, so that a later one, also a malicious one,
 * changes no certified count. One that is not certified needs its author's authority as everything does.
 */
function foldClosing(
	standing: Standing,
	poll: LedgerRecord<'poll.open'>,
	close: LedgerRecord<'poll.close'>,
): readonly Closing[] {
	const { list, declared, attendance, supersedes, revs } = close.body;
	const own = certifiersOf(standing.under(revs).view, poll, close);
	const now = certifiersOf(standing.view, poll, close);
	const certified = own.length >= poll.body.q;
	if (!certified && !(standing.stands(close) && standing.stands(poll))) return [];
	const closer = authorMember(standing.ledger, close);
	const disputed = certified && now.length < poll.body.q;
	const decision = decide(poll.body.rule, declared);
	return [
		{
			...{ id: close.id, closer, list, declared, attendance, supersedes, revs },
			...{ certifiers: own, certified, disputed, decision },
		},
	];
}

/** POLL-6: distinct members among the poll's tellers, never the closer; two devices of one teller are one. */
function certifiersOf(
	view: LedgerReader,
	poll: LedgerRecord<'poll.open'>,
	close: LedgerRecord<'poll.close'>,
): readonly MemberId[] {
	if (!view.has(poll.id) || !view.has(close.id)) return [];
	const closer = authorMember(view, close);
	const signers = view
		.citing(close.id, 'cosign')
		.filter(({ body }) => body.kind === 'certify')
		.map((cosign) => authorMember(view, cosign));
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
