/** Where a name stands in a text, as UTF-16 offsets. */
export interface NameSpan {
	readonly start: number;
	readonly end: number;
	/** As it stands on the roster. */
	readonly name: string;
}

/** What people put between the characters of a name: spaces of any width, and the dot of a transcribed name. */
const GAP = '[\\s\\u200b·•・]{0,2}';
const LATIN = /^[\p{Script=Latin}\s'.-]+$/u;

export const isLatinName = (name: string): boolean => LATIN.test(name);

/**
 * PUB-4: every place where a name on the roster is written, also with spaces inside or in other capitals. Longer names
 * first, so that a short name inside a longer one does not spoil it. Names of one character would be found in half of
 * all words and are left.
 */
export function namesIn(text: string, names: readonly string[]): readonly NameSpan[] {
	const longestFirst = [...new Set(names)].filter(isFindable).sort((a, b) => b.length - a.length);
	const spans: NameSpan[] = [];
	for (const name of longestFirst) {
		for (const { index, 0: written } of text.matchAll(patternOf(name))) {
			const span = { start: index, end: index + written.length, name };
			if (!spans.some((taken) => span.start < taken.end && taken.start < span.end)) spans.push(span);
		}
	}
	return spans.sort((a, b) => a.start - b.start);
}

const isFindable = (name: string): boolean => charactersOf(name).length > 1;

const charactersOf = (name: string): readonly string[] => [...name].filter((character) => !/[\s·•・]/.test(character));

function patternOf(name: string): RegExp {
	if (!isLatinName(name)) return new RegExp(charactersOf(name).map(escape).join(GAP), 'gu');
	const words = name.trim().split(/\s+/).map(escape).join('\\s{1,3}');
	return new RegExp(`(?<!\\p{L})${words}(?!\\p{L})`, 'giu');
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
