import type { DeviceKey, MemberId, PollId, RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Standing } from '../validity/standing.ts';
import { decodeRoll, suitsKind, type RollUnit } from './roll.ts';
import { decide } from './decision.ts';
import { decodeGroups } from './groups.ts';
import type { Closing, Objection, Poll, PollStatus } from './state.ts';

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

function foldPoll(standing: Standing, opened: LedgerRecord<'poll.open'>, closings: readonly Closing[]): Poll {
	const { ledger, blobs } = standing;
	const { topic, text, question, form, options, rule, n, unit, tellers, q, stations, closesAt } = opened.body;
	const { presentOnly = false, follows, groups } = opened.body;
	const roll = decodeRoll(blobs(opened.body.roll));
	const final = standingOf(closings);
	const cancelled = standing.view.citing(opened.id, 'poll.cancel').length > 0;
	return {
		...{ id: opened.id, topic, text, question, form, options, rule, unit, roll, n, tellers, q, stations, closesAt },
		...{ presentOnly, closings, at: opened.at },
		groups: groups === undefined ? [] : decodeGroups(blobs(groups)),
		devices: decodeIdList<DeviceKey>(blobs(opened.body.devices)),
		follows: follows && { poll: follows[0], as: follows[1] },
		openedBy: authorMember(ledger, opened),
		status: rollStatus(opened, blobs(opened.body.roll) !== undefined, roll) ?? statusOf(closings, final, cancelled),
		standing: final.length === 1 ? final[0] : undefined,
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
	const { list, declared, attendance, supersedes, revs, seals, without } = close.body;
	const own = certifiersOf(standing.under(revs).view, poll, close);
	const now = certifiersOf(standing.view, poll, close);
	const certified = own.length >= poll.body.q;
	if (!certified && !(standing.stands(close) && standing.stands(poll))) return [];
	const closer = authorMember(standing.ledger, close);
	const disputed = certified && now.length < poll.body.q;
	const decision = decide(poll.body.rule, declared);
	const objections = objectionsTo(standing.view, close);
	return [
		{
			...{ id: close.id, closer, list, declared, attendance, seals, without, supersedes, revs },
			...{ certifiers: own, certified, disputed, objections, decision },
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

function objectionsTo(view: LedgerReader, close: LedgerRecord<'poll.close'>): readonly Objection[] {
	return view
		.citing(close.id, 'objection')
		.map((record) => ({ id: record.id, member: authorMember(view, record), ballot: record.body.ballot }));
}

/** POLL-2, POLL-15: nothing is voted on a roll that is not as declared. */
function rollStatus(
	{ body }: LedgerRecord<'poll.open'>,
	isHeld: boolean,
	roll: readonly RollUnit[] | undefined,
): PollStatus | undefined {
	if (!isHeld) return 'roll-missing';
	return roll?.length === body.n && roll.every((unit) => suitsKind(body.unit, unit)) ? undefined : 'roll-invalid';
}

/** POLL-22: a cancellation is void once a closing is certified. */
function statusOf(closings: readonly Closing[], final: readonly Closing[], cancelled: boolean): PollStatus {
	if (final.length > 1) return 'contested';
	if (final.length === 1) return 'certified';
	if (cancelled) return 'cancelled';
	return closings.length > 0 ? 'closed' : 'open';
}
