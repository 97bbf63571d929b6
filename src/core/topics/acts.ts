import type { RecordId, TopicId } from '../kernel/ids.ts';
import { encodeTextBlob } from '../ledger/blobs.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { TOPIC_SOURCES } from './records.ts';
import type { Topic } from './state.ts';

export interface TopicProposal {
	readonly title: string;
	readonly source: (typeof TOPIC_SOURCES)[number];
	/** The procedure's JSON text and its own id and version. */
	readonly procedure: { readonly id: string; readonly version: string; readonly json: string };
}

export function openTopic(composer: Composer, { title, source, procedure }: TopicProposal): TopicId {
	const hash = composer.blob(encodeTextBlob(procedure.json));
	return composer.add('topic.open', {
		title: composer.blob(encodeTextBlob(title)),
		source,
		procedure: { id: procedure.id, version: procedure.version, hash },
	});
}

/** Moves a topic to a step, replacing the stage records that stand. */
export function enterStep(
	composer: Composer,
	as: RecordId | undefined,
	topic: Topic,
	stage: string,
	considered: readonly RecordId[],
): RecordId {
	const after = topic.stages.map(({ id }) => id);
	return composer.add('topic.stage', { ...cited(as), topic: topic.id, stage, considered, after });
}
