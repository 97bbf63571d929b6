import type { RecordId, TopicId } from '../kernel/ids.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { Minutes } from './state.ts';

/** `text` comes from `freezeText`; `replaced` are the versions this one follows. */
export function freezeMinutes(
	composer: Composer,
	as: RecordId | undefined,
	topic: TopicId,
	text: Uint8Array,
	replaced: readonly Minutes[],
): RecordId {
	const after = replaced.map(({ id }) => id);
	return composer.add('minutes.freeze', { ...cited(as), topic, blob: composer.blob(text), after });
}

/** Cites the approvals that are held now; those that arrive later are shown late. */
export function approveMinutes(composer: Composer, as: RecordId | undefined, minutes: Minutes): RecordId {
	const considered = minutes.assents.map(({ id }) => id);
	const { topic, id } = minutes;
	return composer.add('minutes.approve', { ...cited(as), topic, minutes: id, considered, revs: [] });
}

export function recordConsensus(
	composer: Composer,
	as: RecordId | undefined,
	topic: TopicId,
	text: RecordId,
	considered: readonly RecordId[],
): RecordId {
	return composer.add('consensus', { ...cited(as), topic, text, considered, revs: [] });
}
