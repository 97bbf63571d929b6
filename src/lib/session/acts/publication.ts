import type { RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { cosign } from '#core/polls/acts.ts';
import { publishOutcome } from '#core/publication/acts.ts';
import {
	describeOutcome,
	publicDocument,
	type PublicationRefusal,
	type PublicDocument,
} from '#core/publication/document.ts';
import {
	mayPublish,
	maySecondPublication,
	publishableParts,
	type PublishRefusal,
	type SecondRefusal,
} from '#core/publication/rules.ts';
import type { Publication } from '#core/publication/state.ts';
import type { Topic } from '#core/topics/state.ts';
import { now } from '#lib/adapters/clock.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** Exactly what the public will see, before anything is published. */
export function preview(
	workspace: Workspace,
	topic: Topic,
): Result<PublicDocument, PublicationRefusal | 'not-decided'> {
	void workspace.revision;
	const parts = publishableParts(workspace.state, topic);
	if (!parts) return err('not-decided');
	return describeOutcome(sourceOf(workspace), parts, workspace.me, now());
}

/** What the public sees, or will see once a teller has cosigned. */
export function published(workspace: Workspace, publication: Publication): Result<PublicDocument, PublicationRefusal> {
	void workspace.revision;
	return publicDocument(sourceOf(workspace), publication.id);
}

export async function publish(
	workspace: Workspace,
	topic: Topic,
): Promise<Result<RecordId, WriteRefusal | PublishRefusal | 'procedure-invalid'>> {
	const procedure = workspace.procedureOf(topic.id);
	if (!procedure) return err('procedure-invalid');
	const allowed = mayPublish(workspace.state, workspace.me, topic, procedure);
	if (!allowed.ok) return allowed;
	const parts = publishableParts(workspace.state, topic);
	if (!parts) return err('not-decided');
	const replaced = [...workspace.state.publications.values()].filter(
		({ topic: id, current }) => id === topic.id && current,
	);
	return workspace.write((composer) => publishOutcome(composer, allowed.value, parts, replaced));
}

/** A teller vouches for what is published; then it is public. */
export async function second(
	workspace: Workspace,
	publication: Publication,
): Promise<Result<RecordId, WriteRefusal | SecondRefusal>> {
	const allowed = maySecondPublication(workspace.state, workspace.me, publication);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => cosign(composer, undefined, publication.id, 'approve'));
}

function sourceOf({ ledger, state, blob }: Workspace) {
	return { ledger, state, blobs: blob };
}
