import type { BlobHash, MemberId, RecordId } from '#core/kernel/ids.ts';
import { decodeIdList } from '#core/ledger/blobs.ts';
import { meetingOnTopic, presentAt } from '#core/meetings/selectors.ts';
import { NOBODY, type Counts } from '#core/polls/counts.ts';
import type { Choice } from '#core/polls/records.ts';
import { isOnRoll } from '#core/polls/rules.ts';
import type { Closing, Poll } from '#core/polls/state.ts';
import type { RichText } from '#core/proposals/text.ts';
import { myBallots } from '#lib/session/acts/ballots.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** The frozen text a poll is about. It may have been replaced since, and the vote is still on this one. */
export interface VotedText {
	readonly blob: BlobHash;
	readonly at: number;
	/** undefined while it is on its way. */
	readonly doc: RichText | undefined;
}

export function votedText(workspace: Workspace, { text }: Pick<Poll, 'text'>): VotedText | undefined {
	void workspace.revision;
	const frozen = workspace.ledger.find(text, 'text.freeze');
	return frozen && { blob: frozen.body.blob, at: frozen.at, doc: workspace.textOf(frozen.body.blob) };
}

/** What I said last, as this device knows it. */
export interface OwnBallot {
	readonly id: RecordId;
	readonly choice: Choice;
	readonly picks?: readonly number[];
	readonly at: number;
	readonly delivery: 'waiting' | 'sent' | 'refused';
}

export function ownBallot(workspace: Workspace, poll: Poll): OwnBallot | undefined {
	const last = myBallots(workspace, poll.id).at(-1);
	if (!last) return undefined;
	const row = workspace.outbox.find(({ id }) => id === last.id);
	const delivery = row === undefined ? 'sent' : row.refusal === undefined ? 'waiting' : 'refused';
	const { choice, picks } = last.body;
	return { id: last.id, choice, ...(picks && { picks }), at: last.at, delivery };
}

/** Whether a closing lists a ballot; undefined while the list is not held here. */
export function isListed(workspace: Workspace, closing: Closing, ballot: RecordId): boolean | undefined {
	void workspace.revision;
	return decodeIdList<RecordId>(workspace.blob(closing.list))?.includes(ballot);
}

/** RELAY-56: what a server has signed about a ballot that it holds. */
export function writtenReceipt(workspace: Workspace, ballot: RecordId): RecordId | undefined {
	void workspace.revision;
	return workspace.ledger.ofType('receipt').find(({ body }) => body.ids.includes(ballot))?.id;
}

/** Who is counted where only those present are; undefined before attendance was taken. */
const presentFor = (workspace: Workspace, { topic }: Pick<Poll, 'topic'>): readonly MemberId[] | undefined =>
	presentAt(meetingOnTopic(workspace.state, topic));

/** On the roll, and by the attendance so far not in the room: the ballot would not count. */
export function missesAttendance(workspace: Workspace, poll: Poll): boolean {
	const { me } = workspace;
	if (!poll.presentOnly || me === undefined || !isOnRoll(poll, me)) return false;
	return !(presentFor(workspace, poll)?.includes(me) ?? false);
}

/** What is known of the seven counts while a poll is open: who could come, and who came. */
export function countsSoFar(workspace: Workspace, poll: Poll): Counts {
	const present = presentFor(workspace, poll)?.length ?? 0;
	return { units: { ...NOBODY, eligible: poll.n, present }, heads: NOBODY, area: NOBODY };
}
