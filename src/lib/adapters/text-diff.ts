import { diffArrays } from 'diff';

export interface TextChange {
	readonly kind: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** Texts so different that finding the shortest way takes longer are shown as one removed and one added. In ms. */
const LONGEST_SEARCH = 1000;

/** VERSION-4: what became of a text, by words; a number is one word, however many digits it has. */
export function compareTexts(before: string, after: string): readonly TextChange[] {
	const changes = diffArrays(wordsOf(before), wordsOf(after), { timeout: LONGEST_SEARCH });
	if (!changes) return [removed(before), added(after)];
	return changes.map(({ value, added: isNew, removed: isGone }) => {
		const text = value.join('');
		return isNew ? added(text) : isGone ? removed(text) : { kind: 'same', text };
	});
}

const added = (text: string): TextChange => ({ kind: 'added', text });
const removed = (text: string): TextChange => ({ kind: 'removed', text });

function wordsOf(text: string): string[] {
	const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
