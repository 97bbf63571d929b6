import type { RecordId } from '../kernel/ids.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { Topic } from '../topics/state.ts';

/** `text` comes from `freezeText`; `snapshot` is the SHA-256 of the Yjs snapshot it was read from, as hex. */
export function freezeProposal(
	composer: Composer,
	as: RecordId | undefined,
	topic: Topic,
	text: Uint8Array,
	snapshot: string,
): RecordId {
	const after = topic.texts.map(({ id }) => id);
	return composer.add('text.freeze', { ...cited(as), topic: topic.id, blob: composer.blob(text), snapshot, after });
}
