import type { RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { cosign } from '#core/polls/acts.ts';
import { correctOutcome, publishOutcome, withdrawOutcome } from '#core/publication/acts.ts';
import {
	describeOutcome,
	publicDocument,
	type PublicationRefusal,
	type PublicDocument,
} from '#core/publication/document.ts';
import { reviewOutcome, reviewWords, type PublicPart } from '#core/publication/review.ts';
import {
	correctedParts,
	mayCorrect,
	mayPublish,
	maySecondPublication,
	mayWithdraw,
	publishableParts,
	type AmendRefusal,
	type PublishRefusal,
	type SecondRefusal,
} from '#core/publication/rules.ts';
import { headsOf, withdrawable } from '#core/publication/amending.ts';
import { consideredOn } from '#core/publication/considered.ts';
import type { OutcomeParts, Publication, Seconded } from '#core/publication/state.ts';
import type { Finding } from '#core/publication/warnings.ts';
import type { Topic } from '#core/topics/state.ts';
import { now } from '#lib/adapters/clock.ts';
import { oneLine } from '../one-line.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<Code extends string> = Promise<Result<RecordId, WriteRefusal | Code>>;
type Preview = Result<PublicDocument, PublicationRefusal | 'not-decided'>;

/** Exactly what the public will see, before anything is published. */
export function preview(workspace: Workspace, topic: Topic): Preview {
	return previewOf(workspace, topic, publishableParts(workspace.state, topic), undefined);
}

/** The same for a correction that is not written yet. */
export function previewCorrection(workspace: Workspace, topic: Topic, reason: string): Preview {
	return previewOf(workspace, topic, correctedParts(workspace.state, topic), oneLine(reason));
}

function previewOf(
	workspace: Workspace,
	topic: Topic,
	parts: OutcomeParts | undefined,
	reason: string | undefined,
): Preview {
	void workspace.revision;
	if (!parts) return err('not-decided');
	const after = headsOf(workspace.state, topic.id);
	return describeOutcome(sourceOf(workspace), { ...parts, publisher: workspace.me, at: now(), reason, after });
}

/** What the public sees, or will see once a teller has cosigned. */
export function published(workspace: Workspace, publication: Publication): Result<PublicDocument, PublicationRefusal> {
	void workspace.revision;
	return publicDocument(sourceOf(workspace), publication.id);
}

/** What somebody should look at before these words are public. */
export function review(workspace: Workspace, parts: OutcomeParts, reason?: string): readonly Finding<PublicPart>[] {
	void workspace.revision;
	return reviewOutcome(sourceOf(workspace), parts, reason);
}

/** The same for words that are being written and will be public. */
export function reviewed(workspace: Workspace, place: PublicPart, words: string): readonly Finding<PublicPart>[] {
	void workspace.revision;
	return reviewWords({ ledger: workspace.ledger, blobs: workspace.blob }, place, words);
}

export async function publish(workspace: Workspace, topic: Topic): Outcome<PublishRefusal | 'procedure-invalid'> {
	const procedure = workspace.procedureOf(topic.id);
	if (!procedure) return err('procedure-invalid');
	const allowed = mayPublish(workspace.state, workspace.me, topic, procedure);
	if (!allowed.ok) return allowed;
	const parts = publishableParts(workspace.state, topic);
	if (!parts) return err('not-decided');
	const after = headsOf(workspace.state, topic.id);
	const considered = consideredOn(workspace.state, topic);
	return workspace.write((composer) => publishOutcome(composer, allowed.value, parts, after, considered));
}

/** 更正: said anew, with a word to the public why. */
export async function correct(workspace: Workspace, topic: Topic, reason: string): Outcome<AmendRefusal> {
	const allowed = mayCorrect(workspace.state, workspace.me, topic);
	if (!allowed.ok) return allowed;
	const parts = correctedParts(workspace.state, topic);
	if (!parts) return err('not-published');
	const [words, after] = [oneLine(reason), headsOf(workspace.state, topic.id)];
	const considered = consideredOn(workspace.state, topic);
	return workspace.write((composer) => correctOutcome(composer, allowed.value, parts, words, after, considered));
}

/** 撤回: at once what I published myself, else once a teller has agreed. */
export async function withdraw(workspace: Workspace, topic: Topic, reason: string): Outcome<AmendRefusal> {
	const allowed = mayWithdraw(workspace.state, workspace.me, topic);
	if (!allowed.ok) return allowed;
	const named = withdrawable(workspace.state, topic.id).map(({ id }) => id);
	return workspace.write((composer) => withdrawOutcome(composer, allowed.value.as, topic.id, oneLine(reason), named));
}

/** A teller vouches for what is published, corrected or withdrawn; then it takes effect. */
export async function second(workspace: Workspace, what: Seconded): Outcome<SecondRefusal> {
	const allowed = maySecondPublication(workspace.state, workspace.me, what);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => cosign(composer, undefined, what.id, 'approve'));
}

function sourceOf({ ledger, state, blobToShow }: Workspace) {
	return { ledger, state, blobs: blobToShow };
}
