import type { MemberId, RecordId, TopicId } from '../kernel/ids.ts';
import { encodeMemberBlob, encodeTextBlob } from '../ledger/blobs.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import { wordsField } from './records.ts';
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
	return composer.add('minutes.approve', { ...cited(as), topic, minutes: id, considered, revs: composer.revocations });
}

/** What one member said against a text; `salt`: 16 random bytes of its own for each. */
export interface DissentWords {
	readonly member: MemberId;
	readonly words: string;
	readonly salt: Uint8Array;
}

/** `considered`: the cosigns of the text that are held now. */
export function recordConsensus(
	composer: Composer,
	as: RecordId | undefined,
	topic: TopicId,
	text: RecordId,
	considered: readonly RecordId[],
	against: readonly DissentWords[] = [],
): RecordId {
	const dissent = against.map(
		({ member, words, salt }) => [member, composer.blob(encodeMemberBlob(wordsField, words, salt))] as const,
	);
	return composer.add('consensus', { ...cited(as), topic, text, considered, dissent, revs: composer.revocations });
}

/** What the public page will answer to one who was against it. */
export function replyToDissent(
	composer: Composer,
	as: RecordId | undefined,
	consensus: RecordId,
	member: MemberId,
	words: string,
): RecordId {
	const blob = composer.blob(encodeTextBlob(words));
	return composer.add('dissent.reply', { ...cited(as), target: consensus, member, words: blob });
}
