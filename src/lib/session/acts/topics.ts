import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { PROCEDURE_LIBRARY, type LibraryProcedure } from '#core/procedures/library.ts';
import { freezeProposal } from '#core/proposals/acts.ts';
import { mayFreezeText } from '#core/proposals/rules.ts';
import { freezeText } from '#core/proposals/text.ts';
import { enterStep, openTopic } from '#core/topics/acts.ts';
import type { TOPIC_SOURCES } from '#core/topics/records.ts';
import { mayEnterNextStep, type EnterRefusal } from '#core/topics/rules.ts';
import type { Topic } from '#core/topics/state.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

export type TopicSource = (typeof TOPIC_SOURCES)[number];
/** What a live draft hands over when it is frozen: the editor's JSON and the SHA-256 of its Yjs snapshot, as hex. */
export interface DraftContent {
	readonly json: unknown;
	readonly snapshot: string;
}

export interface Proposal {
	readonly title: string;
	readonly source: TopicSource;
	readonly procedure: LibraryProcedure;
}

/** PROC-5: a topic under the procedure that its proposer chose; it keeps to that one, whatever the library becomes. */
export function proposeTopic(
	workspace: Workspace,
	{ title, source, procedure: id }: Proposal,
): Promise<Result<TopicId, WriteRefusal>> {
	const chosen = PROCEDURE_LIBRARY[id];
	const procedure = { id, version: chosen.version, json: JSON.stringify(chosen) };
	return workspace.write((composer) => openTopic(composer, { title: title.trim(), source, procedure }));
}

/** Moves the topic to its next step, citing what the step rests on. */
export async function advanceTopic(
	workspace: Workspace,
	topic: Topic,
): Promise<Result<RecordId, WriteRefusal | EnterRefusal['code'] | 'procedure-invalid'>> {
	const procedure = workspace.procedureOf(topic.id);
	if (!procedure) return err('procedure-invalid');
	const allowed = mayEnterNextStep(workspace.state, workspace.me, topic, procedure);
	if (!allowed.ok) return err(allowed.error.code);
	const considered = [...topic.texts.map(({ id }) => id), ...topic.stages.map(({ id }) => id)];
	const { step, as } = allowed.value;
	return workspace.write((composer) => enterStep(composer, as, topic, step.id, considered));
}

/** 定稿: the draft as it is now becomes a frozen text. The draft itself stays and may be edited; votes are on the frozen one. */
export async function freezeDraft(
	workspace: Workspace,
	topic: Topic,
	{ json, snapshot }: DraftContent,
): Promise<Result<RecordId, WriteRefusal | 'not-permitted' | 'poll-under-way' | 'text-invalid'>> {
	const allowed = mayFreezeText(workspace.state, workspace.me, topic);
	if (!allowed.ok) return allowed;
	const text = freezeText(json);
	if (!text.ok) return text;
	return workspace.write((composer) => freezeProposal(composer, allowed.value, topic, text.value, snapshot));
}
