import type { MemberId, PollId, RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import type { Meeting } from '#core/meetings/state.ts';
import { closePoll, cosign, countHands, openPoll } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { keeperOf } from '#core/polls/ballot-box.ts';
import { countAnew } from '#core/polls/correcting.ts';
import type { Defect } from '#core/polls/defects.ts';
import { mayOpenPoll, tellersBeside, type OpenPollRefusal } from '#core/polls/opening-rules.ts';
import type { RuleProfile } from '#core/polls/profiles.ts';
import type { Choice } from '#core/polls/records.ts';
import {
	mayCertify,
	mayClosePoll,
	mayCorrectClosing,
	mayCountHands,
	type CertifyRefusal,
	type ClosingRefusal,
} from '#core/polls/rules.ts';
import { sealsOf } from '#core/polls/seals.ts';
import { shownClosing } from '#core/polls/selectors.ts';
import type { Closing, Poll } from '#core/polls/state.ts';
import { mayVouch, type VouchRefusal } from '#core/polls/vouching.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Topic } from '#core/topics/state.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<T, Code extends string> = Promise<Result<T, WriteRefusal | Code>>;

export type CloseRefusal = ClosingRefusal | 'poll-open' | 'attendance-missing' | 'station-unexplained';

const TELLERS_TO_CERTIFY = 2;

/** Opens a vote on the topic's frozen text: every member is on the roll, every other teller may certify. */
export async function openVote(
	workspace: Workspace,
	topic: Topic,
	question: string,
	profile: RuleProfile,
	closesAt?: number,
): Outcome<PollId, OpenPollRefusal> {
	const { state, me } = workspace;
	const allowed = mayOpenPoll(state, me, topic);
	if (!allowed.ok) return allowed;
	const text = topic.texts[0]?.id;
	if (me === undefined || text === undefined) return err('text-not-frozen');
	const plan = {
		...{ topic: topic.id, text, question: question.trim(), profile },
		voters: [...state.roster.members.keys()],
		tellers: tellersBeside(state.roster, me),
		q: TELLERS_TO_CERTIFY,
		devices: [...state.roster.devices.keys()],
		...(closesAt === undefined ? {} : { closesAt }),
	};
	return workspace.write((composer) => openPoll(composer, allowed.value, plan));
}

/** Those who raised their hands in the room; stands once another teller has countersigned. */
export async function enterHandCount(
	workspace: Workspace,
	poll: Poll,
	voters: readonly MemberId[],
	counts: Readonly<Record<Choice | 'spoiled', number>>,
	replaces: readonly RecordId[] = [],
): Outcome<RecordId, ClosingRefusal> {
	const allowed = mayCountHands(poll, workspace.me);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => countHands(composer, poll.id, voters, counts, replaces));
}

/** Hand counts in a poll and whether another teller still has to countersign them. */
export function handCounts(workspace: Workspace, poll: Poll) {
	void workspace.revision;
	const { view: ledger } = workspace.standing;
	return ledger
		.ofType('hand.count')
		.filter(({ scope }) => scope === poll.id)
		.map((record) => {
			const signers = ledger
				.ofType('cosign')
				.filter(({ body }) => body.target === record.id && body.kind === 'count')
				.map((cosigned) => authorMember(ledger, cosigned));
			return { record, author: authorMember(ledger, record), signers };
		});
}

export function countersignHandCount(workspace: Workspace, poll: Poll, count: RecordId): Outcome<RecordId, never> {
	return workspace.write((composer) => cosign(composer, undefined, count, 'count', poll.id));
}

/** What would be declared if the vote were closed now. `meeting` gives the attendance where only those present count. */
export function provisionalCount(workspace: Workspace, poll: Poll, meeting: Meeting | undefined) {
	void workspace.revision;
	return countNow(workspace.standing, poll, meeting?.attendances.at(-1)?.present);
}

/** What would be declared in place of a closing if the vote were counted anew. */
export function renewedCount(workspace: Workspace, poll: Poll, earlier: Closing, meeting: Meeting | undefined) {
	void workspace.revision;
	return countAnew(workspace.standing, poll, earlier, meeting?.attendances.at(-1)?.present);
}

/** Why a station is counted without a seal. */
export type WithoutSeal = readonly (readonly [station: MemberId, reason: string])[];

/**
 * Closes with everything held here, or closes anew in place of a closing that is not certified yet. Cites every seal
 * that stands; `without` says why a station has none. Provisional until the tellers have certified.
 */
export async function closeVote(
	workspace: Workspace,
	poll: Poll,
	meeting: Meeting | undefined,
	without: WithoutSeal = [],
): Outcome<RecordId, CloseRefusal> {
	const corrected = shownClosing(poll);
	const rule = corrected ? mayCorrectClosing : mayClosePoll;
	const allowed = rule(workspace.state, poll, workspace.me);
	if (!allowed.ok) return allowed;
	const attendance = meeting?.attendances.length === 1 ? meeting.attendances[0]?.id : undefined;
	if (poll.presentOnly && attendance === undefined) return err('attendance-missing');
	const seals = sealsOf(keeperOf(workspace.standing), poll);
	const excused = without.filter(([station]) => !seals.some((seal) => seal.station === station));
	const accounted = [...seals.map(({ station }) => station), ...excused.map(([station]) => station)];
	if (!poll.stations.every((station) => accounted.includes(station))) return err('station-unexplained');
	const { ids, tally } = corrected
		? renewedCount(workspace, poll, corrected, meeting)
		: provisionalCount(workspace, poll, meeting);
	const plan = {
		...{ poll: poll.id, ids, declared: tally.counts, supersedes: corrected?.id, without: excused },
		attendance: poll.presentOnly ? attendance : undefined,
		seals: seals.map(({ id }) => id),
	};
	return workspace.write((composer) => closePoll(composer, allowed.value, plan));
}

/** A teller vouches for a closing. `seen`: what is wrong with it, as the teller was shown it. */
export async function certify(
	workspace: Workspace,
	poll: Poll,
	closing: Closing,
	seen: readonly Defect[] = [],
): Outcome<RecordId, CertifyRefusal | VouchRefusal> {
	const allowed = mayCertify(poll, closing, workspace.me);
	if (!allowed.ok) return allowed;
	const counted = mayVouch(workspace.standing, poll, closing, seen);
	if (!counted.ok) return counted;
	return workspace.write((composer) => cosign(composer, undefined, closing.id, 'certify'));
}
