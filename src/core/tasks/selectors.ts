import { compareText, type MemberId, type PollId, type RecordId, type TopicId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import { consensusAsked, mayAnswerConsensus, mayReplyToDissent } from '../minutes/consensus-rules.ts';
import { mayApproveMinutes, mayCosignMinutes } from '../minutes/rules.ts';
import type { Minutes } from '../minutes/state.ts';
import { tellersBeside } from '../polls/opening-rules.ts';
import { isTeller, mayCastBallot, mayCertify } from '../polls/rules.ts';
import { shownClosing } from '../polls/selectors.ts';
import type { Poll } from '../polls/state.ts';
import { nextStep } from '../procedures/engine.ts';
import { assentNeeded, procedureOf } from '../procedures/of-topic.ts';
import { mayFreezeText } from '../proposals/rules.ts';
import { mayPublish, maySecondPublication } from '../publication/rules.ts';
import { authorMember } from '../roster/authorship.ts';
import { mayGrantRole, permission } from '../roster/rules.ts';
import { currentStep } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';

/** Something that waits for one member: what it is, and the ids that lead to it. Words and links are the screen's. */
export type Task =
	| { readonly kind: 'vote'; readonly poll: PollId; readonly topic: TopicId; readonly closesAt: number | undefined }
	| { readonly kind: 'countersign-hands'; readonly poll: PollId; readonly topic: TopicId; readonly count: RecordId }
	| { readonly kind: 'certify'; readonly poll: PollId; readonly topic: TopicId; readonly closing: RecordId }
	| { readonly kind: 'admit'; readonly newcomers: number }
	| { readonly kind: 'answer-proposal'; readonly topic: TopicId; readonly text: RecordId }
	| { readonly kind: 'answer-dissent'; readonly topic: TopicId; readonly consensus: RecordId }
	| { readonly kind: 'agree-to-minutes'; readonly topic: TopicId; readonly minutes: RecordId }
	| { readonly kind: 'approve-minutes'; readonly topic: TopicId; readonly minutes: RecordId }
	| { readonly kind: 'second-publication'; readonly topic: TopicId; readonly publication: RecordId }
	| { readonly kind: 'publish'; readonly topic: TopicId }
	| { readonly kind: 'invite' }
	| { readonly kind: 'name-tellers' }
	| { readonly kind: 'finish-draft'; readonly topic: TopicId };

export type TaskOf<K extends Task['kind']> = Extract<Task, { readonly kind: K }>;

const TELLERS = 2;

/** What the device holds: own ballots and hand counts are in poll scopes, which the folded state leaves out. */
interface Source {
	readonly ledger: LedgerReader;
	readonly state: CornerState;
	readonly blobs: BlobSource;
}

/**
 * TASK-1: everything that is asked of a member now, and nothing the rules would refuse. Votes come first, the nearest
 * deadline before the others; then what holds up other people, in the order of `Task`; within a kind, oldest first.
 * Deadlines are compared, never judged: nothing here knows what time it is.
 */
export function tasksFor(source: Source, member: MemberId | undefined): readonly Task[] {
	if (member === undefined) return [];
	return [
		...votes(source, member),
		...handCounts(source, member),
		...closings(source, member),
		...newcomers(source, member),
		...proposalsToAnswer(source, member),
		...dissentToAnswer(source, member),
		...minutesToAgreeTo(source, member),
		...minutesToApprove(source, member),
		...publicationsToSecond(source, member),
		...outcomesToPublish(source, member),
		...firstInvitation(source, member),
		...missingTellers(source, member),
		...draftsToFinish(source, member),
	];
}

function votes({ ledger, state }: Source, member: MemberId): readonly TaskOf<'vote'>[] {
	const hasVoted = (poll: PollId) =>
		ledger.citing(poll, 'ballot').some((ballot) => authorMember(ledger, ballot) === member);
	return [...state.polls.values()]
		.filter((poll) => mayCastBallot(poll, member).ok && !hasVoted(poll.id))
		.sort(byDeadline)
		.map(({ id, topic, closesAt }) => ({ kind: 'vote', poll: id, topic, closesAt }));
}

function handCounts({ ledger, state }: Source, member: MemberId): readonly TaskOf<'countersign-hands'>[] {
	const signed = ledger.ofType('cosign').filter(({ body }) => body.kind === 'count');
	const countersigned = new Set(signed.map(({ body }) => body.target));
	return ledger.ofType('hand.count').flatMap((count) => {
		const poll = state.polls.get(count.body.poll);
		const waits = poll?.status === 'open' && !countersigned.has(count.id);
		if (!waits || !isTeller(poll, member) || authorMember(ledger, count) === member) return [];
		return [{ kind: 'countersign-hands', poll: poll.id, topic: poll.topic, count: count.id }];
	});
}

function closings({ state }: Source, member: MemberId): readonly TaskOf<'certify'>[] {
	const closed = [...state.polls.values()].filter(({ status }) => status === 'closed');
	return closed.flatMap((poll) => {
		const closing = shownClosing(poll);
		return closing && mayCertify(poll, closing, member).ok
			? [{ kind: 'certify', poll: poll.id, topic: poll.topic, closing: closing.id }]
			: [];
	});
}

function newcomers({ state: { roster } }: Source, member: MemberId): readonly TaskOf<'admit'>[] {
	const waiting = roster.newcomers.length;
	return waiting > 0 && permission(roster, member, 'member.add').ok ? [{ kind: 'admit', newcomers: waiting }] : [];
}

/** What a convener proposes to settle without a vote. */
function proposalsToAnswer({ state }: Source, member: MemberId): readonly TaskOf<'answer-proposal'>[] {
	return [...state.topics.values()].flatMap((topic) => {
		const text = mayAnswerConsensus(state, member, topic).ok ? consensusAsked(state, topic) : undefined;
		return text ? [{ kind: 'answer-proposal', topic: topic.id, text: text.id }] : [];
	});
}

function dissentToAnswer({ state }: Source, member: MemberId): readonly TaskOf<'answer-dissent'>[] {
	return [...state.consensus.values()]
		.filter((settled) => settled.dissent.some((one) => mayReplyToDissent(state, member, settled, one.member).ok))
		.map(({ id, topic }) => ({ kind: 'answer-dissent', topic, consensus: id }));
}

function minutesToAgreeTo({ state }: Source, member: MemberId): readonly TaskOf<'agree-to-minutes'>[] {
	return [...state.minutes.values()]
		.filter((minutes) => minutes.author !== member && mayCosignMinutes(state, member, minutes).ok)
		.map(({ id, topic }) => ({ kind: 'agree-to-minutes', topic, minutes: id }));
}

function minutesToApprove(source: Source, member: MemberId): readonly TaskOf<'approve-minutes'>[] {
	const mayApprove = (minutes: Minutes) => {
		const needed = assentNeeded(source.ledger, source.blobs, minutes.topic);
		return mayApproveMinutes(source.state, member, minutes, needed).ok;
	};
	const due = [...source.state.minutes.values()].filter(mayApprove);
	return due.map(({ id, topic }) => ({ kind: 'approve-minutes', topic, minutes: id }));
}

function publicationsToSecond({ state }: Source, member: MemberId): readonly TaskOf<'second-publication'>[] {
	const editions = [...state.publications.values()].filter(({ hiddenBy }) => hiddenBy === undefined);
	return [...editions, ...state.withdrawals.values()]
		.filter(({ current, stands }) => current && !stands)
		.filter((waiting) => maySecondPublication(state, member, waiting).ok)
		.map(({ id, topic }) => ({ kind: 'second-publication', topic, publication: id }));
}

/** Decided, minutes approved, in the last step, and nobody has published it yet. */
function outcomesToPublish({ ledger, blobs, state }: Source, member: MemberId): readonly TaskOf<'publish'>[] {
	const published = new Set([...state.publications.values()].map(({ topic }) => topic));
	return [...state.topics.values()].flatMap((topic) => {
		const procedure = procedureOf(ledger, blobs, topic.id);
		const due = procedure && !published.has(topic.id) && mayPublish(state, member, topic, procedure).ok;
		return due ? [{ kind: 'publish', topic: topic.id }] : [];
	});
}

/** A corner of one person, nobody waiting: the first thing to do is to ask the others in. */
function firstInvitation({ state: { roster } }: Source, member: MemberId): readonly TaskOf<'invite'>[] {
	const alone = roster.members.size === 1 && roster.newcomers.length === 0;
	return alone && permission(roster, member, 'invite').ok ? [{ kind: 'invite' }] : [];
}

/** POLL-1 needs two tellers besides whoever opens a vote; asked for once there are people to choose from. */
function missingTellers({ state: { roster } }: Source, member: MemberId): readonly TaskOf<'name-tellers'>[] {
	const due = roster.members.size > TELLERS && tellersBeside(roster, member).length < TELLERS;
	const mayAct = permission(roster, member, 'poll.open').ok && mayGrantRole(roster, member, 'teller').ok;
	return due && mayAct ? [{ kind: 'name-tellers' }] : [];
}

/** The next step waits for a final text, and this member may make it final. */
function draftsToFinish(source: Source, member: MemberId): readonly TaskOf<'finish-draft'>[] {
	return [...source.state.topics.values()]
		.filter((topic) => topic.texts.length === 0 && waitsForText(source, topic))
		.filter((topic) => mayFreezeText(source.state, member, topic).ok)
		.map(({ id }) => ({ kind: 'finish-draft', topic: id }));
}

function waitsForText({ ledger, blobs }: Source, topic: Topic): boolean {
	const procedure = procedureOf(ledger, blobs, topic.id);
	const current = procedure && currentStep(topic, procedure);
	if (!procedure || current === undefined) return false;
	const next = nextStep(procedure, current, new Set());
	return !next.ok && next.error.gates.includes('text-frozen');
}

function byDeadline(a: Poll, b: Poll): number {
	return (a.closesAt ?? Infinity) - (b.closesAt ?? Infinity) || a.at - b.at || compareText(a.id, b.id);
}
