import { decodeTextBlob } from '../ledger/blobs.ts';
import { plainText, readText } from '../proposals/text.ts';
import type { BlobHash } from '../kernel/ids.ts';
import { namesOnRoster, type PublicSource } from './document.ts';
import type { OutcomeParts } from './state.ts';
import { findingsIn, type Finding, type Part } from './warnings.ts';

/** Everything of a publication that people have written. */
export type PublicPart = 'title' | 'question' | 'text' | 'minutes' | 'reply' | 'reason';

/** PUB-11: what somebody should look at before these words are public. `reason`: of a correction. */
export function reviewOutcome(
	source: PublicSource,
	outcome: OutcomeParts,
	reason = '',
): readonly Finding<PublicPart>[] {
	return findingsIn([...wordsOf(source, outcome), { place: 'reason', text: reason }], namesOnRoster(source));
}

/** The same for words that somebody is writing just now and that will be public. */
export function reviewWords(
	source: Pick<PublicSource, 'ledger' | 'blobs'>,
	place: PublicPart,
	text: string,
): readonly Finding<PublicPart>[] {
	return findingsIn([{ place, text }], namesOnRoster(source));
}

function wordsOf({ state, ledger, blobs }: PublicSource, outcome: OutcomeParts): readonly Part<PublicPart>[] {
	const close = ledger.find(outcome.close, 'poll.close');
	const line = (hash: BlobHash | undefined) => (hash && decodeTextBlob(blobs(hash))) ?? '';
	const text = (hash: BlobHash | undefined) => {
		const read = hash && readText(blobs(hash));
		return read ? plainText(read) : '';
	};
	const consensus = outcome.consensus === undefined ? undefined : state.consensus.get(outcome.consensus);
	const replies = (consensus?.dissent ?? []).flatMap((dissent) => dissent.replies);
	return [
		{ place: 'title', text: line(state.topics.get(outcome.topic)?.title) },
		{ place: 'question', text: (close && state.polls.get(close.body.poll)?.question) ?? '' },
		{ place: 'text', text: text(ledger.find(outcome.text, 'text.freeze')?.body.blob) },
		{ place: 'minutes', text: text(state.minutes.get(outcome.minutes)?.blob) },
		...replies.map(({ words }) => ({ place: 'reply' as const, text: line(words) })),
	];
}
