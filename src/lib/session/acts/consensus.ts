import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { decodeMemberBlob, decodeTextBlob } from '#core/ledger/blobs.ts';
import { recordConsensus, replyToDissent } from '#core/minutes/acts.ts';
import {
	consensusAsked,
	mayAnswerConsensus,
	mayProposeConsensus,
	mayRecordConsensus,
	mayReplyToDissent,
	type AnswerConsensusRefusal,
	type ProposeConsensusRefusal,
	type RecordConsensusRefusal,
	type ReplyRefusal,
} from '#core/minutes/consensus-rules.ts';
import { wordsField } from '#core/minutes/records.ts';
import type { Consensus, Dissent } from '#core/minutes/state.ts';
import { cosign } from '#core/polls/acts.ts';
import { assentNeeded } from '#core/procedures/of-topic.ts';
import type { Topic } from '#core/topics/state.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { oneLine } from '../one-line.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<Code extends string> = Promise<Result<RecordId, WriteRefusal | Code>>;

/** 提议不投票: the convener agrees first, and everybody is asked. */
export async function proposeConsensus(workspace: Workspace, topic: Topic): Outcome<ProposeConsensusRefusal> {
	const allowed = mayProposeConsensus(workspace.state, workspace.me, topic);
	const text = topic.texts[0];
	if (!allowed.ok) return allowed;
	if (!text) return err('text-not-frozen');
	return workspace.write((composer) => cosign(composer, allowed.value, text.id, 'approve'));
}

/** 同意 or 不同意 settling the text without a vote. */
export async function answerConsensus(
	workspace: Workspace,
	topic: Topic,
	kind: 'approve' | 'object',
): Outcome<AnswerConsensusRefusal> {
	const allowed = mayAnswerConsensus(workspace.state, workspace.me, topic);
	const text = topic.texts[0];
	if (!allowed.ok) return allowed;
	if (!text) return err('text-not-frozen');
	return workspace.write((composer) => cosign(composer, allowed.value, text.id, kind));
}

/** How many members other than the convener must have agreed. */
export const consensusNeeds = (workspace: Workspace, topic: Topic): number =>
	assentNeeded(workspace.ledger, workspace.blob, topic.id);

/** Records that it is settled, with the words of each member who was against it. */
export async function settle(
	workspace: Workspace,
	topic: Topic,
	wordsOf: ReadonlyMap<MemberId, string>,
): Outcome<RecordConsensusRefusal> {
	const allowed = mayRecordConsensus(workspace.state, workspace.me, topic, consensusNeeds(workspace, topic));
	const text = consensusAsked(workspace.state, topic);
	if (!allowed.ok) return allowed;
	if (!text) return err('consensus-not-proposed');
	const considered = text.assents.map(({ id }) => id);
	const against = [...wordsOf].map(([member, words]) => ({ member, words: oneLine(words), salt: randomBytes(16) }));
	return workspace.write((composer) =>
		recordConsensus(composer, allowed.value, topic.id, text.id, considered, against),
	);
}

/** 答复: what the public page will answer to one who was against it. */
export async function reply(
	workspace: Workspace,
	consensus: Consensus,
	dissenter: MemberId,
	words: string,
): Outcome<ReplyRefusal> {
	const allowed = mayReplyToDissent(workspace.state, workspace.me, consensus, dissenter);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) =>
		replyToDissent(composer, allowed.value, consensus.id, dissenter, oneLine(words)),
	);
}

/** A dissenter's own words; undefined while they are on the way. */
export function dissentWords(workspace: Workspace, { words }: Dissent): string | undefined {
	void workspace.revision;
	return decodeMemberBlob(wordsField, workspace.blob(words));
}

/** What a dissenter was answered. */
export function repliesTo(workspace: Workspace, { replies }: Dissent): readonly string[] {
	void workspace.revision;
	return replies.flatMap(({ words }) => decodeTextBlob(workspace.blob(words)) ?? []);
}
